"""What lets strangers into a video conference: found in any text, taken out of it, and kept apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_HOSTS = (
    r"(?:[\w-]+\.)*(?:zoom\.us|zoom\.com|zoomgov\.com|zoom-x\.de|teams\.microsoft\.com|teams\.live\.com|"
    r"teams\.cloud\.microsoft|meet\.google\.com|webex\.com|gotomeeting\.com|gotomeet\.me|goto\.com|bluejeans\.com|"
    r"meet\.jit\.si|whereby\.com|gather\.town|skype\.com|ringcentral\.com|zoho\.com|voovmeeting\.com|meeting\.tencent\.com)"
)
MEETING = re.compile(
    rf"https?://(?:{_HOSTS}|(?:bbb|bigbluebutton|conf|jitsi|meet|webconf|visio)[\w-]*\.[\w.-]+)"
    r"(?:[/?#][^\s<>\"]*[^\s<>\".,;:!?)\]])?/?",
    re.IGNORECASE,
)
_CODE_WORD = (
    r"(?:pass\s?code|pass\s?word|passwort|kennwort|kenn?code|zugangs?code|pwd|pin(?=\s*[:=])|mot\s+de\s+passe|code\s+secret|"
    r"code\s+d['’]accès|contraseña|clave(?:\s+de\s+acceso)?|código\s+de\s+acceso|codice\s+d['’]accesso|senha|"
    r"access\s+code|meeting\s+code|密码|パスコード)"
)
_CODE = re.compile(
    rf"(?:zoom|meeting|webinar|meeting-)?\s*{_CODE_WORD}\s*(?:[:=：]|\b(?:is|ist|lautet|est|es|è|é)\b\s*:?)\s*"
    r"(?P<value>[\"“'‘`]?[^\s,;()\"”'’`]+[\"”'’`]?)",
    re.IGNORECASE,
)
_ID = re.compile(
    r"(?:zoom|webinar|meeting|besprechungs|sitzungs|konferenz|réunion|reunión|riunione|reunião|teilnahme|conference)?[\s-]*"
    r"\b(?:meeting|webinar|besprechungs|sitzungs|konferenz|conference|phone\s+conference)?[\s-]*"
    r"\bID(?:\s+(?:de|der|della|da)(?:\s+la)?\s+(?:réunion|reunión|riunione|reunião))?\s*[:#=：]\s*"
    r"(?P<value>\d[\d\s-]{6,}\d)",
    re.IGNORECASE,
)
_HINT_WORDS = (
    "://|passw|passc|pass c|pass w|mot de passe|kenn|zugang|pwd|contrase|clave|senha|access code|code secret|"
    "meeting code|code d|acceso|accesso|pin:|pin =|pin=|pin :|id:|id :|id#|id #|id =|id=|id：|密码|パスコード"
)
_HINTS = _HINT_WORDS.split("|")
_JOINING = (
    r"(?:^|\s)(?:and|or|und|oder|et|ou|y|o|e|also|on|via|at|in|by|over|auf|über|per|sur|por|su|zoom|teams|webex|online|"
    r"virtual(?:ly)?|hybrid|meet|link|join)\s*:?$"
)
_GOOGLE = re.compile(r"-::~[:~-]{4,}.*?-::~[:~-]{4,}-?", re.DOTALL)
_PHONE_PIN = re.compile(r"\bPIN\s*:\s*(?P<value>[\d\s]{4,})#?", re.IGNORECASE)
_BOILERPLATE = re.compile(
    r"\s*(?:[-*•]\s*)?(?:"
    r"join\s+(?:the\s+)?(?:zoom|teams|meeting|webinar|from|on|by|with|via|online|us)\b[^.\n]{0,60}|.*\bone\s+tap\s+mobile\b.*|"
    r"dial\s+by\s+your\s+location.*|find\s+(?:your|a)\s+local\s+number.*|microsoft\s+teams(?:\s+meeting)?|"
    r"click\s+here\s+to\s+join.*|or\s+call\s+in.*|learn\s+more.*meeting\s+options.*|need\s+help\?.*|"
    r"(?:zoom|teams|webex|meet|online|video|meeting|link|url|livestream|join|web)[\s-]*(?:zoom|meeting|link|url|info|details)*|"
    r"\+?\d[\d\s,#*()-]{8,}(?:\s*(?:us|germany|uk|canada)\b.*)?|[_.:~*-]{5,}|"
    r"(?:zoom|teams|beitreten|teilnehmen|rejoindre|unirse|partecipa)[^.\n]{0,40})\s*:?\s*",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜÉÀ¿¡*\[])")


@dataclass(kw_only=True, slots=True)
class Extracted:
    """A text without what is private in it."""

    text: str
    online: dict[str, str] = field(default_factory=dict)
    """The fields of a talk's `online` that stood in it."""
    leftover: bool = False
    """Whether something that looks like a passcode could not be told from the text around it."""


