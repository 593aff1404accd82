"""The words that name a talk's field: a table's headings and a letter's labels, in nine languages."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

IGNORED = "ignore"
"""What a column that means nothing to a talk is called in the config."""
_WORDS = """
title:
    title, talk title, title of talk, title of the talk, titel, vortragstitel, thema, titel des
    vortrags, titre, titre de l'exposé, sujet, título, título de la charla, tema, titolo, titolo del
    seminario, argomento, título da palestra, topic, presentation title, lecture title, seminar
    title, vortrag, name of talk,
    onderwerp, titel van de lezing, 題目, タイトル, 講演題目, 题目, 报告题目, 标题, 讲座题目
speaker:
    speaker, speakers, name, speaker name, name of speaker, presenter, presenters, presented by,
    lecturer, invited speaker, who, vortragende, vortragender, vortragende person, vortragende/r,
    referent, referentin, referent/in, sprecher, sprecherin, redner, rednerin, orateur, oratrice,
    intervenant, intervenante, conférencier, conférencière, exposant, ponente, orador, oradora,
    conferenciante, conferencista, expositor, relatore, relatrice, oratore, palestrante, talk by,
    by, guest speaker, your name, full name, speaker(s), speaker's name, gast,
    spreker, spreekster, lezing van, voordracht van, 講師, 講演者, 发言人, 报告人, 主讲人, 演讲人
speaker.affiliation:
    affiliation, affiliations, institution, university, institute, organization, organisation, from,
    speaker affiliation, company, institut, universität, zugehörigkeit, hochschule, einrichtung,
    affiliation de l'orateur, université, établissement, afiliación, institución, universidad,
    affiliazione, istituzione, università, afiliação, instituição, universidade, home institution,
    instelling, affiliatie, 所属, 单位, 报告人单位
speaker.email:
    email, e-mail, email address, e-mail address, speaker email, speaker's email, mail,
    e-mail-adresse, mailadresse, courriel, adresse e-mail, adresse électronique, correo, correo
    electrónico, indirizzo email, endereço de email, contact email, owner email,
    メールアドレス, メール, 邮箱, 电子邮件
speaker.url:
    homepage, home page, website, webpage, speaker url, speaker homepage, webseite, site web, página
    web, sito web, personal page, site
speaker.pronouns:
    pronouns, pronomen, pronoms, pronombres, pronomi, pronomes
speaker.bio:
    bio, biography, short bio, speaker bio, about the speaker, kurzbiographie, kurzbiografie,
    lebenslauf, biographie, biografie, biografía, biografia, notice biographique, short biography,
    korte biografie, 略歴, 简历, 个人简介, 报告人简介
abstract:
    abstract, talk abstract, summary, description, zusammenfassung, kurzfassung, inhalt,
    beschreibung, résumé, resumen, descripción, riassunto, sommario, descrizione, resumo, descrição,
    abstract of the talk, abstract text,
    samenvatting, beschrijving, 要旨, 概要, 摘要, 内容摘要, 报告摘要
date:
    date, day, talk date, date of talk, datum, tag, termin, vortragsdatum, jour, fecha, día, data,
    giorno, dia, when, wann, quand, cuándo, quando, start date, date and time, date/time, datetime,
    start, begin, beginn, date of the talk, début, time and date, inicio, inizio, início, datum und uhrzeit,
    date     et heure, fecha y hora, data e ora, data e hora, session date, start datetime,
    wanneer, 日付, 日時, 開催日, 日期
time:
    time, talk time, start time, uhrzeit, zeit, heure, hora, ora, orario, horário, startzeit,
    anfang, time of talk, begins,
    tijd, tijdstip, 時間, 時刻, 时间, 报告时间
end:
    end, end time, ends, ende, endzeit, fin, heure de fin, fine, hora de fin, término, until, bis,
    hora final, end date
duration:
    duration, length, dauer, durée, duración, durata, duração, minutes
weekday:
    weekday, day of week, wochentag, jour de la semaine, día de la semana, giorno della settimana,
    dia da semana
location:
    location, place, venue, room, where, ort, raum, hörsaal, veranstaltungsort, wo, lieu, salle, où,
    lugar, sala, aula, dónde, donde, luogo, dove, local, onde, room number, auditorium, amphi,
    plaats, locatie, zaal, waar, 場所, 会場, 地点, 报告地点
