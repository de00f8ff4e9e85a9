"""French nouns of one gender and the function words that go with the other one."""

from __future__ import annotations

import re

from aligner.lexicon.function_words import word_set

FEMININE = word_set(
    "ville maison loi guerre région école équipe entreprise société question décision situation "
    "solution raison "
    "année semaine journée période majorité économie industrie université population campagne crise élection "
    "manière façon idée histoire rue terre mer femme fille mère sœur mesure banque usine route gare église "
    "hausse baisse croissance somme loi réforme violence victime enquête police justice peine prison vie "
    "sécurité santé liberté égalité pauvreté réalité qualité activité communauté autorité capacité "
    "possibilité "
    "difficulté opération relation information éducation protection production consommation construction "
    "organisation association institution commission nation position condition tradition attention intention "
    "conférence réunion conséquence expérience présence absence différence concurrence agence "
    "audience science "
    "coopération négociation manifestation déclaration proposition résolution constitution administration "
    "victoire défaite coupe saison plage forêt montagne île frontière capitale banlieue"
)
MASCULINE = word_set(
    "problème projet pays gouvernement président parti système accord conseil marché mois jour "
    "bâtiment musée "
    "quartier village département hôpital aéroport milliard million monde peuple homme match club "
    "budget film "
    "procès tribunal réseau niveau bureau bateau avion train camion chemin terrain bassin besoin "
    "soutien lien "
    "changement développement événement mouvement traitement règlement logement gisement "
    "licenciement armement "
    "enseignement environnement parlement règne siècle territoire dossier chantier quartier métier courrier "
    "chiffre dollar euro pétrole gaz charbon risque succès échec objectif domaine secteur ministère "
    "continent "
    "citoyen habitant électeur employé salarié patron chercheur médecin avocat joueur entraîneur champion "
    "salaire emploi chômage commerce bénéfice impôt prix coût taux crédit emprunt contrat produit "
    "vin pain lait"
)
_STEMS = (
    "national international régional local social général présidentiel américain européen mondial public "
    "principal actuel récent prochain final central industriel financier étranger commercial culturel"
)
_MASCULINE_ADJECTIVES = "|".join(_STEMS.split())
_FEMININE_ADJECTIVES = (
    "nationale|internationale|régionale|locale|sociale|générale|présidentielle|américaine|européenne|mondiale|"
    "publique|principale|actuelle|récente|prochaine|finale|centrale|industrielle|financière|étrangère|"
    "commerciale|culturelle"
)
_F, _M = "|".join(sorted(FEMININE)), "|".join(sorted(MASCULINE))
GENDER = re.compile(
    rf"(?<![\w’'-])(?:(?:[Uu]n|[Cc]e|[Dd]u|[Aa]u) (?:{_F})|(?:[Uu]ne|[Cc]ette) (?:{_M})"
    rf"|(?:[Uu]ne|[Cc]ette|la|La) (?:{_F}) (?:{_MASCULINE_ADJECTIVES})"
    rf"|(?:[Uu]n|[Cc]e|le|Le) (?:{_M}) (?:{_FEMININE_ADJECTIVES}))(?![\w’'-])"
)
"""A determiner, a noun and perhaps its adjective, of which one is feminine and another masculine."""
