"""The shipped lexicon, and how it is counted."""

from __future__ import annotations

import gzip
import json
import lzma
from pathlib import Path

import pytest

from aligner.lab.train.letters import FEWEST_WORDS, ngrams
from aligner.lab.train.lexicon import MIN_COUNT, count_words, train, without_lost_ligatures
from aligner.lab.train.lexicon import never_together as count_apart
from aligner.lexicon.spelling import spelling
from aligner.lexicon.words import is_known, lexicon, never_together
from aligner.model import Language


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("maison", "fr"),
        ("Maison", "fr"),
        ("cœur", "fr"),
        ("Strasbourg", "fr"),
        ("house", "en"),
        ("PARIS", "en"),
    ],
)
def test_words_and_names_are_known_in_any_case(word: str, language: Language) -> None:
    assert is_known(word, language)


@pytest.mark.parametrize("word", ["uvre", "vux", "dansles", "reportas"])
def test_damaged_and_glued_words_are_not(word: str) -> None:
    assert not is_known(word, "fr")


def test_the_most_frequent_words_come_first() -> None:
    assert next(iter(lexicon("fr"))) == "de"
    assert next(iter(lexicon("en"))) == "the"


def test_small_words_that_never_meet() -> None:
    assert "of" in never_together("en")["the"]
    assert "les" in never_together("fr")["des"]
    assert "house" not in never_together("en").get("the", ())


def test_a_name_is_counted_under_its_capital() -> None:
    counts = count_words(["Paris is big. He lives in Paris. House prices rise in the house.", "House"])
    assert counts["Paris"] == 2
    assert counts["house"] == 3
    assert "House" not in counts


def test_words_that_lost_their_ligature_are_left_out() -> None:
    counts = count_words(["uvre cur chose chose"])
    kept = without_lost_ligatures(counts, count_words(["œuvre œuvre cœur chose"]))
    assert dict(kept) == {"chose": 2}


def test_pairs_that_never_meet_are_counted() -> None:
    apart = dict(count_apart(["the red cat of a big dog " * 1000]))
    assert "dog" not in apart.get("big", [])
    assert "red" in apart["big"]


def test_n_grams_of_letters_are_counted_in_common_words() -> None:
    counted = dict(ngrams(["chat", "chien", "chou", "Chine"]))
    assert counted["^"] == counted["^ch"] == counted["$"] == 3
    assert "cha" not in counted  # too rare
    assert all(count >= FEWEST_WORDS for count in counted.values())


@pytest.mark.parametrize(("word", "glued"), [("durable", "durableentre"), ("entrevue", "lepont")])
def test_words_run_together_are_not_spelt_like_one(word: str, glued: str) -> None:
    assert spelling(word, "fr") / len(word) > spelling(glued, "fr") / len(glued)


def write_corpora(data: Path) -> None:
    def pack(name: str, lines: list[str]) -> None:
        data.joinpath(name).write_bytes(lzma.compress("".join(f"{line}\n" for line in lines).encode()))

    rows = ["le pont est là\tthe bridge is there"] * MIN_COUNT + ["un mot seul\ta lone word"]
    pack("europarl.fr-en.tsv.xz", rows)
    data.joinpath("more").mkdir()
    for news in ("news.fr.orangesum", "news.en.allsides", "news.en.bbc2004"):
        pack(f"more/{news}.txt.xz", [])
    pack("tatoeba.fr-en.tsv.xz", [])
    pack("newstest2008-2012.fr-en.tsv.xz", [])
    pack("masakhanews.jsonl.xz", [json.dumps({"lang": "fr", "title": "Le pont", "text": "Le pont à Lyon."})])


def test_training_writes_the_same_bytes_twice(tmp_path: Path) -> None:
    write_corpora(tmp_path)
    for out in ("one", "two"):
        train(tmp_path, tmp_path / out)
    files = sorted(path.name for path in tmp_path.joinpath("one").iterdir())
    kinds = ("apart", "government", "letters", "lexicon")
    names = [f"{kind}_{side}.txt.gz" for kind in kinds for side in ("en", "fr")]
    assert files == names
    assert all((tmp_path / "one" / f).read_bytes() == (tmp_path / "two" / f).read_bytes() for f in files)
    words = gzip.decompress((tmp_path / "one" / "lexicon_fr.txt.gz").read_bytes()).decode()
    assert words.startswith("le 4\npont 4\n")
    assert "seul" not in words
