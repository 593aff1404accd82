"""What a page of the desk sends: bounded, and read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

LARGEST = 2 * 1024 * 1024
"""Bytes of a form: a file's text, encoded, and its boxes."""
_BOX = "box."


@dataclass(frozen=True, kw_only=True)
class Submission:
    """A form that was sent."""

    fields: Mapping[str, str]

    def get(self, name: str) -> str:
        """What stands in one of its own fields."""
        return self.fields.get(name, "")

    @property
    def text(self) -> str:
        """The file's text, its line ends plain."""
        return self.get("text").replace("\r\n", "\n").replace("\r", "\n")

    @property
    def boxes(self) -> dict[str, str]:
        """What stands in the boxes of the talk's fields."""
        return {name.removeprefix(_BOX): text for name, text in self.fields.items() if name.startswith(_BOX)}


async def body_of(request: Request, limit: int) -> bytes:
    """The body of a request. Raises HTTPException where it is larger."""
    taken = b""
    async for chunk in request.stream():
        taken += chunk
        if len(taken) > limit:
            raise HTTPException(413, "This is more than a talk has.")
    return taken


async def submitted(request: Request) -> Submission:
    """The form that a request brings. Raises HTTPException where it is none."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise HTTPException(415, "The desk takes its own forms alone.")
    body = await body_of(request, LARGEST)
    try:
        fields = dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=600))
    except ValueError as error:
        raise HTTPException(400, "This is no form of the desk.") from error
    return Submission(fields=fields)
