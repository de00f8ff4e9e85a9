"""Sentences by the tree of the detector: two with nothing between them, and phrases that are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from aligner.checks.fluency._clauses import OPENERS, Fault, could_be_finite, is_joint, is_of_saying
from aligner.checks.fluency._rules import words_named
from aligner.checks.fluency._terms import Word, is_adverb
from aligner.lexicon.function_words import word_set
from aligner.model import Language

_SURE = 0.9
_APART = frozenset('«»"“”‘:;?!…—–-()[]|•/')
"""Marks that set pieces of a sentence apart."""
_JOINTS = word_set(
    "after before when while as why how where since until till once that if unless though than"
)
"""Words of English that join two clauses, whatever the detector takes them for."""
_WITH_CLAUSE = word_set(
    "accusation allegation claim question doubt fact idea hope fear evidence way reason sign chance news "
    "view belief suggestion concern report rumour feeling sense point proof worry impression assumption "
    "case amount thing everything something anything nothing all part place person people kind sort"
)
"""Nouns of English that a clause follows without "that"."""
_OBJECTS = frozenset(("obj", "xcomp", "ccomp", "nummod"))
_LEAST = 10
"""Words and marks of a phrase that stands for a sentence."""


def tree_faults(words: Sequence[Word], language: Language) -> Iterator[Fault]:
    """Yield two sentences run together, and a phrase alone, of a sentence that has its tags."""
    if len(words) < 2 or words[-1].text != "." or any(word.text[:1] in _APART for word in words):
        return
    yield from _run_on(words, language)
    begins = words[0].tag.pos == "ADP" and words[0].tag.confidence >= _SURE and words[1].lower != "quoi"
    is_long = len(words) >= _LEAST and all(word.text != "," for word in words)
    if begins and is_long and not any(could_be_finite(word, language) for word in words):
        yield Fault("no-verb", 0, len(words) - 2, 0.0)


def _run_on(words: Sequence[Word], language: Language) -> Iterator[Fault]:
    """Yield two finite verbs that depend on nothing, each with its subject, and nothing that joins them."""
    at = {word.start: i for i, word in enumerate(words)}
    roots = [i for i, word in enumerate(words) if _is_root(words, i)]
    for first, second in pairwise(roots):
        subjects = [i for i in range(first + 1, second) if _is_subject(words[i], second, at)]
        openers = OPENERS[language] | _JOINTS
        opened = any(is_joint(word) or word.lower in openers for word in words[:first])
        if len(subjects) != 1 or opened or not any(_is_subject(word, first, at) for word in words[:first]):
            continue
        between = words[first + 1 : second]
        joined = any(word.text in (",", ".") or is_joint(word) or word.lower in _JOINTS for word in between)
        if not joined and (language == "fr" or _has_no_gap(words, first, subjects[0], second)):
            yield Fault("run-together", first, second, 0.0)
            return


def _is_subject(word: Word, verb: int, at: dict[int, int]) -> bool:
    return word.tag.relation == "nsubj" and at.get(word.tag.head) == verb


def _is_root(words: Sequence[Word], place: int) -> bool:
    """Return whether a verb is finite, by its tag or its auxiliary, and depends on nothing."""
    word = words[place]
    if word.tag.relation != "root" or word.tag.pos != "VERB" or word.tag.confidence < _SURE:
        return False
    if is_adverb(words, place):
        return False
    return "VerbForm=Fin" in word.tag.features or any(
        each.tag.pos == "AUX" and each.tag.head == word.start and "VerbForm=Fin" in each.tag.features
        for each in words[max(0, place - 4) : place]
    )


def _has_no_gap(words: Sequence[Word], first: int, subject: int, second: int) -> bool:
    """Return whether an English clause is none that its noun is the object of ("the house he built").

    Nor one that a verb or a noun has without "that": the first verb has something behind it before the second
    subject, and the second verb an object of its own.
    """
    begin = subject
    while begin > first + 1 and words[begin - 1].tag.head == words[subject].start:
        begin -= 1
    before = words[begin - 1]
    names = {before.lower, *(reading.lemma for reading in before.possible)}
    times = frozenset[str]() if before.text[:1].isupper() else words_named("en", "time") | {"day"}
    takes_clause = _WITH_CLAUSE | times  # "on the day an officer was sacked", but not "until Thursday"
    is_noun = before.tag.pos in ("NOUN", "PROPN") and names.isdisjoint(takes_clause)
    has_object = any(
        word.tag.relation in _OBJECTS and word.tag.head == words[second].start for word in words[second + 1 :]
    )
    return begin - first > 2 and is_noun and has_object and not is_of_saying(words[first], "en")
