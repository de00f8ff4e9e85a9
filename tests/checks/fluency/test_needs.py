"""Which rules of grammar are tried on a sentence, and from which of its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.checks.fluency._grammar import Sentence, sentences_of
from aligner.checks.fluency._needs import NeedsIndex, needs_of
from aligner.checks.fluency._rules import Rule, rules
from aligner.checks.fluency._terms import NO_TAG, Match, Word, element
from aligner.lexicon.morphology import Reading
from aligner.model import LANGUAGES, Language
from tests.checks import build

WORDS = {
    "the": (),
    "cat": (Reading("cat", frozenset(("noun", "sing"))),),
    "eats": (Reading("eat", frozenset(("verb", "third"))),),
    "dog": (),
}


def candidates(patterns: Sequence[Sequence[str]], text: str) -> dict[int, list[int]]:
    """Return which patterns are tried on a sentence, each with the words from which it is."""
    index = NeedsIndex([needs_of([element(terms, {}) for terms in pattern]) for pattern in patterns])
    words = [index.met_by(word, WORDS.get(word, ()), "") for word in text.split()]
    found = index.candidates(words, index.starting(range(len(patterns))))
    return {number: list(starts) for number, starts in found}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (["word:the"], [0, 3]),
        (["word:the", "is:noun"], [0]),
        (["word:the", "cap ?", "word:cat"], [0]),
        (["word:the", "!word:x *9", "word:dog"], [0, 3]),
        (["cap *9", "word:dog"], [0, 1, 2, 3, 4]),
        (["!word:a", "word:cat|dog"], [0, 3]),
        (["(edge|mark)", "word:the"], [0, 2]),
        (["(!is:prep)", "(edge|mark)", "word:the"], [0, 1]),
        (["word:dog", "(edge|mark)"], [4]),
        (["is:verb", "is:verb"], []),
        (["known"], [0, 1, 2, 3, 4]),
        (["cap ?"], [0, 1, 2, 3, 4]),
    ],
)
def test_a_pattern_is_tried_where_what_it_needs_follows(pattern: list[str], expected: list[int]) -> None:
    assert candidates([pattern], "the cat eats the dog").get(0, []) == expected


def test_patterns_are_tried_in_their_order() -> None:
    patterns = (["word:the", "cap ?", "word:cat"], ["word:cat"], ["known"], ["word:dog"], ["is:noun|adj"])
    assert candidates(patterns, "cat") == {1: [0], 2: [0], 4: [0]}
    assert candidates(patterns, "the cat") == {0: [0], 1: [1], 2: [0, 1], 4: [1]}
    assert candidates(patterns, "") == {}


def test_of_what_is_asked_of_a_word_the_rarest_is_looked_for() -> None:
    elements = [element(text, {}) for text in ("is:noun end:ats", "cap word:a|b", "lemma:be|have is:verb")]
    assert [place.keys for place in needs_of(elements).places] == [
        {"e:ats"},
        {"w:a", "w:b"},
        {"l:be", "l:have"},
    ]


def test_a_word_meets_all_that_it_may_be() -> None:
    wanted = "word:the|Cats", "lemma:cat", "is:noun.plur|verb", "is:adj.plur", "end:hats|cats", "cap", "mark"
    index = NeedsIndex([needs_of([element(text, {})]) for text in wanted])
    plural = Reading("cat", frozenset(("noun", "plur")))
    assert index.met_by("Cats", (plural,), "") == index.starting([1, 2, 4, 5])
    assert index.met_by("?", (), "") == index.starting([6])


TERMS = ("word:a", "word:a|b", "!word:a", "word:b cap", "end:ccc", "mark|cap", "(edge|mark)", "(!word:a)")
ELEMENTS = st.tuples(st.sampled_from(TERMS), st.sampled_from(("", "", " ?", " *2"))).map(
    lambda parts: parts[0] if parts[0][0] == "(" else "".join(parts)
)
PATTERNS = st.lists(ELEMENTS, max_size=5)
SENTENCES = st.lists(st.sampled_from("a b B ccc , d".split()), max_size=7)


@given(PATTERNS, PATTERNS, SENTENCES)
def test_every_match_of_a_pattern_is_tried(before: list[str], behind: list[str], text: list[str]) -> None:
    """Whatever else is before and behind a word that the pattern needs."""
    pattern = [*before, "word:a|b|ccc", *behind]
    words = [
        Word(word, word.lower(), place, place + 1, place, (), (), NO_TAG, 0.0)
        for place, word in enumerate(text)
    ]
    sentence = Sentence(tuple(words), (), is_complete=True, circumstances=None)
    elements = [element(terms, {}) for terms in pattern]
    matched = {start for start in range(len(words)) if any(sentence._from(elements, start))}
    assert matched <= set(candidates([pattern], " ".join(text)).get(0, ()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_rule_is_skipped_that_would_have_matched(language: Language) -> None:
    """Each rule, on its own sentences and on some others, finds as much as when tried at every word."""
    texts = [(rule, text) for rule in rules(language) for text in (*rule.fires, *rule.silent)]
    matched = 0
    for number, (own, text) in enumerate(texts):
        for sentence in sentences_of(build.article(text, language)):
            starts = {candidate.rule.id: candidate.starts for candidate in sentence.candidates}
            for place, rule in enumerate(rules(language)):
                if (rule is own or (number + place) % 50 == 0) and (sentence.is_complete or rule.titles):
                    everywhere = _matches(sentence, rule, range(len(sentence.words)))
                    assert _matches(sentence, rule, starts.get(rule.id, ())) == everywhere, (rule.id, text)
                    matched += bool(everywhere)
    assert matched > len(rules(language)) / 2


def _matches(sentence: Sentence, rule: Rule, starts: Iterable[int]) -> list[Match]:
    """Return what a rule matches, at most one match from each of some words on."""
    return [found for start in starts if (found := sentence.match(rule, start))]
