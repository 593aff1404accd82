"""What people write in Dutch."""

from __future__ import annotations

from announcer.languages.vocabulary import Vocabulary, headings

DUTCH = Vocabulary(
    weekdays="maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    months="januari februari maart april mei juni juli augustus september oktober november december",
    other_days=("volgende|aanstaande|komende {weekday}", "volgende|aanstaande|komende week", "overmorgen"),
    articles="de",
    subjects=(
        "onderwerp",
        "zaal",
        "locatie",
        "spreker",
    ),
    to_come=("[wordt] [nog] bekendgemaakt", "[wordt] [nog] volgt [nog]", "[nog] te bepalen"),
    cancelled=("afgelast", "geannuleerd"),
    postponed=("uitgesteld",),
    headings=headings("""
title: onderwerp, titel van de lezing
speaker: spreker, spreekster, lezing van, voordracht van
speaker.affiliation: instelling, affiliatie
speaker.bio: korte biografie
abstract: samenvatting, beschrijving
date: wanneer
time: tijd, tijdstip
location: plaats, locatie, zaal, waar
host: uitgenodigd door, gastheer, gastvrouw, op uitnodiging van, uitnodiging
online.passcode: toegangscode
series: reeks
online.meeting_id: meeting-id, vergadering-id
refreshments: versnaperingen, koffie
recording: opname
language: taal
contact: contact
"""),
    sole="samenvatting",
    yours=(
        "uw",
        "je",
    ),
    closings=("met vriendelijke groet|groeten", "hartelijke groet|groeten"),
)
