"""What its author typed is what its reader reads: kinds of text that were spoilt once."""

from __future__ import annotations

import lxml.html
import pytest

from announcer.message.layout import laid_out
from announcer.message.leak_check import visible_text
from announcer.records.lint.sent import text_remarks
from announcer.records.lint.text import SentText
from announcer.text.reading import markdown, titled
from tests.message.samples import SENT, composer, group, seed


def folded(text: str) -> str:
    """Text with its blanks made one each."""
    return " ".join(text.split())


AS_TYPED = [
    "We see > 5 sigma in # of events",
    "2. Januar: Teil I 9. Januar: Teil II",
    "Every *-ring is a C*-algebra if N=64*64*64; __call__ and snake_case stay",
    "The map F[u](t) on [0,1](open), after [Example](2021)",
    "As in [1]. [1]: Sample2020 [2]: arXiv:2401.00002",
    "see https://foo.example/_/B and https://baz.example/~bo/_notes_/y.pdf.",
    "https://foo.example/c_$_d_$_e and https://foo.example/?q=$b$&r=2",
    "for $7 and $12, or from $5 to <$10, and US$ 3",
    "<< abc >> and {{ix}} are text, as is a < b > c",
    "We expect + 3 events or - 4",
    "use --help and ./--x, not __init__",
    "'t Hooft and the '90s",
    "it is 5' 3\" tall",
    "p_*f and f_*p, *-homomorphisms",
    "C:\\temp is a folder",
    "my_file_{i}, a_bc_{2}, SL(2,Z)\\SL(2,R), Γ\\GL(2) and G\\R",
    "$ 5 and 6 $, US$ 5 + A$ 7, $ 5 / A$ 6, $ 40k + 27$, 5$, or US$ 6",
]


@pytest.mark.parametrize("source", AS_TYPED)
def test_what_is_not_unmistakable_stays_as_typed(source: str) -> None:
    """In text and in the words of the HTML."""
    made = markdown(source)
    assert folded(made.text) == source
    assert folded(visible_text(made.html).replace("https://foo.example/?q=$b$&r=2 ", "")).endswith(
        source[-12:]
    )


