"""Every field of a talk and of announcer.yaml, read once."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from announcer.domain.department import (
    Address,
    Corrections,
    Delivery,
    Department,
    Digest,
    MailingList,
    Series,
    Site,
    Style,
)
from announcer.domain.occasion import Occasion, Recipients
from announcer.domain.rule import Rule, Rung
from announcer.domain.source import Source
from announcer.domain.talk import (
    FIELDS,
    Audience,
    Host,
    Kind,
    Link,
    Meet,
    Online,
    Origin,
    Place,
    Refreshments,
    Speaker,
    Status,
    Talk,
)
from announcer.domain.when import parse_request_when, parse_weekly, parse_when
from announcer.records.models.department import DepartmentRecord
from announcer.records.models.talk import TalkRecord
from tests.records.conftest import TALK, Folder

DEPARTMENT = """\
organization: Department of Physics, Example University
website: https://physics.example.edu
timezone: America/Chicago              # IANA name; required
locale: en-GB
from: Physics Colloquium <colloquium@physics.example.edu>
reply_to: committee@physics.example.edu
organizer: The Committee <committee@physics.example.edu>   # hears what needs a human
lists:
  colloquium: {address: colloquium@lists.example.edu, audience: internal, server: mailman, format: text}
  public-lectures: {address: public@lists.example.edu, auto_submitted: no, locale: [de_CH, en]}
series:
  colloquium:
    name: Physics Colloquium
    subject_prefix: "[Colloquium]"
    lists: [colloquium, public-lectures]
    locale: de_AT
    day: Wednesdays
    time: 4:00 pm
    duration: 60 minutes
    location: {room: Crow 201, building: Crow Hall}
    host: Max Sample
    refreshments: Tea
    sponsor: {text: The Fund., until: 2026-12-31}
    contact: Ask Max.
    accessibility: Step-free.
    parking: Garage 2.
    subject: Physics
    schedule:
      - {send: announcement, when: Monday of the same week at 9:00 am}
      - send: reminder
        when: same day at 8:00 am
        name: morning
        lists: [colloquium]
        not_after: 2 hours before
    requires: {announcement: [title, speaker, abstract], reminder: [title]}
    corrections: "off"
    paused: "Summer."
    request:
      - {when: 3 weeks before at 9:00 am, to: speaker, copy: host}
      - {when: 2 days before announcement at 9:00 am, to: host, name: last}
    request_needs: [title, bio]
    request_form: https://forms.example.edu/talk?id={id}
    after: yes
digests:
  this-week:
    when: Monday at 8:00 am
    covers: 7 days
    series: [colloquium]
    lists: [colloquium]
    when_empty: send
