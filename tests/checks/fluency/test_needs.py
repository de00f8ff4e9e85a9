"""Which rules of grammar are tried on a sentence, and from which of its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from aligner.checks.fluency._grammar import Sentence, sentences_of
from aligner.checks.fluency._needs import NeedsIndex, needs_of, places_of
from aligner.checks.fluency._rules import Rule, rules
from aligner.checks.fluency._terms import Match, element
from aligner.lexicon.morphology import Reading
from aligner.model import LANGUAGES, Language
from tests.checks import build

COUNTS = {"the": 1000, "cat": 5, "dog": 6}


def starts(pattern: Sequence[str], *words: str) -> list[int]:
    places = places_of([frozenset(word.split()) for word in words])
    return list(places.starts(needs_of([element(text, {}) for text in pattern], COUNTS)))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (["word:the"], [0, 3]),
        (["word:the", "is:noun"], [0]),
        (["word:the", "cap ?", "is:noun"], [0, 3]),
        (["!word:a", "word:cat|dog"], [0, 2]),
        (["(edge|mark)", "word:the"], [0, 2]),
        (["(!is:prep)", "(edge|mark)", "word:the"], [0, 1]),
        (["is:verb", "is:verb"], []),
        (["known"], [0, 1, 2, 3]),
    ],
)
def test_a_pattern_starts_where_what_it_needs_is_in_place(pattern: list[str], expected: list[int]) -> None:
    assert starts(pattern, "w:the", "w:cat t:noun", "w:eats t:verb", "w:the w:dog") == expected


def test_the_rarest_is_looked_for_first() -> None:
    needs = needs_of([element(text, {}) for text in ("word:the", "is:noun", "word:dog", "word:cat")], COUNTS)
    assert [offset for offset, _ in needs.placed] == [3, 2, 0, 1]
    assert needs.rarest() == {"w:cat"}


def test_rules_are_tried_where_all_their_needs_are_met() -> None:
    patterns = (["word:the", "cap ?", "word:cat"], ["word:cat"], ["known"], ["word:dog"], ["is:noun|adj"])
    index = NeedsIndex([needs_of([element(text, {}) for text in each], COUNTS) for each in patterns])
    assert list(index.candidates(frozenset(("w:cat",)))) == [1, 2]
    assert list(index.candidates(frozenset(("w:cat", "w:the", "t:adj")))) == [0, 1, 2, 4]
    assert index.keys == {"w:the", "w:cat", "w:dog", "t:noun", "t:adj"}


def test_a_word_has_the_keys_of_all_that_it_may_be() -> None:
    wanted = "word:the|Cats", "lemma:cat", "is:noun.plur|verb", "is:adj.plur", "end:hats|cats", "cap", "mark"
    index = NeedsIndex([needs_of([element(text, {})], COUNTS) for text in wanted])
    plural = Reading("cat", frozenset(("noun", "plur")))
    assert index.keys_of("Cats", (plural,), "") == {"l:cat", "t:noun.plur", "e:ats", "c:cap"}
    assert index.keys_of("?", (), "") == {"c:mark"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_rule_is_skipped_that_would_have_matched(language: Language) -> None:
    """Each rule, on its own sentences and on some others, finds as much as when tried at every word."""
    texts = [(rule, text) for rule in rules(language) for text in (*rule.fires, *rule.silent)]
    matched = 0
    for number, (own, text) in enumerate(texts):
        for sentence in sentences_of(build.article(text, language)):
            for place, rule in enumerate(rules(language)):
                if (rule is own or (number + place) % 50 == 0) and (sentence.is_complete or rule.titles):
                    everywhere = _matches(sentence, rule, range(len(sentence.words)))
                    tried = sentence.places.starts(rule.needs) if rule in sentence.candidates else ()
                    assert _matches(sentence, rule, tried) == everywhere, (rule.id, text)
                    matched += bool(everywhere)
    assert matched > len(rules(language)) / 2


def _matches(sentence: Sentence, rule: Rule, starts: Iterable[int]) -> list[Match]:
    """Return what a rule matches, at most one match from each of some words on."""
    return [found for start in starts if (found := sentence.match(rule, start))]
