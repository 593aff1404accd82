"""Opens an address that is a secret: by a file for one account, for all accounts read command lines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

import click

from announcer.ledger.files import FOLDER, private_file, private_folder

_PAGE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>announcer preview</title>
<meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url={address}"></head>
<body><p><a href="{address}">The preview</a></p></body></html>
"""


@contextmanager
def doorway(root: Path) -> Iterator[Path]:
    """The file of a department's folder through which a browser is sent to the preview; gone in the end."""
    path = root / FOLDER / "cache" / "preview.html"
    try:
        yield path
    finally:
        if path.is_file():
            path.unlink()


def open_by(path: Path, address: str) -> None:
    """Lets the browser open the file, which sends it on to the address."""
    try:
        private_folder(path.parent.parent)
        private_folder(path.parent)
        private_file(path, _PAGE.format(address=escape(address)))
    except OSError as error:
        click.echo(f"{path} cannot be written ({error.strerror}): open the address yourself.", err=True)
    else:
        click.launch(str(path.absolute()))
