"""LaTeX's names for symbols, and the Unicode characters that show them."""

from __future__ import annotations

import unicodedata

ATOMS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ",
    "mu": "μ", "nu": "ν", "xi": "ξ", "omicron": "ο", "pi": "π", "varpi": "ϖ", "rho": "ρ", "varrho": "ϱ",
    "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ", "phi": "ϕ", "varphi": "φ", "chi": "χ",
    "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ",
    "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
    "hbar": "ħ", "hslash": "ħ", "ell": "ℓ", "wp": "℘", "Re": "ℜ", "Im": "ℑ", "aleph": "ℵ", "imath": "ı",
    "jmath": "ȷ", "partial": "∂", "nabla": "∇", "infty": "∞", "emptyset": "∅", "varnothing": "∅",
    "forall": "∀", "exists": "∃", "nexists": "∄", "neg": "¬", "lnot": "¬", "top": "⊤", "bot": "⊥",
    "angle": "∠", "triangle": "△", "Box": "□", "square": "□", "star": "⋆", "bullet": "•", "prime": "′",
    "dagger": "†", "dag": "†", "ddagger": "‡", "odot": "⊙", "AA": "Å", "degree": "°", "S": "§",
    "ldots": "…", "dots": "…", "dotsc": "…", "cdots": "⋯", "dotsb": "⋯", "vdots": "⋮", "ddots": "⋱",
    "Vert": "‖", "|": "‖", "vert": "|", "%": "%", "$": "$", "#": "#", "&": "&",
    "_": "_", "clubsuit": "♣", "heartsuit": "♥", "spadesuit": "♠", "diamondsuit": "♦", "euro": "€",
    "pounds": "£", "micro": "µ", "ohm": "Ω", "eth": "ð", "mho": "℧", "sharp": "♯", "flat": "♭", "ss": "ß",
    "l": "ł", "L": "Ł", "o": "ø", "O": "Ø", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "beth": "ℶ", "gimel": "ℷ", "digamma": "ϝ", "blacksquare": "■", "lozenge": "◊", "Diamond": "◇",
    "diamond": "⋄",
    "measuredangle": "∡", "natural": "♮", "checkmark": "✓", "earth": "⊕", "sun": "☉", "P": "¶",
    "copyright": "©", "micron": "μm", "textmu": "µ", "hdots": "…", "dotsm": "⋯", "dotsi": "⋯", "dotso": "…",
    "textdegree": "°", "arcdeg": "°", "arcmin": "′", "arcsec": "″", "bigstar": "★", "blacktriangle": "▲",
    "triangledown": "▽", "varkappa": "ϰ", "thetasym": "ϑ", "Vdots": "⋮", "textquotesingle": "'",
    "lvert": "|", "rvert": "|", "lVert": "‖", "rVert": "‖", "surd": "√", "complement": "∁",
    "Bbbk": "𝕜", "lambdabar": "ƛ", "dd": "d", "Sha": "Ш", "degr": "°", "fdg": ".°", "farcm": ".′",
    "farcs": ".″",
}  # fmt: skip
_GREEK = [name for name, char in ATOMS.items() if "Α" <= char <= "Ω" or "α" <= char <= "ω" or char in "ϵϕ"]
_GREEK = [name for name in _GREEK if not name.startswith("var") and name not in ("ohm", "micron")]
ATOMS |= {f"up{name}": ATOMS[name] for name in _GREEK}
ATOMS |= {f"var{name}": ATOMS[name] for name in _GREEK if name[0].isupper()}
"""upgreek's `\\upmu` and amsmath's `\\varGamma` are the same letters, upright and slanted."""

SETS = {
    "N": "ℕ", "Z": "ℤ", "Q": "ℚ", "R": "ℝ", "natnums": "ℕ", "reals": "ℝ", "Reals": "ℝ", "cnums": "ℂ",
    "Complex": "ℂ", "NN": "ℕ", "ZZ": "ℤ", "QQ": "ℚ", "RR": "ℝ", "CC": "ℂ",
}  # fmt: skip
"""Number sets by the names that MediaWiki's texvc (WikiTexVC/texutil.json), KaTeX (macros.ts) and SageMath
(`sage_latex_macros`) define. `\\C` and `\\H`, which texvc calls outdated, are categories or matrices to
others: nobody can say which."""
ATOMS |= SETS

