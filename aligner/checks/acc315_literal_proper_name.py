"""ACC315: the name of a newspaper, a body or a firm translated word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from aligner.checks.base import check
from aligner.model import Context, Document, Hit, Language

_LITERAL: Mapping[Language, Mapping[str, str]] = {
    "fr": {
        r"(?:le|du|au) Poste de Washington": "Washington Post",
        r"(?:les|des|aux|le|du) (?:New York (?:Fois|Temps)|Temps de New York|Fois de New York)": "New York Times",
        r"(?:les|des|aux|le|du) Temps Financiers?": "Financial Times",
        r"(?:le|du|au) (?:Journal de la Rue du Mur|Mur Street Journal|Journal de Wall Street)": "Wall Street Journal",
        r"(?:le|du|au) Courrier Quotidien": "Daily Mail",
        r"(?:le|du|au) Télégraphe Quotidien": "Daily Telegraph",
        r"(?:le|du|au) Gardien britannique": "The Guardian",
        r"l[’']Économiste britannique": "The Economist",
        r"la Presse Associée": "Associated Press",
        r"Renard (?:Nouvelles|News|Infos)": "Fox News",
        r"(?:le|du|au) Livre des Visages|Visage-?[Ll]ivre": "Facebook",
        r"(?:la |de la )?(?:Pomme|Société Pomme) (?:Inc|Computer)\.?": "Apple",
        r"Vallée du Silicone": "Silicon Valley",
        r"(?:le|du|au) Congrès National Africain de course": "ANC",
        r"(?:la|de la) Silicium Vallée": "Silicon Valley",
        r"Rue du Mur": "Wall Street",
        r"(?:le|du|au) Jardin des Roses de la Maison[ -]Blanche": "Rose Garden",
        r"Porte de l[’']Eau(?= (?:scandale|affaire))|(?:scandale|affaire) de la Porte de l[’']Eau": "Watergate",
        r"Dix Rue Downing|10,? Rue Descente": "10 Downing Street",
        r"(?:le|du|au) Cour de l[’']Écosse": "Scotland Yard",
        r"Rangée Descendante": "Downing Street",
        r"Étoiles? Guerres": "Star Wars",
    },
    "en": {
        r"[Tt]he World(?= newspaper| daily)|[Tt]he (?:French )?(?:daily|newspaper) The World": "Le Monde",
        r"[Tt]he (?:daily |newspaper )?Liberation(?= newspaper)": "Libération",
        r"[Tt]he Team(?= newspaper| daily)|[Tt]he sports daily The Team": "L’Équipe",
        r"[Tt]he Chained Duck": "Le Canard enchaîné",
        r"[Tt]he Echoes(?= newspaper| daily)": "Les Échos",
        r"[Tt]he (?:Crossing|Cross)(?= newspaper| daily)": "La Croix",
        r"[Pp]ole [Ee]mployment|Employment Pole": "Pôle emploi",
        r"Field of Mars": "Champ-de-Mars",
        r"Elysian Fields": "Champs-Élysées",
        r"Saint[ -]Stephen'?s? (?:soccer|football) club AS": "Saint-Étienne",
        r"Palace of the Elys(?:é|e)e|Elysium [Pp]alace": "Élysée",
        r"Bourbon Palace": "Palais-Bourbon",
        r"National Gathering|National Rally party of Marine The Pen": "Rassemblement national",
        r"(?:Marine|Jean-Marie) The (?:Pen|Feather)": "Le Pen",
        r"(?:Bruno) The Mayor": "Le Maire",
        r"(?:Jean-Yves) The Drian": "Le Drian",
        r"[Ff]rance [Ii]nsubordinate|Unsubmissive France|Rebellious France": "La France insoumise",
        r"Orange Mechanical": "Orange mécanique",
        r"Health Insurance of France SA": "Assurance maladie",
        r"Post Office Bank of France": "La Banque postale",
        r"Coast of Ivory": "Côte d’Ivoire",
        r"Golden Ball(?= (?:award|trophy|winner))": "Ballon d’Or",
        r"(?:Tower|Turn) of France": "Tour de France",
        r"Land of Loire": "Pays de la Loire",
    },
}
_PATTERNS: Mapping[Language, tuple[tuple[re.Pattern[str], str], ...]] = {
    language: tuple(
        (re.compile(rf"(?<![\w’'-])(?:{pattern})(?![\w-])"), name) for pattern, name in rows.items()
    )
    for language, rows in _LITERAL.items()
}


@check(
    "ACC315",
    "literal-proper-name",
    scope="article",
    category="named-entity",
    cause="translation",
    severity="major",
    messages={
        "name": {
            "en": "“{text}” looks like a word-for-word translation of the name {name}.",
            "fr": "« {text} » semble traduire mot à mot le nom {name}.",
        },
    },
)
def literal_proper_name(document: Document, context: Context) -> Iterator[Hit]:
    """The name of a newspaper, a body, a person or a place is translated word for word.

    Finds: a list of names that are never translated, in the literal form that a machine gives them.
    Matters: the reader does not know who is meant.
    Bad: Selon le Poste de Washington, le plan est prêt.
    Good: Selon le Washington Post, le plan est prêt.
    False alarms: none known; the list is short and says nothing of names that it does not hold.
    Measured: x
    """
    for pattern, name in _PATTERNS[document.language]:
        for found in pattern.finditer(document.text):
            yield Hit("name", *found.span(), values={"text": found.group(), "name": name}, suggestion=name)
