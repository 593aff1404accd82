"""Tables: their letters, marks and headings, their dates, and forms that were answered twice."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta

import pytest

from announcer.importers.contract import SourceFaultError
from tests.importers.conftest import codes, only, reading


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_marks_and_any_letters(mark: str, encoding: str) -> None:
    """Whatever a spreadsheet exports."""
    rows = [["Date", "Speaker", "Title"], ["2026-12-02", "José Müller", "Größe"]]
    text = "\r\n".join(mark.join(row) for row in rows)
    draft = only(reading(text.encode(encoding)))
    assert draft.values == {"speaker": "José Müller", "title": "Größe"}
    assert (draft.day, draft.at, codes(draft)) == (date(2026, 12, 2), None, ["no-time"])


@pytest.mark.parametrize(
    "headings",
    [
        "Date,Time,Speaker,Affiliation,Talk title,Abstract,Room",
        "Datum,Uhrzeit,Vortragende/r,Institution,Titel,Zusammenfassung,Raum",
        "Date,Heure,Orateur,Université,Titre,Résumé,Salle",
        "Fecha,Hora,Ponente,Institución,Título,Resumen,Sala",
        "Data,Ora,Relatore,Università,Titolo,Riassunto,Aula",
        "Data,Horário,Palestrante,Universidade,Título,Resumo,Local",
    ],
)
def test_headings_are_understood_in_six_languages(headings: str) -> None:
    """English, German, French, Spanish, Italian and Portuguese."""
    draft = only(
        reading(f"{headings}\n2026-12-02,16:00,Ada Example,Example University,On codes,We study.,Hall 3\n")
    )
    assert draft.values == {
        "speaker": {"name": "Ada Example", "affiliation": "Example University"},
        "title": "On codes",
        "abstract": "We study.",
        "location": "Hall 3",
    }
    assert (draft.day, draft.at) == (date(2026, 12, 2), time(16))


def test_a_heading_that_is_not_understood_is_named_with_examples() -> None:
    """And explained by the config from then on."""
    text = "Date,Speaker,Farbe\n2026-12-02,Ada Example,On codes\n2026-12-09,Bob Sample,On noise\n"
    contents = reading(text)
    assert [(heading.name, heading.examples) for heading in contents.headings] == [
        ("Farbe", ("On codes", "On noise"))
    ]
    explained = reading(text, columns={"farbe": "title"})
    assert explained.headings == ()
    assert [draft.values["title"] for draft in explained.drafts] == ["On codes", "On noise"]


def test_a_title_may_stand_above_the_headings() -> None:
    """The first row with two known names is the one."""
    text = "Colloquium autumn 2026,,\n,,\nDate,Speaker,Title\n2026-12-02,Ada Example,On codes\n"
    assert only(reading(text)).origins["title"] == "column Title, row 4"


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (["02/12/2026", "25/12/2026"], [date(2026, 12, 2), date(2026, 12, 25)]),
        (["02/12/2026", "02/25/2026"], [date(2026, 2, 12), date(2026, 2, 25)]),
        (["02/12/2026", "03/12/2026"], [None, None]),
        (["02.12.2026", "12.03.2026"], [date(2026, 12, 2), date(2026, 3, 12)]),
    ],
)
def test_a_column_tells_what_its_slashes_mean(dates: list[str], days: list[date | None]) -> None:
    """A day past the twelfth tells for all; where none does, no date is taken."""
    text = "Date,Speaker\n" + "".join(f"{cell},Ada {number}\n" for number, cell in enumerate(dates))
    assert [draft.day for draft in reading(text).drafts] == days


def test_placeholders_are_absent() -> None:
    """TBA in any column; `A TBA problem` is a title."""
    text = "Date,Speaker,Title,Room\n2026-12-02,Ada Example,TBA,tbd\n2026-12-09,N.N.,A TBA problem,t.b.a.\n"
    assert [draft.values for draft in reading(text).drafts] == [
        {"speaker": "Ada Example"},
        {"title": "A TBA problem"},
    ]


def test_of_a_form_the_last_answer_of_each_person_counts() -> None:
    """The respondent's address is theirs, and is never shown to a list."""
    text = (
        "Timestamp,Email Address,Your name,Title of your talk,Abstract\n"
        '11/1/2026 9:00:00,ada@example.org,Ada Example,Draft,"One.\n\nTwo, with a line."\n'
        "11/2/2026 9:00:00,bob@example.org,Bob Sample,On noise,\n"
        "11/3/2026 9:00:00,ada@example.org,Ada Example,On codes,We study.\n"
    )
    drafts = reading(text).drafts
    assert [draft.values["title"] for draft in drafts] == ["On noise", "On codes"]
    assert drafts[1].values["speaker"] == {"name": "Ada Example", "email": "ada@example.org"}


