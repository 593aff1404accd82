"""How many examples a property meets: a few, always the same; many new ones by HYPOTHESIS_PROFILE=long."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
_FACTOR = 20


def examples(short: int) -> int:
    """That many, or twenty times as many in a long run."""
    return short * _FACTOR if IS_LONG else short


def set_up() -> None:
    """Makes the profile of this run the default of every property. No property is held to a time."""
    settings.register_profile("short", max_examples=examples(50), deadline=None, derandomize=True)
    settings.register_profile(
        "long",
        max_examples=examples(50),
        deadline=None,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("long" if IS_LONG else "short")
