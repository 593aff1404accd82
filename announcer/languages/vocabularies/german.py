"""What people write in German."""

from __future__ import annotations

from announcer.languages.vocabulary import Vocabulary, headings

GERMAN = Vocabulary(
    weekdays="montag dienstag mittwoch donnerstag freitag samstag sonntag",
    months="januar februar märz april mai juni juli august september oktober november dezember",
    before_day="den dem",
    other_days=(
        "diesen|nächsten|kommenden {weekday}",
        "diese|nächste|kommende woche",
        "übermorgen",
    ),  # `morgen` alone is also the morning
    articles="der die das",
    subjects=(
        "titel",
        "thema",
        "vortrag",
        "vortragende",
        "vortragender",
        "vortragende person",
        "raum",
        "ort",
    ),
    to_come=(
        "[wird|werden] [noch] bekanntgegeben|angekündigt|mitgeteilt",
        "[wird|werden] [noch] bekannt gegeben",
        "folgt [noch]",
        "noch offen",
        "n. n.",
        "n.n.",
        "nn",
    ),
    cancelled=("abgesagt", "entfällt", "fällt aus"),
    postponed=("verschoben",),
    headings=headings("""
title: titel, vortragstitel, thema, titel des vortrags, vortrag
speaker: vortragende, vortragender, vortragende person, vortragende/r, referent, referentin, referent/in,
    sprecher, sprecherin, redner, rednerin, gast, vortrag von
speaker.affiliation: institut, universität, zugehörigkeit, hochschule, einrichtung
speaker.email: e-mail-adresse, mailadresse
speaker.url: webseite
speaker.pronouns: pronomen
speaker.bio: kurzbiographie, kurzbiografie, lebenslauf, biographie, biografie
abstract: zusammenfassung, kurzfassung, inhalt, beschreibung
date: datum, tag, termin, vortragsdatum, wann, beginn, datum und uhrzeit
time: uhrzeit, zeit, startzeit, anfang
end: ende, endzeit, bis
duration: dauer
weekday: wochentag
location: ort, raum, hörsaal, veranstaltungsort, wo
location.building: gebäude
host: gastgeber, gastgeberin, eingeladen von
host.email: e-mail gastgeber
contact: kontakt, ansprechpartner
sponsor: gefördert von
online.url: videokonferenz, zoom-link
online.passcode: kenncode, passwort, kennwort
links: folien
series: reihe, vortragsreihe, veranstaltungsreihe
notes: notizen, bemerkungen, bemerkung, anmerkungen, kommentar
status: stand
refreshments: kaffee, erfrischungen
recording: aufzeichnung
language: sprache
timestamp: zeitstempel, fertigstellungszeit
ignore: startzeit der antwort
online.meeting_id: meeting-id
"""),
    sole="zusammenfassung kurzfassung kurzbiographie kurzbiografie titel",
    yours=(
        "ihr",
        "ihre",
        "ihrer",
        "ihres",
        "ihrem",
        "ihren",
    ),
    notes=("falls bekannt", "pflichtfeld"),
    closings=(
        "mit freundlichen|besten|herzlichen grüßen|grüssen",
        "viele|beste|herzliche|liebe grüße|grüsse",
    ),
)
