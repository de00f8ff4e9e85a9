"""The faulty and correct sentences that the detector is measured on: balanced, distinct, faults marked."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.rows import each_row

ROWS: list[dict[str, Any]] = [
    json.loads(line)
    for line in Path(__file__).with_name("faulty_sentences.jsonl").read_text("utf-8").splitlines()
]
KINDS = {
    "agreement",
    "duplication",
    "fragment",
    "lexical",
    "literal",
    "missing_auxiliary",
    "missing_word",
    "run_on",
    "untranslated",
    "verb_form",
    "word_order",
}
MOST_ALIKE = 0.4


def in_file(number: int, row: dict[str, Any]) -> str:
    return f"faulty_sentences.jsonl:{number} {row['broken']}"


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def test_a_hundred_sentences_of_each_language() -> None:
    assert Counter(row["language"] for row in ROWS) == {"fr": 100, "en": 100}
    assert all(set(row) == {"language", "broken", "sound", "kind", "span"} for row in ROWS)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_kind_is_well_represented(language: str) -> None:
    kinds = Counter(row["kind"] for row in ROWS if row["language"] == language)
    assert set(kinds) == KINDS
    assert min(kinds.values()) >= 7


@each_row("number row", list(enumerate(ROWS, 1)), in_file)
def test_the_span_marks_the_fault(number: int, row: dict[str, Any]) -> None:
    faulty, correct = row["broken"], row["sound"]
    start, end = row["span"]
    assert 0 <= start < end <= len(faulty)
    assert faulty[start:end] == faulty[start:end].strip()
    assert faulty != correct
    assert words(faulty) != words(correct), "more than spacing, letter case or punctuation must be wrong"
    if row["kind"] != "word_order":
        assert correct.startswith(faulty[:start].rstrip())
        assert correct.endswith(faulty[end:].lstrip())
    else:
        assert sorted(words(faulty)) == sorted(words(correct))


@each_row("number row", list(enumerate(ROWS, 1)), in_file)
def test_the_correct_form_is_one_tidy_sentence(number: int, row: dict[str, Any]) -> None:
    correct = row["sound"]
    assert 12 <= len(correct.split(" ")) <= 35
    assert correct.endswith(".")
    assert not re.search(r"[ ]{2}|[ ][,.]", correct + row["broken"])


def test_no_two_sentences_are_alike() -> None:
    assert len({row["broken"] for row in ROWS} | {row["sound"] for row in ROWS}) == 2 * len(ROWS)
    bags = [set(words(row["sound"])) for row in ROWS]
    for (i, one), (j, other) in itertools.combinations(enumerate(bags), 2):
        assert len(one & other) / len(one | other) < MOST_ALIKE, (ROWS[i]["sound"], ROWS[j]["sound"])
