"""Faults that the parse of a sentence shows: what changes is marked, and nothing else changes."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from aligner.lab.train.detector.context import Context
from aligner.lab.train.detector.faults_of_syntax import SYNTAX, corrupt_syntax
from aligner.lab.train.detector.network import TYPES
from aligner.lab.train.detector.tagger import Tag
from aligner.lab.train.detector.tokens import render, tokenise
from aligner.lab.train.detector.word_statistics import LanguageStatistics
from aligner.model import Language

FAMILIES: dict[str, tuple[str, ...]] = {
    "admires": ("admire", "admiring"),
    "chosen": ("choose", "choosing", "chose"),
    "children": ("child",),
    "annoncé": ("annoncer", "annonce"),
    "grandes": ("grande", "grand"),
    "go": ("goes", "going"),
}


def context(language: Language, seed: int = 1) -> Context:
    here = LanguageStatistics(Counter(), Counter(), 1, FAMILIES, {}, {}, frozenset(), {})
    return Context(language, here, here, tokenise("The baker sells bread.", "en"), random.Random(seed))


def tags(*rows: str) -> list[Tag]:
    """Tags written "UPOS relation head Feature=Value …", one a token."""
    found = []
    for row in rows:
        upos, relation, head, *features = row.split()
        found.append(Tag(upos, dict(f.split("=") for f in features), relation, int(head)))
    return found


THIRD = ("PRON nsubj 1", "VERB root -1 VerbForm=Fin Tense=Pres Person=3 Number=Sing", "DET det 3")
CASES = [
    (
        "en",
        "verb form",
        "She admires the bridge.",
        (*THIRD, "NOUN obj 1", "PUNCT punct 1"),
        "She admire the bridge.",
    ),
    (
        "en",
        "adjective moved",
        "It is a long bridge.",
        ("PRON nsubj 4", "AUX cop 4", "DET det 4", "ADJ amod 4", "NOUN root -1", "PUNCT punct 4"),
        "It is a bridge long.",
    ),
    (
        "en",
        "order",
        "He won the race yesterday.",
        ("PRON nsubj 1", "VERB root -1", "DET det 3", "NOUN obj 1", "ADV advmod 1", "PUNCT punct 1"),
        "He won yesterday the race.",
    ),
    (
        "en",
        "agreement",
        "With three children",
        ("ADP case 2", "NUM nummod 2", "NOUN root -1 Number=Plur"),
        "With three child",
    ),
    (
        "fr",
        "auxiliary lost",
        "Le maire a annoncé cela.",
        (
            "DET det 1",
            "NOUN nsubj 3",
            "AUX aux 3 VerbForm=Fin",
            "VERB root -1 VerbForm=Part",
            "PRON obj 3",
            "PUNCT punct 3",
        ),
        "Le maire annoncé cela.",
    ),
    (
        "fr",
        "verb form",
        "Elle a annoncé cela.",
        ("PRON nsubj 2", "AUX aux 2", "VERB root -1 VerbForm=Part", "PRON obj 2", "PUNCT punct 2"),
        "Elle a annoncer cela.",
    ),
]


@pytest.mark.parametrize(("language", "kind", "text", "rows", "wrong"), CASES)
def test_a_fault_is_put_where_the_parse_shows_its_place(
    language: Language, kind: str, text: str, rows: tuple[str, ...], wrong: str
) -> None:
    found = {
        render(garbled)
        for seed in range(30)
        if (garbled := SYNTAX[kind][0](tokenise(text, language), tags(*rows), context(language, seed)))
    }
    assert wrong in {written for written, _ in found}
    assert all(marks and {mark.type for mark in marks} <= set(TYPES) for _, marks in found)


def test_english_participles_that_are_also_past_forms_keep_their_clause() -> None:
    rows = tags("PRON nsubj 2", "AUX aux 2 VerbForm=Fin", "VERB root -1 VerbForm=Part", "PUNCT punct 2")
    lost = SYNTAX["auxiliary lost"][0]
    assert lost(tokenise("He has walked.", "en"), rows, context("en")) is None
    assert lost(tokenise("He has fallen.", "en"), rows, context("en")) is not None


def test_what_is_not_certain_is_left_alone() -> None:
    unsure = [replace_upos(tag) for tag in tags(*THIRD, "NOUN obj 1", "PUNCT punct 1")]
    tokens = tokenise("She admires the bridge.", "en")
    assert corrupt_syntax(tokens, unsure, context("en")) == tokens


def replace_upos(tag: Tag) -> Tag:
    return tag._replace(upos="")


def test_the_same_chance_corrupts_alike() -> None:
    tokens, rows = tokenise("She admires the bridge.", "en"), tags(*THIRD, "NOUN obj 1", "PUNCT punct 1")
    one, other = (corrupt_syntax(tokens, rows, context("en", 4)) for _ in range(2))
    assert one == other != tokens
