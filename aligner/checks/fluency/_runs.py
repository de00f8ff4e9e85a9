"""What two or three words in a row may be, by their possible readings."""

from __future__ import annotations

from collections.abc import Sequence

from aligner.checks.fluency._terms import Word
from aligner.quantities.units import MONTHS, WEEKDAYS

_CALENDAR = MONTHS["en"].keys() | WEEKDAYS["en"].keys()
_PRONOUNS = frozenset(("l'", "le", "la", "les"))


def has_verb_after_object(words: Sequence[Word]) -> bool:
    """Return whether a French noun, its object and a word that may be its verb follow each other.

    The verb may look like a noun: "une équipe de bénévoles l'aide".
    """
    return any(_may_be_clause(*words[i : i + 3]) for i in range(len(words) - 2))


def _may_be_clause(subject: Word, pronoun: Word, verb: Word) -> bool:
    return (
        pronoun.lower in _PRONOUNS
        and subject.tag.pos in ("NOUN", "ADJ", "PROPN")
        and any({"verb", "fin"} <= reading.tags for reading in verb.possible)
    )


def is_participle_of_be(words: Sequence[Word], place: int) -> bool:
    """Return whether a participle stands behind a form of "être" or "be": what follows is in apposition."""
    before = words[place - 1] if place else None
    is_be = before is not None and any(reading.lemma in ("être", "be") for reading in before.possible)
    return is_be and any("pastpart" in reading.tags for reading in words[place].possible)


def is_notice(words: Sequence[Word]) -> bool:
    """Return whether an English sentence announces an event and its date: "Concert in Nantes on 22 July."."""
    is_bare_noun = any("noun" in reading.tags for reading in words[0].possible)
    return is_bare_noun and any(word.lower in _CALENDAR for word in words[1:])
