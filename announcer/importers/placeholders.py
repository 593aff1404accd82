"""What only says that there is nothing to say yet: TBA and its kin, in the languages of departments."""

from __future__ import annotations

import re

_WHAT = (
    r"(?:the\s+)?(?:title|speaker|abstract|location|room|venue|place|name|details|talk|titel|thema|vortrag(?:ende[r]?)?|"
    r"raum|ort|titre|résumé|salle|lieu|título|titulo|resumen|sala|lugar|titolo|aula|luogo|local|resumo)"
)
_TO_COME = (
    r"t\.?\s*b\.?\s*[acdn]\.?|to\s+be\s+(?:announced|determined|confirmed|decided|advised|named|defined|set)|"
    r"(?:to\s+follow|to\s+come|coming\s+soon|forthcoming|unknown|none|no\s+title\s+yet)|\?+|[-–—]+|n\.?/?a\.?|\.{2,}|…|"
    r"(?:wird|werden)\s+(?:noch\s+)?(?:bekannt\s?gegeben|angekündigt|mitgeteilt)|folgt|n\.?\s?n\.?|noch\s+offen|"
    r"à\s+(?:venir|préciser|déterminer|confirmer|annoncer)|por\s+(?:anunciar|confirmar|definir|determinar)|"
    r"a\s+(?:anunciar|definir|confirmar)|da\s+(?:definire|confermare|annunciare|comunicare)|volgt|未定|待定|"
    r"no\s+location\s+set"
)
_UNKNOWN = re.compile(rf"[\s(\[\"“]*(?:{_WHAT})?[\s:]*(?:{_TO_COME})[\s)\].!\"”]*", re.IGNORECASE)


def is_placeholder(text: str) -> bool:
    """Whether the whole text says that it is to come: `TBA` does, `A TBA problem` does not."""
    return _UNKNOWN.fullmatch(text) is not None or not text.strip()
