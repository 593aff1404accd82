"""What people write in Spanish."""

from __future__ import annotations

from announcer.languages.vocabulary import Vocabulary, headings

SPANISH = Vocabulary(
    weekdays="lunes martes miércoles jueves viernes sábado domingo",
    months="enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    before_day="el día de",
    other_days=(
        "[el] próximo|este {weekday}",
        "pasado mañana",
        "la semana que viene",
        "la próxima semana",
    ),
    articles="el la",
    subjects=(
        "título",
        "titulo",
        "resumen",
        "sala",
        "lugar",
        "ponente",
        "charla",
    ),
    to_come=("por anunciar|confirmar|definir|determinar",),
    cancelled=("cancelado", "cancelada", "suspendido", "suspendida"),
    postponed=("aplazado", "aplazada", "pospuesto", "pospuesta"),
    headings=headings("""
title: título, título de la charla, tema
speaker: ponente, orador, oradora, conferenciante, conferencista, expositor, charla de
speaker.affiliation: afiliación, institución, universidad
speaker.email: correo, correo electrónico
speaker.url: página web
speaker.pronouns: pronombres
speaker.bio: biografía, breve biografía
abstract: resumen, descripción
date: fecha, día, cuándo, inicio, fecha y hora
time: hora
end: hora final, hora de fin
duration: duración
weekday: día de la semana
location: lugar, sala, aula, dónde, donde
location.building: edificio
host: anfitrión, invitado por, invita
contact: contacto
sponsor: patrocinador, patrocinado por
online.url: enlace, enlace zoom, enlace de zoom
online.meeting_id: id de reunión
online.passcode: contraseña, código
series: serie, ciclo, seminario
notes: notas, comentarios, observaciones
status: estado
recording: grabación
language: idioma
timestamp: marca temporal
refreshments: refrigerio
"""),
    sole="resumen biografía título",
    yours=("su",),
    closings=("[un] saludo", "saludos", "atentamente"),
)
