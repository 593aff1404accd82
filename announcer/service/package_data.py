"""Where the templates and the sample department are: in the installed package, or in the checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def builtin(name: str) -> Path:
    """`templates`, or `sample` for the folder that holds the sample announcer.yaml and talks/."""
    installed = _PACKAGE / "data" / name
    if installed.is_dir():
        return installed
    checkout = _PACKAGE.parent
    return checkout if name == "sample" else checkout / name
