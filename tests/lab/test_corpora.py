"""The corpora of garbled text: format, spans, duplicates and splits."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest

from aligner.alignment.links import can_link
from aligner.lab.datasets.garbled import (
    Passage,
    Split,
    Story,
    passage_id,
    read_passages,
    read_stories,
    split_of,
)
from aligner.lab.datasets.word_links import COLUMNS, marked_twice, read_linked_pairs
from aligner.model import LANGUAGES, InputError, Language

CORPORA = Path(__file__).parents[2] / "corpora"
STORIES = read_stories(CORPORA / "stories")
LEAST_STORIES, LEAST_CONTROLS = 12, 8
LEAST_GARBLED, LEAST_CORRECT = 8_000, 800


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.folder.name)
def test_a_story_says_exactly_what_is_garbled(story: Story) -> None:
    if story.language is None:
        assert not story.passages
        assert not story.correct
        return
    text = story.path(story.language).read_text(encoding="utf-8")
    taken: list[tuple[int, int]] = list(story.correct)
    for passage in story.passages:
        assert text[passage.start : passage.end] == passage.garbled != passage.correct
        assert passage.kinds
        assert passage.spans
        for start, end in passage.spans:
            assert passage.start <= start <= end <= passage.end
        taken.append((passage.start, passage.end))
    taken.sort()
    assert all(before[1] <= after[0] for before, after in pairwise(taken))
    assert 7 <= len(story.passages) <= 12


def test_there_are_enough_stories_of_each_kind() -> None:
    garbled = Counter(story.language for story in STORIES)
    assert all(garbled[language] >= LEAST_STORIES for language in LANGUAGES)
    assert garbled[None] >= LEAST_CONTROLS


def test_a_folder_without_stories_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gold\.json"):
        read_stories(tmp_path)


@pytest.mark.parametrize(
    "gold",
    ["{", "[]", '{"garbled": "en", "passages": [], "correct": ["A whole sentence."]}'],
    ids=["no JSON", "no object", "sentences for spans"],
)
def test_wrong_gold_is_named(tmp_path: Path, gold: str) -> None:
    (tmp_path / "story").mkdir()
    path = tmp_path / "story" / "gold.json"
    path.write_text(gold, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(f"{path}: not the gold")):
        read_stories(tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_line_is_named(language: Language, tmp_path: Path) -> None:
    (tmp_path / f"{language}.jsonl").write_text('{"id": 1}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"jsonl:1: not a passage"):
        list(read_passages(tmp_path, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_passage_is_well_formed(language: Language) -> None:
    passages: list[Passage] = list(read_passages(CORPORA / "garbled", language))
    assert len({passage.id for passage in passages}) == len(passages)
    assert len({passage.garbled or passage.correct for passage in passages}) == len(passages)
    assert {passage.split for passage in passages} == set(get_args(Split))
    for passage in passages:
        assert passage.split == split_of(passage.correct)
        assert passage.id == passage_id(language, passage.garbled or passage.correct)
        assert (passage.kind == "correct") == (passage.garbled is None)
        assert passage.garbled != passage.correct
        assert bool(passage.spans) == (passage.garbled is not None)
        for start, end in passage.spans:
            assert 0 <= start <= end <= len(passage.garbled or "")
    garbled = [passage for passage in passages if passage.garbled]
    assert len(garbled) >= LEAST_GARBLED
    assert len(passages) - len(garbled) >= LEAST_CORRECT
    assert sum(passage.source is not None for passage in passages) >= len(passages) / 2


def test_links_between_words_are_well_formed() -> None:
    pairs = read_linked_pairs(CORPORA / "words")
    assert Counter((pair.split, pair.register) for pair in pairs) == {
        (split, register): 25 for split in ("tune", "test") for register in ("news", "mixed")
    }
    assert len({(pair.fr, pair.en) for pair in pairs}) == len(pairs)
    for pair in pairs:
        assert all(len(token.split()) == 1 for token in (*pair.fr, *pair.en))
        assert pair.sure
        assert pair.sure <= pair.possible
        assert all(can_link(pair.fr[i]) and can_link(pair.en[j]) for i, j in pair.possible)


def test_a_second_person_marked_pairs_of_the_test_half() -> None:
    twice = marked_twice(CORPORA / "words")
    assert len(twice) == 30
    for first, second in twice:
        assert first.split == "test"
        assert second.sure <= second.possible
        assert all(can_link(first.fr[i]) and can_link(first.en[j]) for i, j in second.possible)


def test_a_second_mark_of_no_pair_is_named(tmp_path: Path) -> None:
    row = ("test", "news", "here", "le chat", "the cat", "0-0 1-1")
    (tmp_path / "links.tsv").write_text("\t".join(COLUMNS) + "\n" + "\t".join(row) + "\n", encoding="utf-8")
    assert marked_twice(tmp_path) == []
    (tmp_path / "second.tsv").write_text("line\tlinks\n3\t0-0\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"second\.tsv:2: links\.tsv has no pair in line '3'"):
        marked_twice(tmp_path)


@pytest.mark.parametrize("links", ["0_0", "0-9", "9p0"])
def test_a_wrong_link_is_named(links: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_linked_pairs(tmp_path)
    row = ("tune", "news", "here", "le chat", "the cat", links)
    (tmp_path / "links.tsv").write_text("\t".join(COLUMNS) + "\n" + "\t".join(row) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"links\.tsv:2"):
        read_linked_pairs(tmp_path)
