"""Our lines for the shipped tokenizer give what the package gives."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator

import pytest
from tokenizers import Tokenizer

from aligner.encoders.static import StaticEncoder, shipped_folder
from aligner.encoders.unigram import USUAL, Unigram
from tests.shared_data import ROOT

FILE = shipped_folder() / "tokenizer.json"


@pytest.fixture(scope="module")
def content() -> dict[str, object]:
    return dict(json.loads(FILE.read_bytes()))


def words() -> Iterator[str]:
    """Every usual letter and sign in several places, words of the demo, and random words."""
    for letter in sorted(USUAL):
        yield from (letter, letter * 3, f"a{letter}b", f"É{letter}", f"{letter}’{letter}")
    for article in sorted((ROOT / "corpora" / "demo").iterdir()):
        yield from article.read_text("utf-8").split()
    dice, letters = random.Random(4), sorted(USUAL)
    yield from ("".join(dice.choices(letters, k=dice.randrange(1, 14))) for _ in range(3_000))


def test_tokens_are_those_of_the_package(content: dict[str, object]) -> None:
    unigram, tokenizer = Unigram.of(content), Tokenizer.from_file(str(FILE))
    assert unigram is not None
    known = [word for word in dict.fromkeys(words()) if unigram.knows(word)]
    assert len(known) > 5_000
    theirs = {word: tokenizer.encode(word, add_special_tokens=False).ids for word in known}
    assert [word for word in known if unigram.tokens(word) != theirs[word]] == []
    assert [w for w in known if unigram.tokens_by_package(w, tokenizer.model) != theirs[w]] == []


@pytest.mark.parametrize("word", ["日本", "naïve🙂", "x[UNK]", "\u0301"])
def test_other_words_are_left_to_the_package(content: dict[str, object], word: str) -> None:
    unigram = Unigram.of(content)
    assert unigram is not None
    assert not unigram.knows(word)


@pytest.mark.parametrize("part", ["normalizer", "pre_tokenizer", "model", "added_tokens"])
def test_other_tokenizers_are_left_to_the_package(content: dict[str, object], part: str) -> None:
    assert Unigram.of({**content, part: [] if part == "added_tokens" else {}}) is None


def test_vectors_are_the_same_with_and_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["L’œuvre, dit-il… coûte 12 € l'unité (naïve) !", "The straße is “öpen” — isn't it?"]
    ours = StaticEncoder(shipped_folder()).additive(texts)
    monkeypatch.setattr("aligner.encoders.static.WORTH_LOADING", 0)
    theirs = StaticEncoder(shipped_folder()).additive(texts)
    assert (ours.sums == theirs.sums).all()
    assert (ours.weights == theirs.weights).all()


def test_a_few_usual_words_do_not_load_the_package() -> None:
    code = (
        "import sys; from aligner.encoders import load; load().encode(['Il coûte 12 €…']); "
        "sys.exit('tokenizers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