READ = [
    ("Solutions of $a^7\n+ b^7 = c^7$", "Solutions of a⁷ + b⁷ = c⁷"),
    ("Topics:\n\n1. Heat\n2. Work", "Topics:\n\n1. Heat\n2. Work"),
    ("We cover:\n• first\n• second", "We cover:\n\n- first\n- second"),
    ("a:\n\n3. x\n4. y", "a:\n\n3. x\n4. y"),
    ("1905. Ada\n1916. Bo", "1905. Ada 1916. Bo"),
    ("Intro.\n\n    Then $x^2$.", "Intro.\n\nThen x²."),
    ("At $m$ = 80\\,GeV, i.e.\\ much; Figs.~4--5.", "At m = 80 GeV, i.e. much; Figs. 4–5."),
    ("\\emph{We} \\textbf{do} {\\it so}: ``quoted'' --- and `this'", "We do so: “quoted” — and ‘this’"),
    ("see \\url{https://foo.example/a_b}", "see https://foo.example/a_b"),
    ("\\href{https://foo.example/p}{the paper}", "the paper (https://foo.example/p)"),
    ("see [it](https://foo.example/G_(x)), and (https://foo.example).",
     "see it (https://foo.example/G_(x)), and (https://foo.example)."),
    ("\\newcommand{\\QQ}{\\mathbb{Q}}Let $\\QQ_p$ act.", "Let ℚₚ act."),
    ("\\def\\norm#1{\\|#1\\|}The norm $\\norm{x}$", "The norm ‖x‖"),
    ("\\DeclareMathOperator{\\Fix}{Fix}$\\Fix(f)$", "Fix(f)"),
    ("$ y_i $ and $\\sim$20 and $<$3", "yᵢ and ∼20 and <3"),
    ("first\\\\ second\\\\\nthird", "first\nsecond\nthird"),
    ("SO<sub>4</sub> in <i>vitro</i><br>x<sup>2</sup>", "SO₄ in vitro\nx²"),
    ("5<sup>th</sup> at T<sub>max</sub>", "5th at T_max"),
    ("\\begin{itemize}\\item one\ntwo \\item three\\end{itemize}", "- one two\n- three"),
    ("\\begin{enumerate}\\item one\\item two\\end{enumerate}", "1. one\n2. two"),
    ("one<p>two</p>three", "one\n\ntwo\n\nthree"),
    ("Sch&ouml;n &amp; gut, &lt;x&gt; &nosuch;", "Schön & gut, <x> &nosuch;"),
    ("an eﬃcient coöpe\u00adration", "an efficient coöperation"),
    ("M¨uller, Poincar´e, Erd˝os and Franc¸ois", "Müller, Poincaré, Erdős and François"),
    ("l´amour, it´s 12´N of here", "l´amour, it´s 12´N of here"),
    ("$p$$+$$p$ collisions", "p+p collisions"),
    ("with \\alpha > 0 and \\mathbb{R}^n", "with α > 0 and ℝⁿ"),
    ("the \\pi-phase of $\\text{if $x>0$}$", "the π-phase of if x>0"),
    ("*$x$*-dependent, *p*-adic, _really_ and **so**", "x-dependent, p-adic, really and so"),
    ("a long-\nterm plan, pre-\nand postwar, pi-\ndecays", "a long-term plan, pre- and postwar, pi- decays"),
    ("run `ls -l` twice", "run ls -l twice"),
    ("M_{CDM} = 10^{15}Msun in YBa_2Cu_3O_{7-x}", "M_{CDM} = 10¹⁵Msun in YBa₂Cu₃O₇₋ₓ"),
    ("|V_{us}| at the 24^{th}, rho_{late-type}", "|V_{us}| at the 24ᵗʰ, rho_{late-type}"),
    ("O(ε^{1/2}), $\\omega$ ^{2}, ^{63}Cu", "O(ε^{1/2}), ω ², ⁶³Cu"),
    ("$ 40n + 33 $, $ 40l + 27$ and $ L(E/K, s)$", "40n + 33, 40l + 27 and L(E/K, s)"),
    ("a $p-$adic $L-$function", "a p-adic L-function"),
    ("$1\\le a\\le A$, $2\\in S$ and $ Γ(N) $", "1 ≤ a ≤ A, 2 ∈ S and Γ(N)"),
    ("$3\\,\\upmu$m, $0.1\\Msun$ or 2 \\rsun, $\\overline \\mathbb Q$", "3 μm, 0.1M_⊙ or 2 R_⊙, ℚ̄"),
    ("on T^6/\\Z_3, with \\R^n", "on T⁶/ℤ₃, with ℝⁿ"),
    ("\\textcolor{red}{a *charging* system}", "a charging system"),
    ("the $ abc-$conjecture over $\\Bar{\\mathbb{Q}}$", "the abc-conjecture over ℚ̄"),
    ("\\begin{eqnarray}a &\\geq& 0, \\nonumber \\\\ b &=& c\\end{eqnarray}", "    a ≥ 0,\n    b = c"),
    ("a \\SI{3}{\\micro\\meter} gap, \\qty{90}{\\degree}", "a 3 μm gap, 90°"),
    ("$v = \\SI{1.5e-3}{\\kilo\\metre\\per\\second}$", "v = 1.5 × 10⁻³ km s⁻¹"),
    ("\\si{\\kilogram\\per\\cubic\\metre}, \\unit{\\volt\\squared\\per\\hertz}", "kg m⁻³, V² Hz⁻¹"),
    ("\\ang{12;30;5}, \\num{1e10}, \\SI{2.0+-0.1}{km/s}", "12°30′5″, 1 × 10¹⁰, 2.0 ± 0.1 km/s"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "text"), READ, ids=[row[0][:40] for row in READ])
def test_what_is_understood_is_shown_right(source: str, text: str) -> None:
    """In text, in HTML and in the calendar."""
    made = markdown(source)
    assert laid_out(made.text) == text + "\n"
    shown = "".join(lxml.html.fromstring(f"<div>{made.html}</div>").itertext())
    assert [mark for mark in ("\\", "$", "``", "<sub>", "<br>") if mark in shown or mark in made.text] == []


