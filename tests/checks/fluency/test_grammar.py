"""The rules of grammar: each against the sentences of its own row, and how a row is read."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from aligner.checks.fluency._governed import lists_of, read_tables
from aligner.checks.fluency._grammar import Rule, grammar_hits, hits_of, rules
from aligner.checks.fluency._terms import element
from aligner.checks.registry import CHECKS
from aligner.detector import Detector, load, score_article
from aligner.lexicon.morphology import forms, readings, regularised
from aligner.model import LANGUAGES, Document, Language
from tests.checks import build

MESSAGES = {check.code: check.messages for check in CHECKS}
ALL = [(language, rule) for language in LANGUAGES for rule in rules(language)]


@cache
def detector() -> Detector:
    return load()


@cache
def read(text: str, language: Language) -> Document:
    return score_article(build.article(text, language), detector())


def found(rule: Rule, text: str, language: Language) -> list[str]:
    return [text[hit.start : hit.end] for hit in hits_of(read(text, language), [rule])]


def sentences(kind: str) -> list[Any]:
    marks = [pytest.mark.xfail(strict=True, raises=AssertionError)] if kind == "known_gap" else []
    return [
        pytest.param(rule, text, language, id=f"{language}-{rule.id}-{number}", marks=marks)
        for language, rule in ALL
        for number, text in enumerate(getattr(rule, kind))
    ]


@pytest.mark.parametrize(("rule", "text", "language"), sentences("fires"))
def test_a_rule_finds_its_own_sentences(rule: Rule, text: str, language: Language) -> None:
    assert found(rule, text, language)


@pytest.mark.parametrize(("rule", "text", "language"), sentences("silent"))
def test_a_rule_leaves_correct_sentences_alone(rule: Rule, text: str, language: Language) -> None:
    assert found(rule, text, language) == []


@pytest.mark.parametrize(("rule", "text", "language"), sentences("known_gap"))
def test_known_gaps(rule: Rule, text: str, language: Language) -> None:
    assert found(rule, text, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_have_names_of_their_own_messages_that_are_worded_and_both_kinds_of_sentence(
    language: Language,
) -> None:
    names = [rule.id for rule in rules(language)]
    assert len(set(names)) == len(names)
    for rule in rules(language):
        assert rule.message in MESSAGES[rule.code], rule.id
        assert rule.fires, rule.id
        assert rule.silent, rule.id
        assert 0.5 < rule.confidence < 1.0
        wanted = any("{better}" in text for text in MESSAGES[rule.code][rule.message].values())
        assert not wanted or rule.suggest, rule.id


@pytest.mark.parametrize("text", ["", "verb", "word", "colour:red", "!nothing"])
def test_what_is_no_term_is_refused(text: str) -> None:
    if text:
        with pytest.raises(ValueError, match="is no term"):
            element(text, {})


@pytest.mark.parametrize(
    ("language", "text", "code", "suggestion"),
    [
        ("fr", "Le maire a annoncer sa démission.", "FLU407", "a annoncé"),
        ("fr", "Les archives paroissiale ont brûlé.", "FLU404", "Les archives paroissiales"),
        ("fr", "On verra si il vient.", "FLU403", "s'il"),
        ("en", "The shouting did not stopped.", "FLU407", "did not stop"),
        ("en", "They evacuated three childs.", "FLU404", "children"),
        ("en", "The museum will open the 3 May.", "FLU403", "on 3 May"),
        ("en", "The flat is similar of the others.", "FLU403", "similar to"),
        ("en", "She works as engineer in Lyon.", "FLU403", "works as an engineer"),
        ("en", "It exists several ways to do it.", "FLU405", "There exists several"),
        ("en", "The outcome will depend of the weather.", "FLU405", "depend on"),
    ],
)
def test_the_right_words_are_suggested(language: Language, text: str, code: str, suggestion: str) -> None:
    (hit,) = grammar_hits(read(text, language), code)
    assert hit.suggestion == suggestion


def test_titles_and_captions_are_left_alone() -> None:
    title = score_article(
        build.article("Rien.", "fr", title="Trois conseillers informé la presse"), detector()
    )
    assert list(grammar_hits(title, "FLU402")) == []


def test_without_a_detector_what_the_lexicon_is_sure_of_is_found() -> None:
    assert [hit.key for hit in grammar_hits(build.article("Le toit de le club fuit.", "fr"), "FLU403")] == [
        "better"
    ]


def test_forms_and_readings() -> None:
    assert {r.lemma for r in readings("supprimés", "fr")} == {"supprimer"}
    assert readings("Le", "fr") == readings("le", "fr")
    assert readings("xyzzy", "fr") == ()
    assert forms("supprimer", frozenset(("verb", "pastpart", "fem", "plur")), "fr") == ("supprimées",)
    assert forms("go", frozenset(("verb", "pastpart")), "en") == ("gone",)
    assert [regularised(w) for w in ("childs", "teached", "differents", "children")] == [
        "children",
        "taught",
        "different",
        None,
    ]


def test_what_a_word_does_not_take_is_read_line_by_line() -> None:
    tables = read_tables({"verbs": "depend rely: of to: on\nenter: to: -\n"})
    assert tables["verbs"] == {
        ("depend", "of"): "on",
        ("depend", "to"): "on",
        ("rely", "of"): "on",
        ("rely", "to"): "on",
        ("enter", "to"): "",
    }
    assert lists_of(tables)["verbs.words"] == {"depend", "rely", "enter"}
    with pytest.raises(ValueError, match=r"governed.verbs: 'depend: of'"):
        read_tables({"verbs": "depend: of"})
