"""What people write in French."""

from __future__ import annotations

from announcer.languages.vocabulary import Vocabulary, headings

FRENCH = Vocabulary(
    weekdays="lundi mardi mercredi jeudi vendredi samedi dimanche",
    months="janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    before_day="le",
    other_days=("{weekday} prochain", "la semaine prochaine", "après-demain", "demain"),
    articles="le la",
    subjects=(
        "titre",
        "résumé",
        "salle",
        "lieu",
        "exposé",
    ),
    to_come=("à venir|préciser|confirmer|déterminer|annoncer",),
    cancelled=("annulé", "annulée"),
    postponed=("reporté", "reportée"),
    headings=headings("""
title: titre, titre de l'exposé, sujet
speaker: orateur, oratrice, intervenant, intervenante, conférencier, conférencière, exposant, exposé de
speaker.affiliation: affiliation de l'orateur, université, établissement
speaker.email: courriel, adresse e-mail, adresse électronique
speaker.url: site web
speaker.pronouns: pronoms
speaker.bio: notice biographique, courte biographie
abstract: résumé
date: jour, quand, début, date et heure
time: heure
end: fin, heure de fin
duration: durée
weekday: jour de la semaine
location: lieu, salle, où, amphi
location.building: bâtiment
host: hôte, invité par, invitation de, à l'invitation de
sponsor: financé par
online.url: lien zoom, lien
online.meeting_id: id de réunion
online.passcode: code secret, mot de passe
series: série, séminaire, colloque
notes: remarques, commentaires
status: statut
refreshments: café, collation
recording: enregistrement
language: langue
timestamp: horodateur, date de fin
contact: contact
"""),
    sole="résumé biographie titre",
    yours=("votre",),
    closings=("cordialement", "bien à vous"),
)
