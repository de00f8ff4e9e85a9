"""A corpus of any size for measuring speed: news that never happened, in both languages, from templates.

Every article has places, people and figures of its own, so that pairing has to find it among all others
and can. Its sentences are plainer and more alike than real ones: what is measured on it is time, not
accuracy.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SENTENCES = 20
"""Sentences of an article, which then has about 400 words a side."""
PARAGRAPH = 3
LONE = 0.03
"""Share of stories of which only one side is written."""
FAULTY = 0.1
"""Share of sentences into which a fault is put."""

Sides = tuple[str, str]

PLACES = tuple(
    part.partition("|")[::2]
    for part in (
        "la bibliothèque|the library;le marché couvert|the covered market;la gare|the station;"
        "le vieux pont|the old bridge;la piscine|the swimming pool;le théâtre|the theatre;"
        "la station d'épuration|the treatment plant;le stade|the stadium;l'hôpital|the hospital;"
        "le port de pêche|the fishing harbour;la ligne de tramway|the tram line;le phare|the lighthouse;"
        "l'abattoir|the slaughterhouse;la verrerie|the glassworks;le jardin botanique|the botanical garden;"
        "la caserne|the barracks;le cinéma|the cinema;la carrière|the quarry;le barrage|the dam;"
        "l'aérodrome|the airfield;la fromagerie|the cheese dairy;le cimetière|the cemetery;"
        "la scierie|the sawmill;le conservatoire|the music school;le vignoble|the vineyard;"
        "l'écluse|the lock;la mine de sel|the salt mine;le refuge|the mountain hut;la halle|the hall;"
        "le moulin|the mill"
    ).split(";")
)
CAUSES = tuple(
    part.partition("|")[::2]
    for part in (
        "une fuite d'eau|a water leak;un incendie|a fire;la baisse des recettes|falling revenue;"
        "le retard des travaux|delays in the works;une grève|a strike;la hausse des loyers|rising rents;"
        "une panne de courant|a power cut;un litige avec l'architecte|a dispute with the architect;"
        "le manque de personnel|a shortage of staff;la sécheresse|the drought;un vol de cuivre|copper theft;"
        "l'arrivée des touristes|the arrival of tourists;une erreur de calcul|a miscalculation;"
        "la découverte d'une tombe|the discovery of a grave;le bruit des machines|the noise of the machines;"
        "une nouvelle norme|a new standard;le gel tardif|late frost;une vague de froid|a cold spell"
    ).split(";")
)
JOBS = tuple(
    part.partition("|")[::2]
    for part in (
        "ingénieur|an engineer;professeur de chimie|a chemistry teacher;libraire|a bookseller;"
        "ancien marin|a former sailor;infirmier|a nurse;boulanger|a baker;éleveur de chèvres|a goat farmer;"
        "géologue|a geologist;pianiste|a pianist;comptable|an accountant;apiculteur|a beekeeper;"
        "menuisier|a carpenter;gardien de nuit|a night watchman;vétérinaire|a vet;avocat|a lawyer"
    ).split(";")
)
DAYS = tuple(
    zip(
        "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
        strict=True,
    )
)
MONTHS = tuple(
    zip(
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
        "January February March April May June July August September October November December".split(),
        strict=True,
    )
)
TITLES: tuple[Sides, ...] = (
    ("{Town} : {place} fermé pour {n} semaines", "{Town}: {place} to close for {n} weeks"),
    ("{Town} se divise sur l'avenir de son quartier {quarter}", "{Town} split over future of {quarter} area"),
    ("À {Town}, {cause} inquiète {n} familles", "In {Town}, {cause} worries {n} families"),
)
SENTENCE_PAIRS: tuple[Sides, ...] = tuple(
    part.partition("|")[::2]
    for part in """
