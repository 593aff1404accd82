"""Dates with their weekday as people write them in a sentence, in the languages that have a catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WEEKDAYS = """
    montag dienstag mittwoch donnerstag freitag samstag sonntag
    lundi mardi mercredi jeudi vendredi samedi dimanche
    lunes martes miércoles jueves viernes sábado domingo
    lunedì martedì mercoledì giovedì venerdì sabato domenica
    segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
"""
"""From Monday on; English is read by a rule of its own."""
_MONTHS = """
    januar februar märz april mai juni juli august september oktober november dezember
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
    janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
    januari februari maart april mei juni juli augustus september oktober november december
"""
WEEKDAY = {name: number for line in _WEEKDAYS.split("\n") for number, name in enumerate(line.split())}
MONTH = {name: number for line in _MONTHS.split("\n") for number, name in enumerate(line.split(), 1)}
_HAN = {"一": 0, "月": 0, "二": 1, "火": 1, "三": 2, "水": 2, "四": 3, "木": 3, "五": 4, "金": 4}
_HAN |= {"六": 5, "土": 5, "日": 6, "天": 6}
_WRITTEN = re.compile(
    rf"\b(?P<weekday>{'|'.join(WEEKDAY)})\s*,?\s+(?:(?:den|dem|le|el|il|dia|día|de)\s+)?"
    rf"(?P<day>\d{{1,2}})(?:\.|º|er)?\s+(?:de\s+)?(?P<month>{'|'.join(MONTH)})\b(?:,?\s+(?:de[l]?\s+)?(?P<year>\d{{4}}))?",
    re.IGNORECASE,
)
_DAY_AND_MONTH = re.compile(
    rf"\d(?:\.|º|er)?\s+(?:de\s+)?(?:{'|'.join(sorted({name[:3] for name in MONTH}))})", re.IGNORECASE
)
"""What each of them has, quickly found behind a digit."""
_WRITTEN_IN_HAN = re.compile(
    r"(?:(?P<year>\d{4})\s*年\s*)?(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日\s*"
    r"[(（]?\s*(?:(?:星期|周|週)(?P<chinese>[一二三四五六日天])|(?P<japanese>[月火水木金土日])(?:曜日?|(?=\s*[)）])))"
)
RELATIVE = re.compile(
    r"\b(?:(?:diesen |nächsten |kommenden |diese |nächste |kommende )"
    r"(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|woche)|übermorgen|"
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) prochain|"
    r"la semaine prochaine|après-demain|demain|"
    r"(?:el )?(?:próximo|este) (?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)|pasado mañana|"
    r"la semana que viene|la próxima semana|próxima (?:segunda|terça|quarta|quinta|sexta)-feira|amanhã|"
    r"(?:lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica) prossim[oa]|dopodomani|domani|"
    r"la (?:prossima settimana|settimana prossima)|"
    r"(?:volgende|aanstaande|komende) (?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|week)|"
    r"overmorgen)\b|明日|明後日|来週|明天|后天|下周|下星期",
    re.IGNORECASE,
)
"""Words that mean another day to whoever reads them later; `morgen` alone is also the morning."""
RELATIVE_SIGNS = (
    *("diese", "nächste", "kommende", "übermorgen", "prochain", "après-demain", "demain", "próxim", "este "),
    *("mañana", "semana", "amanhã", "prossim", "domani", "settimana", "volgende", "aanstaande", "komende"),
    *("overmorgen", "明日", "明後日", "来週", "明天", "后天", "下周", "下星期"),
)
"""Each of them has one of these in small letters."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SpokenDate:
    """A date in a sentence."""

    text: str
    weekday: int
    """0 is Monday."""
    day: int
    month: int
    year: int | None
    """None where it is left out."""


def spoken_dates(text: str) -> Iterator[SpokenDate]:
    """The dates with a weekday in a text, in whatever language but English."""
    for match in _WRITTEN.finditer(text) if _DAY_AND_MONTH.search(text) else ():
        yield _date(match, WEEKDAY[match["weekday"].lower()], MONTH[match["month"].lower()])
    for match in _WRITTEN_IN_HAN.finditer(text) if "月" in text else ():
        yield _date(match, _HAN[match["chinese"] or match["japanese"]], int(match["month"]))


def _date(match: re.Match[str], weekday: int, month: int) -> SpokenDate:
    year = int(match["year"]) if match["year"] else None
    return SpokenDate(text=match[0], weekday=weekday, day=int(match["day"]), month=month, year=year)