OPERATORS = {
    "pm": "±", "mp": "∓", "times": "×", "div": "÷", "cdot": "·", "ast": "∗", "circ": "∘", "cap": "∩",
    "cup": "∪", "setminus": "∖", "wedge": "∧", "land": "∧", "vee": "∨", "lor": "∨", "oplus": "⊕",
    "ominus": "⊖", "otimes": "⊗", "oslash": "⊘", "sqcup": "⊔", "sqcap": "⊓", "uplus": "⊎", "amalg": "⨿",
    "ltimes": "⋉", "rtimes": "⋊", "boxtimes": "⊠", "boxplus": "⊞", "boxminus": "⊟", "boxdot": "⊡",
    "smallsetminus": "∖", "backslash": "∖", "bigcirc": "◯", "dotplus": "∔", "divideontimes": "⋇", "wr": "≀",
    "veebar": "⊻", "barwedge": "⊼", "circledast": "⊛", "circledcirc": "⊚", "triangleleft": "◁",
    "triangleright": "▷", "lhd": "⊲", "rhd": "⊳", "unlhd": "⊴", "unrhd": "⊵", "Cap": "⋒", "Cup": "⋓",
    "curlyvee": "⋎", "curlywedge": "⋏", "bmod": "mod",
    "leq": "≤", "le": "≤", "leqslant": "⩽", "geq": "≥", "ge": "≥", "geqslant": "⩾", "neq": "≠",
    "ne": "≠", "equiv": "≡", "sim": "∼", "simeq": "≃", "approx": "≈", "cong": "≅", "propto": "∝",
    "asymp": "≍", "doteq": "≐", "ll": "≪", "gg": "≫", "lesssim": "≲", "gtrsim": "≳", "lessgtr": "≶",
    "prec": "≺", "succ": "≻", "preceq": "⪯", "succeq": "⪰", "in": "∈", "notin": "∉", "ni": "∋",
    "subset": "⊂", "supset": "⊃", "subseteq": "⊆", "supseteq": "⊇", "subsetneq": "⊊", "perp": "⊥",
    "parallel": "∥", "mid": "∣", "nmid": "∤", "models": "⊨", "vdash": "⊢", "dashv": "⊣", "bowtie": "⋈",
    "to": "→", "rightarrow": "→", "longrightarrow": "⟶", "gets": "←", "leftarrow": "←",
    "longleftarrow": "⟵", "leftrightarrow": "↔", "longleftrightarrow": "⟷", "Rightarrow": "⇒",
    "implies": "⟹", "Longrightarrow": "⟹", "Leftarrow": "⇐", "impliedby": "⟸", "Leftrightarrow": "⇔",
    "iff": "⟺", "mapsto": "↦", "longmapsto": "⟼", "uparrow": "↑", "downarrow": "↓",
    "updownarrow": "↕", "nearrow": "↗", "searrow": "↘", "hookrightarrow": "↪", "hookleftarrow": "↩",
    "rightleftharpoons": "⇌", "rightsquigarrow": "⇝", "leadsto": "⇝", "coloneqq": "≔", "triangleq": "≜",
    "trianglelefteq": "⊴", "trianglerighteq": "⊵", "vartriangleleft": "⊲", "vartriangleright": "⊳",
    "sqsubset": "⊏", "sqsupset": "⊐", "sqsubseteq": "⊑", "sqsupseteq": "⊒", "supsetneq": "⊋",
    "subsetneqq": "⫋", "supsetneqq": "⫌", "varsubsetneqq": "⫋", "varsupsetneqq": "⫌", "varsubsetneq": "⊊",
    "varsupsetneq": "⊋", "subseteqq": "⫅", "supseteqq": "⫆", "nsubseteq": "⊈",
    "nsupseteq": "⊉", "nless": "≮", "ngtr": "≯", "nleq": "≰", "ngeq": "≱", "lneq": "⪇", "gneq": "⪈",
    "lneqq": "≨", "gneqq": "≩", "leqq": "≦", "geqq": "≧", "nsim": "≁", "ncong": "≇", "nequiv": "≢",
    "nparallel": "∦", "nrightarrow": "↛", "nleftarrow": "↚", "nRightarrow": "⇏", "vDash": "⊨", "Vdash": "⊩",
    "nvdash": "⊬", "nvDash": "⊭", "precsim": "≾", "succsim": "≿", "preccurlyeq": "≼", "succcurlyeq": "≽",
    "backsimeq": "⋍", "approxident": "≋", "bumpeq": "≏", "Bumpeq": "≎", "circeq": "≗", "eqcirc": "≖",
    "gtreqless": "⋛", "lesseqgtr": "⋚", "gtrless": "≷", "gtrapprox": "⪆", "lessapprox": "⪅", "eqsim": "≂",
    "pitchfork": "⋔", "between": "≬", "therefore": "∴", "because": "∵", "varpropto": "∝", "smile": "⌣",
    "frown": "⌢", "owns": "∋", "notni": "∌", "Coloneqq": "⩴", "eqqcolon": "≕", "coloncolon": "∷",
    "twoheadrightarrow": "↠", "twoheadleftarrow": "↞", "rightarrowtail": "↣", "upharpoonright": "↾",
    "restriction": "↾", "rightharpoonup": "⇀", "rightharpoondown": "⇁", "leftharpoonup": "↼",
    "leftrightarrows": "⇆", "rightleftarrows": "⇄", "rightrightarrows": "⇉", "leftleftarrows": "⇇",
    "leftrightharpoons": "⇋", "Uparrow": "⇑", "Downarrow": "⇓", "Updownarrow": "⇕", "swarrow": "↙",
    "nwarrow": "↖", "circlearrowleft": "↺", "circlearrowright": "↻", "curvearrowright": "↷",
    "dashrightarrow": "⇢", "dasharrow": "⇢", "Longleftarrow": "⟸", "Longleftrightarrow": "⟺",
    "lessdot": "⋖", "gtrdot": "⋗", "dashleftarrow": "⇠", "leftrightsquigarrow": "↭",
    "longhookrightarrow": "↪",
    "colon": ":", "lt": "<", "gt": ">", "lll": "⋘", "ggg": "⋙", "approxeq": "≊", "backsim": "∽",
}  # fmt: skip

