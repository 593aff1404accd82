"""What people write in English. Its dates are read by a rule of their own, in records."""

from __future__ import annotations

from announcer.languages.vocabulary import Vocabulary, headings

ENGLISH = Vocabulary(
    articles="the",
    subjects=(
        "title",
        "speaker",
        "abstract",
        "location",
        "room",
        "venue",
        "place",
        "name",
        "details",
        "info",
        "talk",
    ),
    unknown=(
        "to be announced|determined|confirmed|decided|advised|named|defined|set",
        "to follow",
        "unknown",
    ),
    to_come=("to come", "coming soon", "forthcoming", "not yet known", "no title yet"),
    cancelled=("cancelled", "canceled", "called off"),
    postponed=("postponed",),
    headings=headings("""
title: title, talk title, title of talk, title of the talk, topic, presentation title, lecture title,
    seminar title, name of talk
speaker: speaker, speakers, name, speaker name, name of speaker, presenter, presenters, presented by,
    lecturer, invited speaker, who, talk by, by, guest speaker, your name, full name, speaker(s),
    speaker's name
speaker.affiliation: affiliation, affiliations, institution, university, institute, organization,
    organisation, from, speaker affiliation, company, home institution
speaker.email: email, e-mail, email address, e-mail address, speaker email, speaker's email, mail,
    contact email, owner email
speaker.url: homepage, home page, website, webpage, speaker url, speaker homepage, personal page, site
speaker.pronouns: pronouns
speaker.bio: bio, biography, short bio, speaker bio, about the speaker, short biography
abstract: abstract, talk abstract, summary, description, abstract of the talk, abstract text
date: date, day, talk date, date of talk, when, start date, date and time, date/time, datetime, start, begin,
    date of the talk, time and date, session date, start datetime
time: time, talk time, start time, time of talk, begins
end: end, end time, ends, until, end date
duration: duration, length, minutes
weekday: weekday, day of week
location: location, place, venue, room, where, room number, auditorium
location.building: building
host: host, hosts, hosted by, invited by, contact person, faculty host, organizer, organizer name, host name
host.email: host email, host's email, email of host
contact: contact
sponsor: sponsor, sponsors, sponsored by, funding
online.url: zoom, zoom link, zoom url, link, online, online link, meeting link, join, join link, teams link,
    webex, live link, stream, livestream, connection link
online.meeting_id: meeting id, zoom id, webinar id, meeting-id
online.passcode: passcode, password, zoom passcode, zoom password, pin
url: url, web, web page, event page, event url, page, talk url, weblink, details
links: slides, paper, preprint, arxiv, video
series: series, seminar, seminar series, colloquium
notes: notes, note, comments, comment, remarks, internal notes
status: status
refreshments: refreshments, coffee, tea, catering
recording: recording, recorded, may we record, do you agree to be recorded
language: language
id: id, talk id, event id, session id, uid, code, nr, no, number, talk
timestamp: timestamp, completion time, submission date, submitted at
ignore: score, total score, quiz feedback
"""),
    sole="abstract summary bio biography title speaker",
    yours=("your",),
    notes=("optional", "required", "if known"),
    closings=(
        "[kind|best|warm|many] regards|wishes",
        "[many] thanks",
        "cheers",
        "best,",
        "sincerely",
        "yours",
    ),
)
