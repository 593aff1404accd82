"""Markdown abstracts: emphasis, links, lists and code; no raw HTML, no remote pictures."""

from __future__ import annotations

import sys

import pytest

from announcer.message import equations
from announcer.message.leak_check import visible_text
from announcer.text.reading import markdown
from tests.message.programs import missing
from tests.message.samples import SENT, composer, full, group

CASES = [
    ("*a* and **b**", "a and b", "<p><em>a</em> and <strong>b</strong></p>\n"),
    ("one\ntwo", "one two", "<p>one\ntwo</p>\n"),
    ("one\n\ntwo", "one\n\ntwo", "<p>one</p>\n<p>two</p>\n"),
    ("one\\\ntwo", "one\ntwo", "<p>one<br>two</p>\n"),
    ("- a\n- b", "- a\n- b", "<ul><li>a</li>\n<li>b</li>\n</ul>\n"),
    ("3. a\n4. b", "3. a\n4. b", '<ol start="3"><li>a</li>\n<li>b</li>\n</ol>\n'),
    ("- a\n  - b\n- c", "- a\n  - b\n- c", "<ul><li>a<ul><li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>\n"),
    ("`x < y`", "x < y", "<p><code>x &lt; y</code></p>\n"),
    ("    no code\n      more", "no code more", "<p>no code\nmore</p>\n"),
    ("> 5 sigma", "> 5 sigma", "<p>&gt; 5 sigma</p>\n"),
    ("# of events\ntext", "# of events text", "<p># of events\ntext</p>\n"),
    ("one\n===\n\n[1]: two", "one ===\n\n[1]: two", "<p>one\n===</p>\n<p>[1]: two</p>\n"),
    ("```\nx\n```", "``` x ```", "<p>```\nx\n```</p>\n"),
    (
        "[it](https://a.example.edu/?x=1&y=2)",
        "it (https://a.example.edu/?x=1&y=2)",
        '<p><a href="https://a.example.edu/?x=1&amp;y=2">it</a></p>\n',
    ),
    (
        "https://a.example.edu/x.",
        "https://a.example.edu/x.",
        '<p><a href="https://a.example.edu/x">https://a.example.edu/x</a>.</p>\n',
    ),
    (
        "write to ada@example.edu",
        "write to ada@example.edu",
        '<p>write to <a href="mailto:ada@example.edu">ada@example.edu</a></p>\n',
    ),
    ("<b>bold</b>", "bold", "<p><strong>bold</strong></p>\n"),
    ("<u>line</u>", "<u>line</u>", "<p>&lt;u&gt;line&lt;/u&gt;</p>\n"),
    ("<div>\nx\n</div>", "<div> x </div>", "<p>&lt;div&gt;\nx\n&lt;/div&gt;</p>\n"),
    ("![a cat](https://a.example.edu/cat.png)", "a cat", "<p>a cat</p>\n"),
    ("[x](javascript:alert(1))", "[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
    ("[x](ftp://a.example.edu)", "[x](ftp://a.example.edu)", "<p>[x](ftp://a.example.edu)</p>\n"),
    ("---\nx", "--- x", "<p>---\nx</p>\n"),
    ("5 \\* 6 \\_x\\_", "5 * 6 _x_", "<p>5 * 6 _x_</p>\n"),
]


@pytest.mark.parametrize(("source", "text", "html"), CASES, ids=[case[0] for case in CASES])
def test_markdown_becomes_text_and_html(source: str, text: str, html: str) -> None:
    """Each construct in both media."""
    made = markdown(source)
    assert made.text == text.strip("\n")
    assert made.html == html


def drawn() -> None:
    """Skips where display equations cannot be drawn."""
    if equations.find_spec("matplotlib") is None:
        missing("matplotlib", "pip install matplotlib")


def test_a_display_equation_is_a_picture_with_its_reading_as_words() -> None:
    """Inline by cid, with its reading as text for who does not see it."""
    drawn()
    message = composer().compose(group(full()), date=SENT)
    html = message.html or ""
    assert html.count('src="cid:equation-') == 1
    assert 'alt="H² = (8πG/3)ρ − kc²/a² + Λc²/3"' in html
    assert message.data.count(b"Content-ID: <equation-") == 1
    assert "    H² = (8πG/3)ρ − kc²/a² + Λc²/3" in message.text.split("\n")


def test_without_matplotlib_an_equation_is_unicode(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra `math` is one: without it the mail is complete."""
    monkeypatch.setattr(equations, "find_spec", lambda _: None)
    equations.draw.cache_clear()
    message = composer().compose(group(full()), date=SENT)
    equations.draw.cache_clear()
    assert "cid:equation" not in (message.html or "")
    assert "H2 = (8πG/3)ρ − kc2/a2 + Λc2/3" in visible_text(message.html or "")


@pytest.mark.parametrize(
    "latex",
    [
        r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
        r"\slashed{D}",
        r"\underbrace{x}_{2}",
        r"\unknown{x}",
        r"\frac{a}{",
        "+".join(["x_{abcdefgh}"] * 30),
    ],
)
def test_what_cannot_be_drawn_is_not(latex: str) -> None:
    """Matrices, slashes, braces, and what is wider than the column."""
    drawn()
    assert equations.draw(latex) is None


def test_a_picture_is_the_same_each_time_and_small() -> None:
    """Nothing of the machine or the moment is in it."""
    drawn()
    made = []
    for _ in range(2):
        equations.draw.cache_clear()
        made.append(equations.draw(r"S = \int d^4x\,\sqrt{-g}\,\frac{R}{16\pi G}"))
    assert made[0] is not None
    assert made[0] == made[1]
    assert len(made[0][0].data) < 4000


def test_matplotlib_is_imported_only_for_an_equation() -> None:
    """A mail without display maths does not pay for it."""
    import subprocess

    code = (
        "import sys; from tests.message.samples import SENT, composer, group; "
        "composer().compose(group(), date=SENT); print('matplotlib' in sys.modules, 'PIL' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "False False\n"
