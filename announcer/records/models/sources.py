"""`sources:` of announcer.yaml: where talks are imported from."""

from __future__ import annotations

from pydantic import Field

from announcer.domain.source import Source
from announcer.records.fields.readers import Line, Url, Word
from announcer.records.fields.times import Zone
from announcer.records.models.base import Record
from announcer.records.models.references import SeriesName


class SourceRecord(Record):
    """A calendar, table, feed or page that talks are imported from."""

    url: Url | None = Field(
        None, description="Its address.", examples=["https://calendar.example.edu/physics.ics"]
    )
    file: Word | None = Field(
        None, description="Its file, from the folder of announcer.yaml.", examples=["plan.xlsx"]
    )
    url_file: Word | None = Field(None, description="A file that holds its address, where that is a secret.")
    url_command: Line | None = Field(None, description="A command that prints its address.")
    series: SeriesName | None = Field(None, description="The series of its talks.", examples=["colloquium"])
    summary: Line | None = Field(
        None,
        description="What a title line means there: title, speaker, or the parts in braces.",
        examples=["{speaker}: {title}"],
    )
    columns: dict[str, Word] = Field(
        {},
        description="A table's headings that are not understood, each with the talk's field.",
        examples=[{"Vortragende": "speaker"}],
    )
    keep: dict[str, Line] = Field(
        {},
        description="What an entry must have to be taken: category, title or location.",
        examples=[{"category": "Colloquium"}],
    )
    timezone: Zone | None = Field(
        None, description="Where the source does not say its zone, or says it wrong."
    )


def source_of(name: str, record: SourceRecord) -> Source:
    """The domain's value."""
    return Source(
        name=name,
        url=record.url,
        file=record.file,
        url_file=record.url_file,
        url_command=record.url_command,
        series=record.series,
        summary=record.summary,
        columns=dict(record.columns),
        keep=dict(record.keep),
        timezone=record.timezone,
    )