BIG = {
    "sum": "∑", "prod": "∏", "coprod": "∐", "int": "∫", "iint": "∬", "iiint": "∭", "oint": "∮",
    "bigcup": "⋃", "bigcap": "⋂", "bigoplus": "⨁", "bigotimes": "⨂", "bigwedge": "⋀", "bigvee": "⋁",
    "bigsqcup": "⨆", "biguplus": "⨄", "bigodot": "⨀", "iiiint": "⨌", "idotsint": "∫⋯∫", "fint": "⨍",
}  # fmt: skip

_FUNCTIONS = """
    arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup
    ln log max min Pr sec sin sinh sup tan tanh Tr tr injlim projlim varlimsup varliminf argmax argmin
    Hom End Aut Ext Tor Spec Gal rank sgn diag supp
    coker Coker Ker colim Proj Pic Res Ind Stab Irr Arg Var Cov erf erfc sinc sech csch arsinh arcosh artanh
    codim diam dist vol Vol lcm ord card conv Log id Id rad Emb GSpin trace Trace
"""
GROUPS = frozenset(["GL", "SL", "PGL", "PSL", "SO", "SU"])
"""Groups of matrices, as SageMath names them."""
FUNCTIONS = frozenset(_FUNCTIONS.split()) | GROUPS
"""Names that print themselves, whoever defines them: TeX's and amsmath's, the physics package's, those of
the Stacks project, and words that cannot mean another thing than they spell. `\\Sp` and `\\Sym` are not among
them: they are spheres and letters, too."""
SPELLED = {
    "injlim": "inj lim", "projlim": "proj lim", "varlimsup": "lim sup", "varliminf": "lim inf",
    "trace": "tr", "Trace": "Tr",
}  # fmt: skip
"""Functions whose words are not their names."""

OPENING = {
    "langle": "⟨", "lfloor": "⌊", "lceil": "⌈", "{": "{", "lbrace": "{", "lbrack": "[", "llbracket": "⟦",
    "lgroup": "⟮", "ulcorner": "⌜", "llangle": "⟪",
}  # fmt: skip
CLOSING = {
    "rangle": "⟩", "rfloor": "⌋", "rceil": "⌉", "}": "}", "rbrace": "}", "rbrack": "]", "rrbracket": "⟧",
    "rgroup": "⟯", "urcorner": "⌝", "rrangle": "⟫",
}  # fmt: skip

NARROW_SPACES = frozenset([",", ":", ";", "thinspace", "medspace", "thickspace", " "])
WIDE_SPACES = frozenset(["quad", "qquad", "enspace", "hspace", "hspace*", "enskip", "space", "\n", ">"])
_NOTHING = """
    ! left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm displaystyle textstyle
    scriptstyle limits nolimits negthinspace notag nonumber middle scriptscriptstyle / - allowbreak nobreak
    mathstrut strut bigstrut displaylimits unskip ignorespaces xspace relax boldmath unboldmath normalfont
    upshape protect small footnotesize scriptsize tiny large Large
"""
NOTHING = frozenset(_NOTHING.split())

