"""The rules of grammar: each against the sentences of its own row, and how a row is read."""

from __future__ import annotations

import re
import tomllib
from functools import cache, partial
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from aligner.checks.causes import demote
from aligner.checks.fluency._governed import lists_of, read_tables
from aligner.checks.fluency._grammar import grammar_claims, grammar_hits
from aligner.checks.fluency._rules import Rule, read_rule, rules, shared_lists
from aligner.checks.fluency._terms import NO_TAG, Word, alternatives, element
from aligner.checks.registry import CHECKS
from aligner.checks.run import check_document
from aligner.detector import Detector, load, score_article
from aligner.detector.words import word_spans
from aligner.lexicon.morphology import forms, pluralised, readings, regularised, tag_sets
from aligner.model import LANGUAGES, Context, Document, Language
from tests.checks import build
from tests.checks.show import shown
from tests.rows import each_row, place

DATA = files("aligner.checks.fluency").joinpath("data")
MESSAGES = {check.code: check.messages for check in CHECKS}


@cache
def detector() -> Detector:
    return load()


@cache
def read(text: str, language: Language) -> Document:
    return score_article(build.article(text, language), detector())


def found(rule: Rule, text: str, language: Language) -> list[str]:
    claims = grammar_claims(read(text, language), rule.code)
    return [text[claim.hit.start : claim.hit.end] for claim in claims if claim.finder.name == rule.id]


def sentences(kind: str, language: Language) -> list[tuple[Rule, str]]:
    return [(rule, text) for rule in rules(language) for text in getattr(rule, kind)]


def source(rule: Rule, text: str) -> str:
    """Return the row of a sentence, the line of its rule, and what tells it from the others."""
    language = next(language for language in LANGUAGES if any(rule is row for row in rules(language)))
    file, head = Path(str(DATA.joinpath(f"grammar.{language}.toml"))), f'id = "{rule.id}"'
    return f"{place(file, head, text)} {rule.id}: {text}"


@pytest.mark.parametrize("language", LANGUAGES)
@each_row("rule text", partial(sentences, "fires"), source)
def test_a_rule_finds_its_own_sentences(rule: Rule, text: str, language: Language) -> None:
    assert found(rule, text, language)


@pytest.mark.parametrize("language", LANGUAGES)
@each_row("rule text", partial(sentences, "silent"), source)
def test_a_rule_leaves_correct_sentences_alone(rule: Rule, text: str, language: Language) -> None:
    assert found(rule, text, language) == []


KNOWN_GAPS = [(*row, language) for language in LANGUAGES for row in sentences("known_gap", language)]


@pytest.mark.xfail(strict=True, raises=AssertionError)
@pytest.mark.parametrize(("rule", "text", "language"), KNOWN_GAPS)
def test_known_gaps(rule: Rule, text: str, language: Language) -> None:
    assert found(rule, text, language)


FLUENCY = [check for check in CHECKS if check.code.startswith(("ACC307", "FLU"))]


@pytest.mark.parametrize("language", LANGUAGES)
@each_row("rule text", partial(sentences, "fires"), source)
def test_one_fault_is_one_finding(rule: Rule, text: str, language: Language) -> None:
    reported = demote(check_document(read(text, language), FLUENCY, Context()))
    counting = sorted((finding.start, finding.end, finding.code) for finding in reported if finding.counts)
    twice = [(a, b) for a, b in pairwise(counting) if b[0] < a[1] and a[2] != b[2]]
    assert not twice


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_have_names_of_their_own_messages_that_are_worded_and_both_kinds_of_sentence(
    language: Language,
) -> None:
    names = [rule.id for rule in rules(language)]
    assert len(set(names)) == len(names)
    for rule in rules(language):
        worded = MESSAGES[rule.code]
        assert rule.message in worded, f"{rule.id}: {rule.code} has no message of this name, but {[*worded]}"
        assert rule.fires, f"{rule.id}: no sentence in which it must find something"
        assert rule.silent, f"{rule.id}: no sentence in which it must find nothing"
        assert 0.5 < rule.confidence < 1.0, rule.id
        wanted = any("{better}" in text for text in worded[rule.message].values())
        assert not wanted or rule.suggest, f"{rule.id}: its message has {{better}}: give `suggest`"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("verb", "'verb' is no test"),
        ("word", "'word' is no test"),
        ("!nothing", "'nothing' is no test"),
        ("colour:red", "no test 'colour'"),
        ("word:a|colour:red", "no test 'colour'"),
        ("cap:x", "'cap' takes no value"),
        ("word:", "value is missing"),
        ("word:a||b", "value is missing"),
        ("word:$nothing", "no list 'nothing'"),
        ("is:name|!known", "'!' is not at the beginning"),
        ("edge|!word:of|in", "'!' is not at the beginning"),
        ("digit|some", "'some' is no test, nor a value"),
    ],
)
def test_what_is_no_term_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        element(text, {})


