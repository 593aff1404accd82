"""Within step 2: siunitx's quantities as LaTeX without it; the names are those of its manual."""

from __future__ import annotations

import re

_PREFIXES = {
    "quecto": "q", "ronto": "r", "yocto": "y", "zepto": "z", "atto": "a", "femto": "f", "pico": "p",
    "nano": "n", "micro": "μ", "milli": "m", "centi": "c", "deci": "d", "deca": "da", "hecto": "h",
    "kilo": "k", "mega": "M", "giga": "G", "tera": "T", "peta": "P", "exa": "E", "zetta": "Z", "yotta":
    "Y", "ronna": "R", "quetta": "Q",
}  # fmt: skip
_UNITS = {
    "metre": "m", "meter": "m", "second": "s", "gram": "g", "kilogram": "kg", "ampere": "A", "kelvin":
    "K", "mole": "mol", "candela": "cd", "hertz": "Hz", "newton": "N", "pascal": "Pa", "joule": "J",
    "watt": "W", "coulomb": "C", "volt": "V", "farad": "F", "ohm": "Ω", "siemens": "S", "weber": "Wb",
    "tesla": "T", "henry": "H", "lumen": "lm", "lux": "lx", "becquerel": "Bq", "gray": "Gy", "sievert":
    "Sv", "katal": "kat", "degree": "°", "arcminute": "′", "arcsecond": "″", "celsius": "°C",
    "degreeCelsius": "°C", "minute": "min", "hour": "h", "day": "d", "hectare": "ha", "litre": "L",
    "liter": "L", "tonne": "t", "electronvolt": "eV", "dalton": "Da", "bel": "B", "decibel": "dB",
    "percent": "%", "astronomicalunit": "au", "parsec": "pc", "barn": "b", "angstrom": "Å", "bar": "bar",
    "radian": "rad", "steradian": "sr", "bit": "bit", "byte": "B", "fm": "fm", "pm": "pm", "nm": "nm",
    "um": "μm", "mm": "mm", "cm": "cm", "km": "km", "fs": "fs", "ps": "ps", "ns": "ns", "us": "μs", "ms":
    "ms", "mK": "mK", "uK": "μK", "nK": "nK", "Hz": "Hz", "kHz": "kHz", "MHz": "MHz", "GHz": "GHz", "THz":
    "THz", "eV": "eV", "meV": "meV", "keV": "keV", "MeV": "MeV", "GeV": "GeV", "TeV": "TeV", "kg": "kg",
    "mg": "mg", "ug": "μg", "mW": "mW", "mV": "mV", "kV": "kV", "mA": "mA", "uA": "μA", "nA": "nA", "kN":
    "kN", "kPa": "kPa", "MPa": "MPa", "GPa": "GPa", "dB": "dB",
}  # fmt: skip
_POWERS = {"squared": "2", "cubed": "3", "square": "2", "cubic": "3"}
_GROUP = r"\s*\{((?:[^{}]|\{[^{}]{0,40}\}){0,200})\}"
QUANTITY = re.compile(
    rf"\\(?:(?P<both>SI|qty)(?:\[[^\[\]]{{0,80}}\])?{_GROUP}{_GROUP}"
    rf"|(?P<one>si|unit|num|ang)(?:\[[^\[\]]{{0,80}}\])?{_GROUP})"
)
_PIECE = re.compile(r"\\(?P<name>[A-Za-z]+)\s*(?:\{(?P<given>[^{}]*)\})?|[.~\s]+|(?P<typed>[^\\.~\s]+)")
_POWER_OF_TEN = re.compile(r"(?P<factor>.*?)[eE]\+?(?P<power>-?\d+)")
_ANGLES = "°′″"


def latex_of(quantity: re.Match[str]) -> str | None:
    """A match of `QUANTITY` without siunitx; None where it names a unit that siunitx does not."""
    number, unit, given = quantity[2], quantity[3], quantity[5]
    if quantity["one"] == "num":
        return _number(given)
    if quantity["one"] == "ang":
        return "".join(
            _number(part) + sign for part, sign in zip(given.split(";"), _ANGLES, strict=False) if part
        )
    symbols = _symbols(unit if quantity["both"] else given)
    if symbols is None or quantity["one"]:
        return symbols
    gap = "" if symbols in _ANGLES else r"\,"
    return _number(number) + gap + symbols


def _number(typed: str) -> str:
    plain = re.sub(r"(?<=\d)\s*x\s*(?=\d)", r"\\times ", typed.strip().replace("+-", r"\pm "))
    power = _POWER_OF_TEN.fullmatch(plain)
    if power is None:
        return plain
    factor = rf"{power['factor']}\times " if power["factor"] else ""
    return f"{factor}10^{{{power['power']}}}"


def _symbols(typed: str) -> str | None:
    """The signs of a unit, the one behind `\\per` with a negative power."""
    made: list[tuple[str, str, str]] = []
    prefix, power, sign = "", "", ""
    for piece in _PIECE.finditer(typed):
        name, typed_sign = piece["name"], piece["typed"]
        if name == "per":
            sign = "-"
        elif name in _PREFIXES:
            prefix += _PREFIXES[name]
        elif name in ("square", "cubic"):
            power = _POWERS[name]
        elif name in ("squared", "cubed", "tothe") and made:
            made[-1] = (*made[-1][:2], _POWERS.get(name) or piece["given"] or "")
        elif name in _UNITS or typed_sign:
            made.append((prefix + (_UNITS[name] if name else typed_sign), sign, power))
            prefix, power, sign = "", "", ""
        elif name:
            return None
    if not made or prefix or power or sign:
        return None
    if len(made) == 1 and made[0][0] in _ANGLES:
        return made[0][0]
    return r"\,".join(_raised(*unit) for unit in made)


def _raised(symbol: str, sign: str, power: str) -> str:
    exponent = f"{sign}{power or '1'}"
    return rf"\mathrm{{{symbol}}}" if exponent == "1" else rf"\mathrm{{{symbol}}}^{{{exponent}}}"
