"""The files of a new department's folder."""

from __future__ import annotations

import json
from datetime import date, timedelta

_CONFIG = """\
# yaml-language-server: $schema=.announcer/schema/config.json
organization: Department of Physics, Example University
website: https://physics.example.edu
timezone: America/Chicago              # your city's IANA zone: America/New_York, Europe/Berlin, ...
locale: en_US                          # how dates and times are written
from: Physics Colloquium <colloquium@physics.example.edu>
reply_to: colloquium-committee@physics.example.edu
organizer: colloquium-committee@physics.example.edu   # hears what needs a person

lists:
  colloquium:
    address: colloquium@lists.example.edu
    audience: internal                 # internal: passcodes may be sent here; public is the default

series:
  colloquium:
    name: Physics Colloquium
    lists: [colloquium]
    day: Wednesday
    time: 4:00 pm
    duration: 60 minutes
    location: {room: Crow 201, building: Crow Hall}
    schedule:
      - {send: announcement, when: Monday of the same week at 9:00 am}
      - {send: reminder, when: same day at 8:00 am}

begin: {today}                      # nothing that was due before this day is sent

# Mail goes into the folder outbox/ until you name your mail server here:
delivery: {transport: maildir, path: outbox}
# delivery:
#   transport: smtp
#   host: smtp.example.edu
#   port: 587
#   security: starttls                 # starttls, tls, or none
#   username: announcer
#   password_file: /etc/announcer/password
#   redirect_all_to: me@example.edu    # rehearse with real mail before it goes to the lists
"""

_TALK = """\
# yaml-language-server: $schema=../../.announcer/schema/talk.json
# A talk is one file. What is not said here comes from its series in announcer.yaml.
status: draft                          # set it to confirmed when the talk may be announced
date: {date}
title: A Title in Plain Words
speaker:
  name: Ada Example
  affiliation: Example University
host: Max Sample
abstract: |
  Write the abstract here, as Markdown. An empty line begins a new paragraph, and
  maths is written as in LaTeX: $E = mc^2$.
"""

_IGNORE = """\
# The outbox and the ledger belong to this machine; the talks and the config belong to the department.
/outbox/
/.announcer/
"""


def starter_files(today: date) -> dict[str, str]:
    """The content of each file by its path in the folder; the sample talk is on a Wednesday to come."""
    wednesday = today + timedelta(days=(2 - today.weekday()) % 7 + 14)
    from announcer.records.models.schema import schema

    return {
        "announcer.yaml": _CONFIG.replace("{today}", today.isoformat()),
        f"talks/colloquium/{wednesday.year}-example.yaml": _TALK.replace("{date}", wednesday.isoformat()),
        ".announcer/schema/config.json": json.dumps(schema("config"), indent=2, ensure_ascii=False) + "\n",
        ".announcer/schema/talk.json": json.dumps(schema("talk"), indent=2, ensure_ascii=False) + "\n",
        ".gitignore": _IGNORE,
    }