@pytest.mark.parametrize("name", "cap digit vowel regular pluralised mark first known edge".split())
@pytest.mark.parametrize("test", ["word", "lemma", "is", "!word"])
def test_a_value_that_is_the_name_of_a_test_is_refused(test: str, name: str) -> None:
    with pytest.raises(ValueError, match=f"write '{test.strip('!')}:{name}' for the value"):
        element(f"{test}:last|{name}|next", {})


def test_both_meanings_of_a_name_can_be_written() -> None:
    first = Word("Roof", "roof", 0, 4, 0, (), (), NO_TAG, 0.0)
    named = Word("first", "first", 0, 5, 3, (), (), NO_TAG, 0.0)
    assert [element("first|word:last", {}).fits(word) for word in (first, named)] == [True, False]
    assert [element("word:last|word:first", {}).fits(word) for word in (first, named)] == [False, True]
    # Marks are values: a colon, an exclamation mark, a sign of the dollar.
    for mark in ":!$":
        assert element("word:a|:|!|$", {}).fits(Word(mark, mark, 0, 1, 0, (), (), NO_TAG, 0.0))


def test_what_a_pattern_may_ask_is_shown() -> None:
    lines = list(shown("He did a mistake.", "en"))
    assert re.match(r"He\tpos:PRON@.*rel:nsubj of did\t.*is: he:3\.pron\.sing\.subj", lines[0])
    assert lines[-1] == "FLU405 do-an-announcement: did a mistake"


ROW = {
    "id": "some-rule",
    "code": "FLU403",
    "pattern": ["word:a", "word:b"],
    "message": "better",
    "confidence": 0.9,
    "fires": [],
    "silent": [],
}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"pattern": ["word:a|first"]}, "in 'word:a|first', 'first' may be"),
        ({"unless": "word:a|known"}, "in 'word:a|known', 'known' may be"),
        ({"patern": ["word:a"]}, "unknown keys patern"),
        ({"same": ["1 3"]}, "no place 3 in a pattern of 2"),
        ({"clash": ["0 1 number"]}, "no place 0 in a pattern of 2"),
        ({"governed": "verbs 1 2"}, "no table 'verbs' in [governed]"),
    ],
)
def test_an_error_says_which_rule(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=r"grammar\.xx\.toml: rule 'some-rule': .*" + re.escape(message)):
        read_rule(ROW | change, {}, {}, "grammar.xx.toml")


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_ask_for_what_a_word_can_be(language: Language) -> None:
    table = tomllib.loads(DATA.joinpath(f"grammar.{language}.toml").read_text("utf-8"))
    own = {name: frozenset(words.split()) for name, words in table["words"].items()}
    lists = {**own, **shared_lists(), **lists_of(read_tables(table.get("governed", {})))}
    impossible = {
        (row["id"], name, value)
        for row in table["rule"]
        for text in (*row["pattern"], *([row["unless"]] if "unless" in row else []))
        for term in text.removeprefix("(").removesuffix(")").split()
        if not re.fullmatch(r"\?|\*\d+", term)
        for name, values in alternatives(term, lists)
        for value in values
        if not is_possible(name, value, language)
    }
    assert impossible == set()


def is_possible(name: str, value: str, language: Language) -> bool:
    """Whether some word of a text may meet a test: one that none does makes its rule silently another."""
    if name in ("is", "all", "lex"):
        return any(set(value.split(".")) <= tags for tags in tag_sets(language))
    if name == "word":
        # "l'" and the like are words of their own only before another.
        first = next(iter(word_spans(value + "a" if value[1:].endswith("'") else value)))
        return value == value.lower() and first == (0, len(value)) and value[1:].find("’") < 0
    return True


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


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("chevals", "chevaux"),
        ("travails", "travaux"),
        ("bateaus", "bateaux"),
        ("jeus", "jeux"),
        ("genous", "genoux"),
        ("municipals", "municipaux"),
        ("festivaux", "festivals"),
        ("détaux", "détails"),
        ("pneux", "pneus"),
        ("navals", None),
        ("chevaux", None),
        ("garde-fous", None),
        ("zzals", None),
    ],
)
def test_plurals_with_the_ending_of_others(word: str, right: str | None) -> None:
    assert pluralised(word) == right


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