FONTS = {
    "EuScript": "SCRIPT", "mathcal": "SCRIPT", "cal": "SCRIPT", "mathscr": "SCRIPT", "scr": "SCRIPT",
    "mathbb": "DOUBLE-STRUCK", "mathbbm": "DOUBLE-STRUCK", "Bbb": "DOUBLE-STRUCK",
    "mathfrak": "FRAKTUR", "frak": "FRAKTUR",
    "mathbf": "BOLD", "bf": "BOLD", "boldsymbol": "BOLD", "bm": "BOLD", "textbf": "BOLD", "pmb": "BOLD",
    "mathrm": "UPRIGHT", "rm": "UPRIGHT", "text": "WORDS", "textrm": "WORDS", "mbox": "WORDS",
    "textup": "WORDS", "mathsf": "UPRIGHT", "textsf": "WORDS", "sf": "UPRIGHT", "mathtt": "UPRIGHT",
    "texttt": "WORDS", "textsc": "WORDS", "hbox": "WORDS", "textnormal": "WORDS", "rmfamily": "UPRIGHT",
    "bold": "BOLD", "bfseries": "BOLD", "mathbfit": "BOLD", "mathds": "DOUBLE-STRUCK", "textmd": "WORDS",
    "tt": "UPRIGHT",     "sc": "UPRIGHT", "mathup": "UPRIGHT", "symbf": "BOLD", "symcal": "SCRIPT",
    "itshape": "ITALIC",
    "sl": "ITALIC",
    "operatorname": "UPRIGHT", "operatorname*": "UPRIGHT",
    "mathit": "ITALIC", "it": "ITALIC", "textit": "ITALIC", "emph": "ITALIC", "mathnormal": "ITALIC",
}  # fmt: skip
DECLARATIONS = frozenset(
    ["cal", "bf", "rm", "it", "sf", "scr", "frak", "tt", "sc", "sl", "itshape", "bfseries", "rmfamily"]
)
WORDS = frozenset(
    [
        "text",
        "textrm",
        "mbox",
        "textup",
        "textsf",
        "texttt",
        "textit",
        "textbf",
        "emph",
        "textsc",
        "hbox",
        "textnormal",
        "textmd",
    ]
)
"""Fonts within which blanks count."""

ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0304", "tilde": "\u0303",
    "widetilde": "\u0303", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "dddot": "\u20db",
    "check": "\u030c", "breve": "\u0306", "acute": "\u0301", "grave": "\u0300", "mathring": "\u030a",
    "underline": "\u0332", "slashed": "\u0338", "overrightarrow": "\u20d7", "overleftarrow": "\u20d6",
    "widecheck": "\u030c", "cancel": "\u0338", "ddddot": "\u20dc", "Vec": "\u20d7", "vv": "\u20d7",
    "overleftrightarrow": "\u20e1", "wideparen": "\u0311",
    "Bar": "\u0304", "Hat": "\u0302", "Tilde": "\u0303", "Dot": "\u0307", "Ddot": "\u0308", "Check": "\u030c",
}  # fmt: skip
ACCENT_NAMES = {
    "widehat": "hat", "widetilde": "tilde", "overrightarrow": "vec", "widecheck": "check", "Vec": "vec",
    "vv": "vec", "Bar": "bar", "Hat": "hat", "Tilde": "tilde", "Dot": "dot", "Ddot": "ddot", "Check": "check",
}  # fmt: skip
"""What an accent over several letters is called before them."""
NEGATED = {
    "=": "≠", "∈": "∉", "<": "≮", ">": "≯", "≤": "≰", "≥": "≱", "∼": "≁", "≈": "≉", "≡": "≢", "⊂": "⊄",
    "⊃": "⊅", "⊆": "⊈", "⊇": "⊉", "∥": "∦", "∃": "∄", "→": "↛",
}  # fmt: skip

SUPERSCRIPTS = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδφχ",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᵠᵡ",
        strict=True,
    )
)
SUBSCRIPTS = dict(
    zip("0123456789+−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True)
)
RAISED = frozenset("†‡′″∗*°")
"""Characters that stand high by themselves."""
FRACTIONS = {
    "1/2": "½", "1/3": "⅓", "2/3": "⅔", "1/4": "¼", "3/4": "¾", "1/5": "⅕", "1/6": "⅙", "1/8": "⅛",
    "3/8": "⅜", "5/8": "⅝", "7/8": "⅞",
}  # fmt: skip


def lettered(letter: str, font: str) -> str | None:
    """A letter or digit in one of Unicode's mathematical alphabets (`SCRIPT`, `BOLD`, ...), None where
    Unicode has none."""
    plain = unicodedata.name(letter, "")
    plain = plain.replace("LATIN ", "").replace("GREEK ", "").replace("LETTER ", "")
    other = {"FRAKTUR": "BLACK-LETTER"}.get(font, font)
    for name in (f"MATHEMATICAL {font} {plain}", f"{other} {plain}"):
        try:
            return unicodedata.lookup(name)
        except KeyError:
            continue
    return None
