"""What people write in Italian."""

from __future__ import annotations

from announcer.languages.vocabulary import Vocabulary, headings

ITALIAN = Vocabulary(
    weekdays="lunedì martedì mercoledì giovedì venerdì sabato domenica",
    months="gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    before_day="il",
    other_days=(
        "{weekday} prossimo|prossima",
        "dopodomani",
        "domani",
        "la prossima settimana",
        "la settimana prossima",
    ),
    articles="il la",
    subjects=(
        "titolo",
        "aula",
        "luogo",
        "relatore",
        "relatrice",
    ),
    to_come=("da definire|definirsi|annunciare|confermare|comunicare",),
    cancelled=("annullato", "annullata"),
    postponed=("rinviato", "rinviata"),
    headings=headings("""
title: titolo, titolo del seminario, argomento
speaker: relatore, relatrice, oratore, seminario di
speaker.affiliation: affiliazione, istituzione, università
speaker.email: indirizzo email
speaker.url: sito web
speaker.pronouns: pronomi
speaker.bio: biografia, breve biografia
abstract: riassunto, sommario, descrizione
date: data, giorno, quando, inizio, data e ora
time: ora, orario
end: fine
duration: durata
weekday: giorno della settimana
location: luogo, dove
host: ospite di, invitato da, su invito di
contact: contatto
sponsor: sponsorizzato da
online.url: collegamento
online.meeting_id: id riunione
online.passcode: codice
series: rassegna
notes: commenti
status: stato
refreshments: caffè, rinfresco
recording: registrazione
language: lingua
timestamp: informazioni cronologiche
"""),
    sole="riassunto biografia titolo",
    yours=("il tuo",),
    closings=("cordiali saluti",),
)
