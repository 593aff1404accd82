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
    "Vert": "‖", "|": "‖", "vert": "|", "backslash": "\\", "%": "%", "$": "$", "#": "#", "&": "&",
    "_": "_", "clubsuit": "♣", "heartsuit": "♥", "spadesuit": "♠", "diamondsuit": "♦", "euro": "€",
    "pounds": "£", "micro": "µ", "ohm": "Ω", "eth": "ð", "mho": "℧", "sharp": "♯", "flat": "♭", "ss": "ß",
    "l": "ł", "L": "Ł", "o": "ø", "O": "Ø", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "lvert": "|", "rvert": "|", "lVert": "‖", "rVert": "‖", "surd": "√", "complement": "∁",
}  # fmt: skip

OPERATORS = {
    "pm": "±", "mp": "∓", "times": "×", "div": "÷", "cdot": "·", "ast": "∗", "circ": "∘", "cap": "∩",
    "cup": "∪", "setminus": "∖", "wedge": "∧", "land": "∧", "vee": "∨", "lor": "∨", "oplus": "⊕",
    "ominus": "⊖", "otimes": "⊗", "oslash": "⊘", "sqcup": "⊔", "sqcap": "⊓", "uplus": "⊎", "amalg": "⨿",
    "ltimes": "⋉", "rtimes": "⋊",
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
    "colon": ":", "lt": "<", "gt": ">", "lll": "⋘", "ggg": "⋙", "approxeq": "≊", "backsim": "∽",
}  # fmt: skip

BIG = {
    "sum": "∑", "prod": "∏", "coprod": "∐", "int": "∫", "iint": "∬", "iiint": "∭", "oint": "∮",
    "bigcup": "⋃", "bigcap": "⋂", "bigoplus": "⨁", "bigotimes": "⨂", "bigwedge": "⋀", "bigvee": "⋁",
}  # fmt: skip

_FUNCTIONS = """
    arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup
    ln log max min Pr sec sin sinh sup tan tanh Tr tr
"""
FUNCTIONS = frozenset(_FUNCTIONS.split())

OPENING = {
    "langle": "⟨", "lfloor": "⌊", "lceil": "⌈", "{": "{", "lbrace": "{", "lbrack": "[",
}  # fmt: skip
CLOSING = {
    "rangle": "⟩", "rfloor": "⌋", "rceil": "⌉", "}": "}", "rbrace": "}", "rbrack": "]",
}  # fmt: skip

NARROW_SPACES = frozenset([",", ":", ";", "thinspace", "medspace", "thickspace", " "])
WIDE_SPACES = frozenset(["quad", "qquad", "enspace", "hspace*"])
_NOTHING = """
    ! left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm displaystyle textstyle
    scriptstyle limits nolimits negthinspace notag nonumber
"""
NOTHING = frozenset(_NOTHING.split())

FONTS = {
    "mathcal": "SCRIPT", "cal": "SCRIPT", "mathscr": "SCRIPT", "scr": "SCRIPT",
    "mathbb": "DOUBLE-STRUCK", "mathbbm": "DOUBLE-STRUCK", "Bbb": "DOUBLE-STRUCK",
    "mathfrak": "FRAKTUR", "frak": "FRAKTUR",
    "mathbf": "BOLD", "bf": "BOLD", "boldsymbol": "BOLD", "bm": "BOLD", "textbf": "BOLD", "pmb": "BOLD",
    "mathrm": "UPRIGHT", "rm": "UPRIGHT", "text": "UPRIGHT", "textrm": "UPRIGHT", "mbox": "UPRIGHT",
    "textup": "UPRIGHT", "mathsf": "UPRIGHT", "textsf": "UPRIGHT", "sf": "UPRIGHT", "mathtt": "UPRIGHT",
    "texttt": "UPRIGHT", "operatorname": "UPRIGHT", "operatorname*": "UPRIGHT",
    "mathit": "ITALIC", "it": "ITALIC", "textit": "ITALIC", "emph": "ITALIC", "mathnormal": "ITALIC",
}  # fmt: skip
DECLARATIONS = frozenset(["cal", "bf", "rm", "it", "sf", "scr", "frak"])
WORDS = frozenset(["text", "textrm", "mbox", "textup", "textsf", "texttt", "textit", "textbf", "emph"])
"""Fonts within which blanks count."""

ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0304", "tilde": "\u0303",
    "widetilde": "\u0303", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "dddot": "\u20db",
    "check": "\u030c", "breve": "\u0306", "acute": "\u0301", "grave": "\u0300", "mathring": "\u030a",
    "underline": "\u0332", "slashed": "\u0338", "overrightarrow": "\u20d7",
}  # fmt: skip
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