location.building:
    building, gebäude, bâtiment, edificio, edifício
host:
    host, hosts, hosted by, invited by, contact person, faculty host, gastgeber, gastgeberin,
    eingeladen von, hôte, invité par, anfitrión, invitado por, ospite di, invitato da, anfitrião,
    convidado por, organizer, organizer name, host name,
    uitgenodigd door, gastheer, gastvrouw, 世話人, 邀请人, 主持人
host.email:
    host email, host's email, e-mail gastgeber, email of host
contact:
    contact, kontakt, ansprechpartner, contacto, contatto, contato
sponsor:
    sponsor, sponsors, sponsored by, gefördert von, financé par, patrocinador, patrocinado por,
    sponsorizzato da, funding
online.url:
    zoom, zoom link, zoom url, link, online, online link, meeting link, join, join link, teams link,
    webex, videokonferenz, zoom-link, lien zoom, lien, enlace, enlace zoom, enlace de zoom,
    collegamento, ligação, live link, stream, livestream, connection link,
    会议链接, オンラインリンク
online.meeting_id:
    meeting id, zoom id, webinar id, id de réunion, id de reunión, id riunione, meeting-id,
    会议号, ミーティングid
online.passcode:
    passcode, password, zoom passcode, zoom password, kenncode, passwort, kennwort, code secret, mot
    de passe, contraseña, codice, senha, pin,
    toegangscode, パスコード, 会议密码
url:
    url, web, web page, event page, event url, page, talk url, weblink, details
links:
    slides, paper, preprint, arxiv, folien, video
series:
    series, seminar, seminar series, colloquium, reihe, vortragsreihe, veranstaltungsreihe, série,
    séminaire, serie, ciclo, seminario, rassegna, colloque,
    reeks, シリーズ, 系列
notes:
    notes, note, comments, comment, remarks, internal notes, notizen, bemerkungen, bemerkung,
    anmerkungen, kommentar, remarques, commentaires, notas, comentarios, comentários, observaciones,
    commenti
status:
    status, stand, statut, estado, stato
refreshments:
    refreshments, coffee, tea, catering, kaffee, café, caffè
recording:
    recording, recorded, may we record, aufzeichnung, enregistrement, grabación, registrazione,
    gravação, do you agree to be recorded
language:
    language, sprache, langue, idioma, lingua, língua
id:
    id, talk id, event id, session id, uid, code, nr, no, number, talk
timestamp:
    timestamp, zeitstempel, horodateur, marca temporal, informazioni cronologiche, carimbo de
    data/hora, completion time, date de fin, submission date, submitted at, fertigstellungszeit
ignore:
    score, total score, quiz feedback, startzeit der antwort
"""
_BY_FIELD = {
    field: " ".join(words.split()).split(", ")
    for field, words in re.findall(r"(?m)^([\w.]+):\n((?:    .*\n)+)", _WORDS)
}
FIELDS = tuple(_BY_FIELD)
"""What a column or a label can be; `columns:` in the config names these."""

_LONGEST = 300
"""Characters of a heading; what is longer is none, and to put a page of accents in order takes minutes."""


def plain_heading(text: str) -> str:
    """A heading without its case, marks and blanks: `Talk Title:` is `talk title`."""
    text = " ".join(text.split())[:_LONGEST]
    text = unicodedata.normalize("NFC", text).casefold().strip(" :*?.#").replace("&", "and")
    return re.sub(r"\s*\((?:optional|required|if known|falls bekannt|pflichtfeld)\)$", "", text)


@cache
def _known() -> dict[str, str]:
    return {plain_heading(word): field for field, words in reversed(_BY_FIELD.items()) for word in words}


def field_of(heading: str) -> str | None:
    """The field that a heading or label names; None where it is not understood."""
    plain = plain_heading(heading)
    # "Speaker 1", "Title of your talk (at most 100 characters)", "Title of the lecture".
    bare = re.sub(r"\s*(?:\([^)]*\)|\b\d+)$", "", plain).strip()
    yours = re.sub(r"\b(?:your|ihre?[rsm]?|votre|su|il tuo|o seu)\s+", "", bare)
    known = _known()
    return next(
        (known[one] for one in (plain, bare, yours, yours.replace("of the ", "of ")) if one in known), None
    )