À {Town}, {place} restera fermé pendant {n} semaines à cause d'un problème qui dure depuis {m} ans : \
{cause}.|\
In {Town}, {place} will stay closed for {n} weeks because of a problem that has lasted {m} years: {cause}.
{First} {Last}, {job}, suit ce dossier depuis {m} ans et ne croit plus aux promesses de la mairie.|\
{First} {Last}, {job}, has followed the matter for {m} years and no longer believes the town hall's promises.
« Nous avons compté {n} plaintes en {month}, et personne ne nous a répondu », raconte {First} {Last}.|\
"We counted {n} complaints in {month}, and nobody has answered us," says {First} {Last}.
La société {Firm} a proposé {n} millions d'euros pour racheter le terrain, soit {m} de moins que prévu.|\
The company {Firm} has offered {n} million euros to buy the land, {m} less than expected.
Le conseil municipal doit voter {day} soir, et {n} élus sur {m} ont déjà annoncé leur refus.|\
The town council is due to vote on {day} evening, and {n} councillors out of {m} have already said no.
Selon un rapport remis en {month}, les travaux coûteront {n} pour cent de plus, surtout en raison de \
ceci : {cause}.|\
According to a report handed over in {month}, the works will cost {n} percent more, mostly because of \
this: {cause}.
Dans le quartier {quarter}, {n} habitants ont signé une pétition contre la vente de {place} voisin.|\
In the {quarter} district, {n} residents have signed a petition against the sale of {place} nearby.
Les pompiers sont arrivés à {hour} heures et ont mis {n} minutes à atteindre le dernier étage.|\
Firefighters arrived at {hour} o'clock and took {n} minutes to reach the top floor.
En {year}, une première étude avait déjà signalé {cause}, mais aucune décision n'avait suivi.|\
Back in {year}, a first study had already pointed to {cause}, but no decision had followed.
L'association de {First} {Last} réunit {n} bénévoles chaque {day} dans une salle prêtée par {Firm}.|\
The association run by {First} {Last} brings together {n} volunteers every {day} in a room lent by {Firm}.
Un bus sur {m} ne s'arrête plus devant {place}, ce qui oblige les élèves à marcher {n} minutes.|\
One bus in {m} no longer stops at {place}, which forces pupils to walk for {n} minutes.
La directrice, {First} {Last}, promet de rembourser les {n} abonnés avant la fin du mois de {month}.|\
The director, {First} {Last}, promises to refund the {n} subscribers before the end of {month}.
À {hour} heures, une file de {n} mètres s'étirait encore devant {place} sous une pluie battante.|\
At {hour} o'clock, a queue {n} metres long still stretched in front of {place} in the pouring rain.
Le tribunal de {Town} examinera l'affaire {day}, après le dépôt de {n} pages de documents par {Firm}.|\
The court in {Town} will hear the case on {day}, after {Firm} filed {n} pages of documents.
Les ventes ont reculé de {n} pour cent depuis {month}, et {m} boutiques de la rue {quarter} ont baissé \
le rideau.|\
Sales have fallen by {n} percent since {month}, and {m} shops on {quarter} street have shut down.
Pour {First} {Last}, {job}, la vraie question est de savoir qui paiera les {n} prochaines années.|\
For {First} {Last}, {job}, the real question is who will pay for the next {n} years.
Une seconde réunion est prévue en {month} avec les {m} maires de la vallée et le patron de {Firm}.|\
A second meeting is planned for {month} with the {m} mayors of the valley and the head of {Firm}.
Les plus anciens se souviennent de l'hiver {year}, quand la neige avait coupé {Town} du monde pendant \
{m} jours.|\
The oldest remember the winter of {year}, when snow cut {Town} off from the world for {m} days.
Ni la préfecture ni {Firm} n'ont souhaité commenter les chiffres publiés {day} par le journal local.|\
Neither the prefecture nor {Firm} wished to comment on the figures published on {day} by the local newspaper.
Le vin chaud, vendu {m} euros le verre, a rapporté assez pour réparer le toit et repeindre {n} chaises.|\
The mulled wine, sold at {m} euros a glass, brought in enough to mend the roof and repaint {n} chairs.
Des chercheurs de l'université de {Town} ont prélevé {n} échantillons dans la rivière entre {month} et \
la fin de l'année.|\
Researchers from the university of {Town} took {n} samples from the river between {month} and the end \
of the year.
Le chantier emploie {n} ouvriers, dont {m} apprentis logés dans le quartier {quarter} depuis {day}.|\
The site employs {n} workers, including {m} apprentices housed in the {quarter} district since {day}.
« On ne demande pas la lune, seulement une route sans trous », soupire {First} {Last} en montrant {place}.|\
"We are not asking for the moon, just a road without holes," sighs {First} {Last}, pointing at {place}.
Faute d'accord, l'exposition consacrée aux tempêtes de {year} sera déplacée à {Town} et durera {n} jours.|\
For lack of an agreement, the exhibition on the storms of {year} will move to {Town} and last {n} days.
Un orchestre de {n} musiciens jouera gratuitement {day} pour remercier les donateurs venus de {m} pays.|\
An orchestra of {n} musicians will play for free on {day} to thank donors from {m} countries.
Le loyer de la ferme est passé de {m} à {n} euros, une somme que la famille {Last} ne peut pas payer.|\
The rent of the farm has gone from {m} to {n} euros, a sum that the {Last} family cannot pay.
""".strip().splitlines()
)
CONSONANTS, VOWELS = "b br c d dr f g gr l m n p r s t tr v".split(), "a e i o u ou au".split()
ENDINGS = "n l r c x t s z".split()
FIRST_NAMES = (
    "Alice Bruno Chloé David Emma Farid Gaëlle Hugo Inès Jonas Karim Louise Malik Nora Oscar".split()
)


@dataclass(frozen=True, slots=True)
class Story:
    """One story in both languages; a side that is missing is None."""

    fr: str | None
    en: str | None


def story(number: int, seed: int = 0) -> Story:
    """Write story ``number``; the same number and seed always give the same story."""
    dice = random.Random(f"{seed} {number}")
    cast = _cast(dice)
    rows = [_filled(dice.choice(TITLES), dice, cast)]
    order = dice.sample(range(len(SENTENCE_PAIRS)), SENTENCES)
    rows += [_filled(SENTENCE_PAIRS[template], dice, cast) for template in order]
    texts = [_laid_out([row[side] for row in rows]) for side in (0, 1)]
    lone = dice.random()
    return Story(texts[0] if lone > LONE / 2 else None, texts[1] if not LONE / 2 < lone <= LONE else None)


def write_corpus(folder: Path, articles: int, seed: int = 0) -> int:
    """Write articles as ``fr/000000.txt`` and ``en/000000.txt`` below ``folder``; return their words."""
    for language in ("fr", "en"):
        (folder / language).mkdir(parents=True, exist_ok=True)
    count = words = number = 0
    while count < articles:
        tale = story(number, seed)
        for language, text in (("fr", tale.fr), ("en", tale.en)):
            if text is not None and count < articles:
                (folder / language / f"{number:06}.txt").write_text(text, encoding="utf-8")
                count += 1
                words += len(text.split())
        number += 1
    return words


def _cast(dice: random.Random) -> Mapping[str, Sequence[str]]:
    """Draw the names of one story."""
    return {
        "Town": [_name(dice)],
        "Firm": [_name(dice) + dice.choice(("is", "ex", "or"))],
        "Last": [_name(dice) for _ in range(3)],
        "First": dice.sample(FIRST_NAMES, 3),
        "quarter": [_name(dice)],
    }


def _name(dice: random.Random) -> str:
    syllables = "".join(dice.choice(CONSONANTS) + dice.choice(VOWELS) for _ in range(dice.choice((2, 3))))
    return (syllables + dice.choice(ENDINGS)).capitalize()


def _filled(template: Sides, dice: random.Random, cast: Mapping[str, Sequence[str]]) -> Sides:
    """Fill both sides of a template alike, and now and then spoil one."""
    person = dice.randrange(3)
    place, cause, job, day, month = (dice.choice(options) for options in (PLACES, CAUSES, JOBS, DAYS, MONTHS))
    shared = {
        "n": dice.randrange(12, 990),
        "m": dice.randrange(3, 12),
        "hour": dice.randrange(3, 23),
        "year": dice.randrange(1931, 2019),
        "Town": cast["Town"][0],
        "Firm": cast["Firm"][0],
        "quarter": cast["quarter"][0],
        "Last": cast["Last"][person],
        "First": cast["First"][person],
    }
    sides = [
        template[side].format(
            **shared, place=place[side], cause=cause[side], job=job[side], day=day[side], month=month[side]
        )
        for side in (0, 1)
    ]
    if dice.random() < FAULTY:
        side = dice.randrange(2)
        sides[side] = dice.choice(FAULTS)(sides[side], dice)
    return sides[0], sides[1]


def _laid_out(rows: Sequence[str]) -> str:
    """Lay out rows as a title and paragraphs."""
    paragraphs = [" ".join(rows[i : i + PARAGRAPH]) for i in range(1, len(rows), PARAGRAPH)]
    return "\n\n".join([rows[0], *paragraphs]) + "\n"


def _glue(sentence: str, dice: random.Random) -> str:
    words = sentence.split(" ")
    place = dice.randrange(len(words) - 1)
    return " ".join([*words[:place], words[place] + words[place + 1], *words[place + 2 :]])


def _repeat(sentence: str, dice: random.Random) -> str:
    words = sentence.split(" ")
    place = dice.randrange(len(words))
    return " ".join([*words[:place], words[place], *words[place:]])


def _wrong_figure(sentence: str, dice: random.Random) -> str:
    digits = [place for place, character in enumerate(sentence) if character.isdigit()]
    if not digits:
        return sentence
    place = dice.choice(digits)
    return sentence[:place] + str((int(sentence[place]) + 3) % 9 + 1) + sentence[place + 1 :]


FAULTS: tuple[Callable[[str, random.Random], str], ...] = (_glue, _repeat, _wrong_figure)