def extracted(text: str) -> Extracted:
    """Takes links of video conferences, meeting ids and passcodes out of a text."""
    made = Extracted(text=text)
    if not _may_have_one(text):
        return made
    text = _without_google(text, made)
    lines = []
    for line in text.split("\n"):
        if not _private(line):
            if not (made.online and line.strip() and _BOILERPLATE.fullmatch(line)):
                lines.append(line)
            continue
        while lines and lines[-1].strip() and _BOILERPLATE.fullmatch(lines[-1]):
            lines.pop()
        kept = [part for part in _SENTENCE.split(line) if not _take(part, made)]
        if kept:
            lines.append(" ".join(kept))
    made.text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return made


def without_meeting(line: str) -> str:
    """What a line says beside the meeting: of `Hall 3 and Zoom: https://...` the hall."""
    for pattern in (MEETING, _ID, _CODE):
        line = pattern.sub(" ", line)
    before = None
    while before != line:
        before = line
        line = re.sub(r"\(\s*[,;]?\s*\)|\[\s*\]", " ", line)
        line = re.sub(_JOINING, "", line.strip(), flags=re.IGNORECASE).strip(" ,;:/|&+-–—")
    return " ".join(line.split())


def _may_have_one(text: str) -> bool:
    """A quick look: most texts have none of it, and the searches for it are slow."""
    low = text.lower()
    return any(hint in low for hint in _HINTS)


def _private(text: str) -> bool:
    return any(pattern.search(text) for pattern in (MEETING, _CODE, _ID))


def _without_google(text: str, made: Extracted) -> str:
    """The text without the block that Google Calendar appends."""
    for block in _GOOGLE.findall(text):
        if match := MEETING.search(block):
            _put(made, "url", match[0])
        if match := _PHONE_PIN.search(block):
            _put(made, "note", f"PIN for the phone: {match['value'].strip()}")
    return _GOOGLE.sub("", text)


def _take(part: str, made: Extracted) -> bool:
    """Whether a sentence speaks of the meeting; what it says is put where it belongs."""
    if not _private(part):
        return False
    rest = part
    for url in MEETING.findall(part):
        _put(made, "url", url)
        rest = rest.replace(url, "")
    for match in _ID.finditer(rest):
        _put(made, "meeting_id", " ".join(match["value"].split()))
    rest = _ID.sub("", rest)
    for match in _CODE.finditer(rest):
        value = match["value"].strip("\"“”'‘’`.")
        sure = (
            re.search(r"[:=：]\s*\S+$", match[0]) or re.search(r"\d", value) or match["value"][0] in "\"“'‘`"
        )
        after = rest[match.end() :].strip(" .,;)")
        if not sure or not value or (re.match(r"[a-z]+ [a-z]+", after) and value.isalpha()):
            made.leftover = True
        else:
            _put(made, "passcode", value)
    rest = _CODE.sub("", rest)
    words = re.findall(r"[^\W\d_]{2,}", rest)
    if len(words) > 5 and not _BOILERPLATE.fullmatch(rest):
        _put(
            made,
            "note",
            " ".join(re.sub(r"\(\s*[,;]?\s*\)|\[[^\]]*\]\(\s*\)", "", rest).split()),
            several=True,
        )
    return True


def _put(made: Extracted, name: str, value: str, *, several: bool = False) -> None:
    """Keeps it; a second passcode or id that differs cannot be placed."""
    known = made.online.get(name)
    if known is None:
        made.online[name] = value
    elif known != value and several:
        made.online[name] = f"{known} {value}"
    elif known != value and name == "passcode":
        made.leftover = True
