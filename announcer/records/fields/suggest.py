"""Did you mean: the right word for one that was misspelt, or called by another name."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

SYNONYMS = {
    "venue where place room_number hall address_room loc lieu ort": "location",
    "tea coffee cookies food snacks reception refreshment drinks catering": "refreshments",
    "zoom zoom_link zoom_url zoom_id webinar livestream stream streaming remote virtual video teams "
    "meet_link video_link hybrid": "online",
    "affil institution institute university company employer org from_where": "affiliation",
    "who presenter lecturer speaker_name talker by name_of_speaker": "speaker",
    "presenters lecturers speaker_names": "speakers",
    "when day_of datum day talk_date": "date",
    "start start_time starts begins begin_time at hour clock": "time",
    "stop end_time ends until_time finish": "end",
    "length lasts minutes how_long": "duration",
    "tz zone time_zone": "timezone",
    "headline topic name_of_talk talk_title talk heading": "title",
    "summary description desc synopsis text body content abstract_text": "abstract",
    "state": "status",
    "hosted_by organizer organiser invited_by contact_host": "host",
    "fund funding funded_by sponsored_by sponsors endowment": "sponsor",
    "link website webpage homepage web page event_url href": "url",
    "urls see_also slides paper papers": "links",
    "recorded record": "recording",
    "access accessible ada": "accessibility",
    "park": "parking",
    "note comment comments remarks private internal": "notes",
    "message reason notification announcement_text update": "notice",
    "meeting office_hours sign_up signup schedule_meeting meet_the_speaker": "meet",
    "mail_lists mailing_lists list mailing_list send_to recipients to": "lists",
    "reminders rules timing": "schedule",
    "series_name category program programme event_type": "series",
    "email_subject subject_line": "subject",
    "secret_talk private_talk hidden": "confidential",
    "type": "kind",
    "organisation department name_of_department institution_name": "organization",
    "sender from_address mail_from email_from": "from",
    "reply replyto reply-to": "reply_to",
    "language lang": "locale",
    "digest weekly newsletter": "digests",
    "smtp mail email transport_settings server_settings": "delivery",
    "database db": "ledger",
    "start_date begins_on since": "begin",
    "mail_address e-mail email_address list_address": "address",
    "visibility privacy scope": "audience",
    "pw_file passwordfile": "password_file",
    "user login user_name": "username",
    "hostname smtp_host server_name": "host",
    "encryption ssl tls_mode": "security",
    "code pin password_code": "passcode",
    "id_number meeting_number zoom_id_number": "meeting_id",
    "picture image portrait foto headshot": "photo",
    "biography about cv": "bio",
    "pronoun": "pronouns",
    "alt_text alternative": "alt",
    "footnote signature": "footer",
    "color colour accent_color": "accent",
    "canceled cancel called_off off": "cancelled",
    "delayed moved rescheduled deferred": "postponed",
    "final ok yes definite": "confirmed",
    "provisional maybe unconfirmed": "tentative",
    "wip todo": "draft",
    "announce announcements first invitation": "announcement",
    "remind": "reminder",
    "private intern department members staff": "internal",
    "open everyone all world": "public",
    "ssl smtps": "tls",
    "plain unencrypted off": "none",
}
_MEANT: dict[str, list[str]] = {}
for _names, _right in SYNONYMS.items():
    for _name in _names.split():
        _MEANT.setdefault(_name, []).append(_right)


def meant(word: str, known: Iterable[str]) -> str | None:
    """The known word that was meant, by what people call it or by its spelling; None where none is near."""
    known = list(known)
    plain = word.strip().lower().replace(" ", "_").replace("-", "_")
    by_plain = {name.lower().replace("-", "_"): name for name in known}
    if plain in by_plain:
        return by_plain[plain]
    for right in _MEANT.get(plain, ()):
        if right in known:
            return right
    near = get_close_matches(plain, by_plain, n=1, cutoff=0.7)
    return by_plain[near[0]] if near else None


def choices(known: Iterable[str]) -> str:
    """The words to choose from, as a person lists them."""
    words = list(known)
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]