corrections: send
begin: 2026-11-23
paused: no
style: {accent: '#003366', logo: {url: https://example.edu/logo.png, alt: Example}, footer: Bye.}
delivery:
  transport: smtp
  path: outbox
  host: smtp.example.edu
  port: 465
  security: tls
  username: announcer
  password_file: /run/credentials/smtp
  ca_file: /etc/ssl/example.pem
  envelope_from: bounces@physics.example.edu
  redirect_all_to: me@example.edu
sources:
  spring:
    url: https://calendar.example.edu/physics.ics
    series: colloquium
    summary: "{speaker}: {title}"
    columns: {Vortragende: speaker}
    keep: {category: Colloquium}
    timezone: Europe/Berlin
  plan: {file: plan.xlsx}
  hidden: {url_file: address}
  told: {url_command: print-address}
site: {url: https://physics.example.edu/talks/, out: public, audience: internal}
ledger: postgresql://announcer@db.example.edu/announcer
keep: 100 days
heartbeat: https://example.edu/ping
calendar_links: yes
weekly_line: yes
macros: {R: '\\mathbb{R}'}
labels: {Speaker: Lecturer}
holidays: US-MO
silence: {talks/colloquium/2026-example.yaml: [other-weekday]}
"""

TALK_TEXT = """\
series: colloquium
date: 2026-12-02
time: 15:00
duration: 90 minutes
timezone: Europe/Berlin
id: 2026-noether
kind: talk
status: tentative
notice: Moved to January.
title: Symmetries
speakers:
  - name: Emmy Noether
    affiliation: Göttingen
    url: https://example.edu/en
    pronouns: she/her
    bio: Emmy.
    email: emmy@example.edu
abstract: |
  Every $x$ is conserved.
location: {room: A, building: B, address: C, directions: D, map: https://example.edu/map}
online: {url: https://example.edu/j, meeting_id: 1 2 3, passcode: abcd, note: Mute, audience: public}
host: {name: Max Sample, email: max@example.edu}
refreshments: {what: Tea, time: 3:30 pm, location: Lounge}
meet: {text: Sign up, url: https://example.edu/meet, until: Friday}
sponsor: The Fund.
url: https://example.edu/talk
links: [{label: Paper, url: https://example.edu/p}]
recording: yes
contact: Ask.
accessibility: Lift.
parking: None.
show_timezones: [America/Chicago]
confidential: no
request: yes
notes: Buy flowers.
source: {name: spring, id: talk-17}
subject: Noether on symmetries
lists: [colloquium]
schedule: [{send: reminder, when: 2 hours before}]
"""


def test_every_field_of_the_config_reaches_the_department(folder: Folder) -> None:
    """The department is exactly what announcer.yaml says."""
    path = folder.write("announcer.yaml", DEPARTMENT)
    loaded = folder.load()
    assert loaded.problems == ()
    modified = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    assert loaded.department is not None
    assert date(modified.year, 12, 25) in loaded.department.holidays
    assert loaded.department == Department(
        organization="Department of Physics, Example University",
        website="https://physics.example.edu",
        timezone="America/Chicago",
        locale="en_GB",
        sender=Address(address="colloquium@physics.example.edu", name="Physics Colloquium"),
        reply_to=Address(address="committee@physics.example.edu"),
        organizer=Address(address="committee@physics.example.edu", name="The Committee"),
        lists={
            "colloquium": MailingList(
                name="colloquium",
                address="colloquium@lists.example.edu",
                audience=Audience.INTERNAL,
                server="mailman",
                text_only=True,
            ),
            "public-lectures": MailingList(
                name="public-lectures",
                address="public@lists.example.edu",
                auto_submitted=False,
                locale=("de_CH", "en"),
            ),
        },
        series={
            "colloquium": Series(
                key="colloquium",
                name="Physics Colloquium",
                subject_prefix="[Colloquium]",
                lists=("colloquium", "public-lectures"),
                locale=("de_AT",),
                day=2,
                time=time(16),
                duration=timedelta(hours=1),
                place=Place(room="Crow 201", building="Crow Hall"),
                texts=(
                    *("Crow 201", "Crow Hall", "Max Sample", "Tea", "The Fund."),
                    *("Step-free.", "Garage 2.", "Ask Max.", "Physics"),
                ),
                schedule=(
                    Rule(send=Occasion.ANNOUNCEMENT, when=parse_when("Monday of the same week at 9:00 am")),
                    Rule(
                        send=Occasion.REMINDER,
                        when=parse_when("same day at 8:00 am"),
                        name="morning",
                        lists=("colloquium",),
                        not_after=parse_when("2 hours before"),
                    ),
                ),
                requires={
                    Occasion.ANNOUNCEMENT: ("title", "speaker", "abstract"),
                    Occasion.REMINDER: ("title",),
                },
                corrections=Corrections.OFF,
                paused="Summer.",
                requests=(
                    Rung(
                        when=parse_when("3 weeks before at 9:00 am"),
                        to=Recipients.SPEAKER,
                        copy=Recipients.HOST,
                    ),
                    Rung(
                        when=parse_request_when("2 days before announcement at 9:00 am"),
                        to=Recipients.HOST,
                        name="last",
                    ),
                ),
                request_needs=("title", "bio"),
                request_form="https://forms.example.edu/talk?id={id}",
                has_afterwards=True,
            )
        },
        digests={
            "this-week": Digest(
                name="this-week",
                when=parse_weekly("Monday at 8:00 am"),
                covers=timedelta(days=7),
                series=("colloquium",),
                lists=("colloquium",),
                send_when_empty=True,
            )
        },
        corrections=Corrections.SEND,
        begin=date(2026, 11, 23),
        style=Style(accent="#003366", logo="https://example.edu/logo.png", logo_alt="Example", footer="Bye."),
        delivery=Delivery(
            transport="smtp",
            path="outbox",
            host="smtp.example.edu",
            port=465,
            security="tls",
            username="announcer",
            password_file="/run/credentials/smtp",
            ca_file="/etc/ssl/example.pem",
            envelope_from="bounces@physics.example.edu",
            redirect_all_to="me@example.edu",
        ),
        sources={
            "spring": Source(
                name="spring",
                url="https://calendar.example.edu/physics.ics",
                series="colloquium",
                summary="{speaker}: {title}",
                columns={"Vortragende": "speaker"},
                keep={"category": "Colloquium"},
                timezone="Europe/Berlin",
            ),
            "plan": Source(name="plan", file="plan.xlsx"),
            "hidden": Source(name="hidden", url_file="address"),
            "told": Source(name="told", url_command="print-address"),
        },
        site=Site(url="https://physics.example.edu/talks", out="public", audience=Audience.INTERNAL),
        ledger="postgresql://announcer@db.example.edu/announcer",
        keep=timedelta(days=100),
        heartbeat="https://example.edu/ping",
        macros={"R": r"\mathbb{R}"},
        labels={"": {"Speaker": "Lecturer"}},
        calendar_links=True,
        weekly_line=True,
        country="US-MO",
        holidays=loaded.department.holidays,
        modified=modified,
    )


def test_every_field_of_a_talk_reaches_the_talk(folder: Folder) -> None:
    """The talk is exactly what its file says."""
    talk = folder.talk(TALK_TEXT)
    path = folder.path / TALK
    assert talk == Talk(
        id="2026-noether",
        series="colloquium",
        path=TALK,
        modified=datetime.fromtimestamp(path.stat().st_mtime, tz=UTC),
        kind=Kind.TALK,
        status=Status.TENTATIVE,
        notice="Moved to January.",
        start=datetime(2026, 12, 2, 14, tzinfo=UTC),
        end=datetime(2026, 12, 2, 15, 30, tzinfo=UTC),
        zone="Europe/Berlin",
        title="Symmetries",
        speakers=(
            Speaker(
                name="Emmy Noether",
                affiliation="Göttingen",
                url="https://example.edu/en",
                pronouns="she/her",
                bio="Emmy.",
                email="emmy@example.edu",
            ),
        ),
        abstract="Every $x$ is conserved.",
        place=Place(room="A", building="B", address="C", directions="D", map="https://example.edu/map"),
        online=Online(
            url="https://example.edu/j",
            meeting_id="1 2 3",
            passcode="abcd",
            note="Mute",
            audience=Audience.PUBLIC,
        ),
        host=Host(name="Max Sample", email="max@example.edu"),
        refreshments=Refreshments(what="Tea", time="3:30 pm", location="Lounge"),
        meet=Meet(text="Sign up", url="https://example.edu/meet", until="Friday"),
        sponsor="The Fund.",
        url="https://example.edu/talk",
        links=(Link(label="Paper", url="https://example.edu/p"),),
        recording=True,
        contact="Ask.",
        accessibility="Lift.",
        parking="None.",
        show_timezones=("America/Chicago",),
        confidential="",
        request=True,
        notes="Buy flowers.",
        source=Origin(name="spring", id="talk-17"),
        subject="Noether on symmetries",
        lists=("colloquium",),
        schedule=(Rule(send=Occasion.REMINDER, when=parse_when("2 hours before")),),
    )


def test_no_field_is_forgotten_here() -> None:
    """The two files above name every field that there is, but for those that exclude each other, and of
    the details, which are all read alike, some."""
    talk = {line.split(":")[0] for line in TALK_TEXT.splitlines() if line[0] not in " -"}
    details = {field.key for field in FIELDS if field.detail}
    assert set(TalkRecord.model_fields) - talk - details == {"end", "speaker"}
    config = {line.split(":")[0] for line in DEPARTMENT.splitlines() if line[0] not in " -"}
    assert {field.alias or name for name, field in DepartmentRecord.model_fields.items()} - config == set()
