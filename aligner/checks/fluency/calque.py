"""FLU405: a turn of phrase copied word for word from the other language."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.base import article_check
from aligner.checks.fluency._explained import BROKEN_TEXT
from aligner.checks.fluency._grammar import first_of_each, grammar_hits
from aligner.checks.tables import search
from aligner.model import Context, Document, Hit

CITED = 12
"""Characters that a quotation of a turn of phrase may hold besides it."""


@article_check(
    "FLU405",
    "calque",
    title={"en": "Calque", "fr": "Calque"},
    category="unidiomatic",
    cause="translation",
    severity="minor",
    explained_by=(*BROKEN_TEXT, "ACC307", "ACC315", "ACC321", "FLU402", "FLU403", "FLU404", "FLU407"),
    needs_detector=True,
    messages={
        "calque": {
            "en": "“{text}” is a calque; use “{better}”.",
            "fr": "« {text} » est un calque ; on dit plutôt « {better} ».",
        },
        "order": {
            "en": "The words “{text}” are not in the order that the language asks for.",
            "fr": "Les mots « {text} » ne sont pas dans l'ordre que demande la langue.",
        },
        "comparative": {
            "en": "The comparison is made twice, or in the wrong way, in “{text}”.",
            "fr": "La comparaison est faite deux fois, ou mal faite, dans « {text} ».",
        },
        "negation": {
            "en": "The negation is made twice in “{text}”.",
            "fr": "La négation est faite deux fois dans « {text} ».",
        },
        "measure": {
            "en": "“{text}” is copied from French; English says “{better}”.",
            "fr": "« {text} » est copié du français ; l'anglais dit « {better} ».",
        },
        "construction": {
            "en": "The verb is not used like this: “{text}”.",
            "fr": "Le verbe ne se construit pas ainsi : « {text} ».",
        },
    },
)
def calque(document: Document, context: Context) -> Iterator[Hit]:
    """A turn of phrase is copied word for word from the other language.

    Finds: a list of well-known calques: "faire du sens", "adresser un problème", "assist to a meeting"; by
        the rules in `data/grammar.*.toml`, words in the order of the other language ("submitted Friday his
        candidacy", "ne pas voulait"), "since two years", "more stronger", "did not find nothing".
    Matters: the words are right and the sense is lost or odd.
    Bad: Cette mesure ne fait pas du sens, elle doit adresser ces problèmes.
    Good: Cette mesure n'a pas de sens, elle doit s'attaquer à ces problèmes.
    False positives: some are everyday words in Quebec or in the European institutions.
    Measured: 12 of 12 judged findings in machine translations and crawled rows were right.
    """
    return first_of_each((*_turns(document), *grammar_hits(document, "FLU405")))


def _turns(document: Document) -> Iterator[Hit]:
    for found, better in search("fluency/calques", document.text, document.language):
        if _is_cited(document.text, *found.span()):
            continue
        yield Hit("calque", *found.span(), values={"text": found.group(), "better": better})


def _is_cited(text: str, start: int, end: int) -> bool:
    """Return whether guillemets enclose little else than the phrase: it is mentioned, not used."""
    opened, closed = text.rfind("«", 0, start), text.find("»", end)
    return opened >= 0 and 0 <= closed - opened <= end - start + CITED
