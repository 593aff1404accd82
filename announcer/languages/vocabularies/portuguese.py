"""What people write in Portuguese."""

from __future__ import annotations

from announcer.languages.vocabulary import Vocabulary, headings

PORTUGUESE = Vocabulary(
    weekdays="segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    months="janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    before_day="dia de",
    other_days=("próxima|próximo {weekday}", "amanhã", "[na] semana que vem"),
    articles="o a",
    subjects=(
        "local",
        "resumo",
        "palestrante",
        "palestra",
    ),
    to_come=("a anunciar|definir|confirmar|determinar",),
    cancelled=("cancelado", "cancelada"),
    postponed=("adiado", "adiada"),
    headings=headings("""
title: título da palestra
speaker: palestrante, palestra de
speaker.affiliation: afiliação, instituição, universidade
speaker.email: endereço de email
speaker.pronouns: pronomes
abstract: resumo, descrição
date: dia, início, data e hora
time: horário
end: término
duration: duração
weekday: dia da semana
location: local, onde
location.building: edifício
host: anfitrião, convidado por, convite de
contact: contato
online.url: ligação
online.passcode: senha
notes: comentários
recording: gravação
language: língua
timestamp: carimbo de data/hora
online.meeting_id: id da reunião
speaker.bio: breve biografia
"""),
    sole="resumo",
    yours=("o seu",),
    closings=("atenciosamente", "abraços"),
)