def test_a_weekday_in_its_own_column_is_compared() -> None:
    """Thursday, 2 December 2026 is none."""
    draft = only(reading("Date,Day of week,Speaker\n2026-12-02,Thursday,Ada Example\n"))
    assert (draft.day, codes(draft)) == (
        None,
        [
            "weekday-mismatch",
        ],
    )


def test_a_link_goes_to_online_and_words_beside_it_to_the_notes() -> None:
    """A column `Zoom` may hold anything."""
    draft = only(reading("Date,Speaker,Zoom\n2026-12-02,Ada Example,https://example.zoom.us/j/123456789\n"))
    assert draft.values["online"] == {"url": "https://example.zoom.us/j/123456789"}


def test_the_address_of_a_host_is_for_the_organizers() -> None:
    """A list sees the name alone."""
    text = "Date,Speaker,Host,Host email\n2026-12-02,Ada Example,Max Sample <max@example.edu>,\n"
    draft = only(reading(text))
    assert (draft.values["host"], draft.values["notes"]) == (
        "Max Sample",
        "The host's address: max@example.edu",
    )
    text = text.replace("Max Sample <max@example.edu>,", "Max Sample,max@example.edu")
    draft = only(reading(text))
    assert (draft.values["host"], draft.values["notes"]) == (
        "Max Sample",
        "The host's address: max@example.edu",
    )


def test_a_link_into_a_meeting_is_private_whatever_its_column() -> None:
    """Slides are public, the meeting is not."""
    text = "Date,Speaker,Slides,Video\n2026-12-02,Ada Example,https://example.edu/s.pdf,https://example.zoom.us/j/1\n"
    draft = only(reading(text))
    assert draft.values["links"] == [{"label": "Slides", "url": "https://example.edu/s.pdf"}]
    assert draft.values["online"] == {"url": "https://example.zoom.us/j/1"}


def test_a_table_without_headings_says_what_to_write() -> None:
    """Rather than guess which column is which."""
    with pytest.raises(SourceFaultError) as error:
        reading("2026-12-02,Ada Example,On codes\n", name="plan.csv")
    assert error.value.code == "no-headings"


ROWS: list[list[object]] = [
    ["Date", "Time", "Duration", "Speaker", "Room"],
    [datetime.fromisoformat("2026-12-02"), time(16), "90 min", "Ada Example", 201],
    [datetime.fromisoformat("2026-12-09 16:30"), None, None, "Bob Sample", None],
]


def _xlsx() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Plan"
    for row in ROWS:
        book.active.append(row)
    book.create_sheet("Budget").append(["Coffee", 12])
    return _saved(book.save)


def _xls() -> bytes:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("Plan")
    day, clock = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm"), xlwt.easyxf(num_format_str="hh:mm")
    for number, row in enumerate(ROWS):
        for index, cell in enumerate(row):
            style = day if isinstance(cell, datetime) else clock
            sheet.write(
                number, index, cell, style if isinstance(cell, datetime | time) else xlwt.Style.default_style
            )
    return _saved(book.save)


def _ods() -> bytes:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    table = Table(name="Plan")
    for row in ROWS:
        line = TableRow()
        for cell in row:
            if isinstance(cell, datetime):
                made = TableCell(valuetype="date", datevalue=cell.isoformat())
            elif isinstance(cell, time):
                made = TableCell(valuetype="time", timevalue=f"PT{cell.hour}H{cell.minute}M0S")
            elif isinstance(cell, int):
                made = TableCell(valuetype="float", value=cell)
            else:
                made = TableCell(valuetype="string") if cell is not None else TableCell()
            if cell is not None:
                made.addElement(P(text=str(cell)))
            line.addElement(made)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    return _saved(book.save)


def _saved(save: object) -> bytes:
    made = io.BytesIO()
    save(made)  # type: ignore[operator]
    return made.getvalue()


@pytest.mark.parametrize("make", [_xlsx, _xls, _ods])
def test_a_workbook_is_a_table_whatever_wrote_it(make: object) -> None:
    """Dates are dates, a room's number has no `.0`, and a sheet without talks is left out."""
    first, second = reading(make()).drafts  # type: ignore[operator]
    assert (first.day, first.at, first.length) == (date(2026, 12, 2), time(16), timedelta(minutes=90))
    assert first.values == {"speaker": "Ada Example", "location": "201"}
    assert (second.day, second.at) == (date(2026, 12, 9), time(16, 30))


def test_a_damaged_workbook_says_so() -> None:
    """As one with a password does."""
    with pytest.raises(SourceFaultError) as error:
        reading(_xlsx()[:300])
    assert error.value.code == "unreadable-workbook"
