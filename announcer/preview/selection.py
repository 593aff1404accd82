"""What a page is asked to show: an occasion of a talk or a digest, for a list, as of a moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

from announcer.domain.clock import zone
from announcer.domain.mailing import Key
from announcer.domain.occasion import Occasion

VIEWS = ("email", "text", "headers", "calendar", "source")
"""In the order of their keys, 1 to 5."""
WIDTHS = ("full", "tablet", "phone")
MODES = ("light", "dark", "inverted")


class UnreadableChoiceError(ValueError):
    """The address of a page says what cannot be read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One message among all."""

    subject: str
    """A talk's id, or a digest's name."""
    occasion: Occasion
    period: str = ""
    """Which of several mailings of the occasion, where not the next one."""
    slot: str = ""
    list: str = ""
    """The mailing list as which it is read; the first where silent."""
    at: datetime | None = None
    """As if it were sent at this moment; when it is due where None."""

    @staticmethod
    def read(subject: str, occasion: str, query: Mapping[str, str], zone_name: str) -> Choice:
        """Reads a page's address, its moment on the clocks of that zone. Raises UnreadableChoiceError."""
        if occasion not in set(Occasion):
            raise UnreadableChoiceError(f'there is no occasion "{occasion}"')
        return Choice(
            subject=subject,
            occasion=Occasion(occasion),
            period=query.get("period", ""),
            slot=query.get("slot", ""),
            list=query.get("list", ""),
            at=_moment(query.get("at", ""), zone_name),
        )

    @staticmethod
    def of(key: Key, *, exact: bool) -> Choice:
        """The choice of a mailing; `exact` where the talk has several of its occasion."""
        return Choice(
            subject=key.subject,
            occasion=Occasion(key.occasion),
            period=key.period if exact else "",
            slot=key.slot,
        )

    @property
    def path(self) -> str:
        """`2026-bordelon/reminder`, safe in a URL."""
        return f"{quote(self.subject, safe='')}/{self.occasion.value}"

    def query(self, **more: str) -> str:
        """The rest of its address, with its question mark; what is usual is left out."""
        said = {
            "period": self.period,
            "slot": self.slot,
            "list": self.list,
            "at": self.at.strftime("%Y-%m-%dT%H:%M") if self.at else "",
            **more,
        }
        told = {name: value for name, value in said.items() if value}
        return f"?{urlencode(told)}" if told else ""


def _moment(text: str, zone_name: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UnreadableChoiceError(
            f'"{text}" is not a moment that can be read: write 2026-12-02T08:00'
        ) from error
    tz = zone(zone_name)
    return moment.replace(tzinfo=tz) if moment.tzinfo is None else moment.astimezone(tz)