@pytest.mark.parametrize("source", ["SL_{2}(Z)\\SL_{2}(R)", "Γ\\GL_2(\\R)", "x^{2}\\R^{2}"])
def test_a_quotient_never_becomes_a_product(source: str) -> None:
    """Its backslash stays, whatever else of it is read without dollars, and is said."""
    assert "\\" in markdown(source).text
    assert [rule.code for rule, _ in text_remarks(SentText("abstract", source, None))][:1] == ["raw-tex"]


def test_a_text_reads_alike_in_every_part_of_a_message() -> None:
    """Title, speaker, abstract: in the subject, the text, the HTML and the calendar."""
    talk = seed(
        title="Sch&ouml;n: SO<sub>4</sub> and $\\Qx$ ``here''", abstract="We \\emph{see} $x^2$ -- so."
    )
    message = composer().compose(group(talk), date=SENT)
    for part in (message.text, (message.calendar or b"").decode().replace("\r\n ", "")):
        assert "We see x² – so." in folded(part)
    assert "We see x2 – so." in folded(visible_text(message.html or ""))
    assert "Schön: SO₄ and $\\Qx$ “here”" in message.subject


def test_a_department_has_its_own_commands() -> None:
    """`macros` in announcer.yaml: applied in titles and abstracts, and not warned of."""
    macros = {"R": r"\mathbb{R}", "abs": r"|#1|"}
    talk = seed(title="On $\\R^n$", abstract="For $\\abs{x}$ in $\\R$.")
    message = composer(macros=macros).compose(group(talk), date=SENT)
    assert message.subject.endswith("On ℝⁿ")
    assert "For |x| in ℝ." in message.text
    assert list(text_remarks(SentText("abstract", talk.abstract or "", None, macros))) == []


NAMES = [("Jos\\'e M\\\"uller", "José Müller"), ("M¨uller", "Müller"), ("Ada \\O{}rsted", "Ada Ørsted")]


@pytest.mark.parametrize(("typed", "name"), NAMES)
def test_names_are_read_too(typed: str, name: str) -> None:
    """TeX's accents in every text field."""
    assert titled(typed).text == name


REMARKS = [
    ("abstract", "As \\cite{Example2020} says", ["raw-tex"]),
    ("abstract", "Let $\\cpn(G)$ act", ["raw-tex"]),
    ("abstract", "on \\mathbb{R}^n", ["raw-tex"]),
    ("abstract", "x^{10} as it is", ["raw-tex"]),
    ("abstract", "\\SI{5}{\\nonsense}", ["raw-tex"]),
    ("abstract", "Avcı\\cite{Example2020} says", ["raw-tex"]),
    ("abstract", "$\\begin{pmatrix} a \\\\ b \\end{pmatrix}$", ["raw-tex"]),
    ("abstract", "The mass $m_e is small", ["unclosed-maths"]),
    ("abstract", "a <hr> line", ["html"]),
    ("title", "M ¨uller", ["accent-apart"]),
    ("abstract", "For $a<b:c>d$ and $e^{{ix}}$ and << abc >>.", []),
    ("abstract", "https://foo.example/c_$_d_$_e, $5 and $10", []),
    ("title", "Mining TODO comments @@ scale", []),
    ("title", "From TBA equations to TBC systems", []),
    ("title", "{{ title }}", ["template-mark"]),
    ("title", "Details to come", ["placeholder"]),
    ("title", "Titel folgt.", ["placeholder"]),
    ("location", "à préciser", ["placeholder"]),
    ("title", "a anunciar", ["placeholder"]),
    ("title", "Forthcoming results", []),
]


@pytest.mark.parametrize(("field", "text", "codes"), REMARKS)
def test_what_stays_raw_is_said_and_nothing_else(field: str, text: str, codes: list[str]) -> None:
    """By its code."""
    assert [rule.code for rule, _ in text_remarks(SentText(field, text, None))] == codes
