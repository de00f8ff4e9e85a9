"""FLU405: a turn of phrase copied word for word from the other language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from aligner.checks.base import check
from aligner.model import Context, Document, Hit, Language

_CALQUES: Mapping[Language, tuple[tuple[str, str], ...]] = {
    "fr": (
        (r"(?:fait|font|faisait|faire|fera|ferait) (?:plus |beaucoup |bien )?du sens", "avoir du sens"),
        (
            r"(?:adresse|adressent|adresser|adressé|adressait|adressant) (?:ce|ces|le|les|un|des|leurs|nos) (?:problèmes?|enjeux?|défis?)",
            "s'attaquer à",
        ),
        (
            r"(?:rencontre|rencontrent|rencontrer|rencontrant) (?:les|des|ses|leurs|nos|vos|ces) (?:exigences|besoins|attentes|critères|normes|objectifs)",
            "répondre à",
        ),
        (
            r"sur une base (?:quotidienne|régulière|hebdomadaire|mensuelle|annuelle|volontaire|journalière)",
            "régulièrement, chaque jour",
        ),
        (r"(?:met|mettre|mis|mettent|mettant) l[’']emphase sur", "mettre l'accent sur"),
        (r"(?:prend|prendre|pris|prennent|prenant) avantage d[eu’']", "tirer parti de"),
        (r"(?:prend|prendre|prennent|prenne) action", "agir"),
        (r"jusqu[’']à date|à ce jour d[’']aujourd[’']hui", "à ce jour"),
        (r"à la fin de la journée, (?:ce qui compte|c[’']est|il s[’']agit)", "au bout du compte"),
        (r"basé sur le fait que", "parce que"),
        (r"(?:tombe|tombé|tomber|tombent|tombée) en amour", "tomber amoureux"),
        (r"(?:délivrer|délivré|délivre) (?:un|son|leur) discours", "prononcer un discours"),
        (r"ça prend (?:du temps|deux|trois) pour", "il faut"),
        (r"plus souvent qu[’']autrement", "le plus souvent"),
        (r"(?:aucun|pas de) problème avec (?:ça|cela) du tout", "cela convient"),
    ),
    "en": (
        (
            r"(?:assist|assists|assisted|assisting) (?:to|at) (?:a|an|the|this|that|his|her|their) (?:\w+ )?(?:meeting|conference|match|concert|ceremony|event|debate|mass|trial|session|show|game|lecture|funeral|summit)",
            "attend",
        ),
        (
            r"since (?:two|three|four|five|six|seven|eight|nine|ten|several|many|\d{1,2}) (?:years|months|weeks|days)(?! (?:ago|earlier|before|after|later|prior))",
            "for",
        ),
        (r"since (?:a )?long time(?! ago)", "for a long time"),
        (r"the most part of", "most of"),
        (r"(?:participate|participates|participated) to", "take part in"),
        (r"(?:discuss|discusses|discussed|discussing) about", "discuss"),
        (r"(?:allows|permits|enables) to (?!be\b)[a-z]+", "makes it possible to"),
        (
            r"(?:responsible|independent|different) of (?:the|a|this|its|his|their)",
            "responsible for, independent of",
        ),
        (r"(?:explain|explains|explained) (?:me|us|him|them) (?:the|how|why|that|what)", "explain to"),
        (
            r"(?:informations|advices|furnitures|equipments|softwares|knowledges|luggages|feedbacks|homeworks)",
            "information, advice, …",
        ),
        (r"in the frame of", "as part of"),
        (r"(?:makes?|made) part of", "be part of"),
        (r"(?:depend|depends|depended) (?:of|from) (?:the|a|this|its|his|their)", "depend on"),
        (r"(?:married|marry) with (?:a|the|his|her)", "married to"),
        (
            r"(?:proceed|proceeds|proceeded) to the (?:signature|signing|arrest|election|purchase|sale|opening)",
            "carry out",
        ),
    ),
}
_PATTERNS: Mapping[Language, tuple[tuple[re.Pattern[str], str], ...]] = {
    language: tuple(
        (re.compile(rf"(?<![\w’'-])(?:{pattern})(?![\w-])", re.IGNORECASE), better)
        for pattern, better in rows
    )
    for language, rows in _CALQUES.items()
}


@check(
    "FLU405",
    "calque",
    scope="article",
    category="unidiomatic",
    cause="translation",
    severity="minor",
    messages={
        "calque": {
            "en": "“{text}” is copied from the other language; one says rather “{better}”.",
            "fr": "« {text} » est copié de l'autre langue ; on dit plutôt « {better} ».",
        },
    },
)
def calque(document: Document, context: Context) -> Iterator[Hit]:
    """A turn of phrase is copied word for word from the other language.

    Finds: a list of well-known calques: "faire du sens", "adresser un problème", "assist to a meeting", "since two years".
    Matters: the words are right and the sense is lost or odd.
    Bad: Cette mesure ne fait pas de sens... elle adresse un problème.
    Good: Cette mesure n'a pas de sens... elle s'attaque à un problème.
    False alarms: some are everyday words in Quebec or in the European institutions.
    Measured: x
    """
    for pattern, better in _PATTERNS[document.language]:
        for found in pattern.finditer(document.text):
            yield Hit("calque", *found.span(), values={"text": found.group(), "better": better})
