"""The rows that the detector learns from, mixed chunk by chunk: the same seed and corpora give the same."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from aligner.lab.datasets import corpora
from aligner.lab.datasets.garbled import Passage
from aligner.lab.train.detector.faults import GRAMMAR
from aligner.lab.train.detector.generate import Generator
from aligner.lab.train.detector.network import batches
from aligner.lab.train.detector.rows import Row, text_rows, tree_rows
from aligner.lab.train.detector.tagger import Tagger
from aligner.lab.train.detector.texts import (
    MAX_CHARACTERS,
    News,
    Text,
    passage_texts,
    read_errors,
    read_garbled,
    read_news,
    read_registers,
    sentence_of,
)
from aligner.lab.train.detector.trees import Banks, Tree, read_banks
from aligner.lab.train.detector.word_statistics import learn
from aligner.model import LANGUAGES, Language

if TYPE_CHECKING:
    from tokenizers import Tokenizer

BUDGET = 1100
"""Pieces of a batch."""
CHUNK: Mapping[str, int] = {
    "passages": 1500,
    "news": 1800,
    "faults": 500,
    "syntax": 900,
    "everyday faults": 250,
    "errors": 250,
    "registers": 300,
    "trees fr": 350,
    "trees en": 550,
}
"""What a chunk is mixed from: so many garbled passages, each with its correct form, and texts of the rest."""
TITLES = 0.15
"""Share of correct news that are titles."""
OTHER_APOSTROPHE = 0.3
"""Share of texts whose apostrophes are exchanged for the other kind."""
COUNTED = 25_000
"""News paragraphs of each language by which words are counted."""
EVERYDAY = (15, 160)
"""Characters of a sentence of everyday language."""
TRIES = 50

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sources:
    """All corpora."""

    passages: Sequence[tuple[Language, Passage]]
    news: Mapping[Language, News]
    registers: Mapping[Language, Sequence[str]]
    errors: Sequence[Text]
    banks: Banks
    pairs: Sequence[corpora.Pair]


def read(data: Path, garbled: Path) -> Sources:
    """Read all corpora; raises InputError when one is missing."""
    passages = [
        (language, item)
        for language, split in read_garbled(garbled, "train").items()
        for item in sorted(split, key=lambda passage: passage.id)
    ]
    pairs = [*corpora.news(data)[0], *corpora.tatoeba(data)]
    return Sources(
        passages, read_news(data), read_registers(data), read_errors(data), read_banks(data), pairs
    )


def generator(sources: Sources, start: Path, seed: int) -> Generator:
    """Return the generator of faults: what it knows of words it learns from the sources."""
    rng = random.Random(f"{seed} statistics")
    counted = {
        language: rng.sample([line for d in sources.news[language].learned for line in d], COUNTED)
        for language in LANGUAGES
    }
    distractors = {
        language: [text for line in lines if (text := sentence_of(line, language, rng))]
        for language, lines in counted.items()
    }
    return Generator(learn(counted, sources.pairs, seed), distractors, Tagger(start))


class Stream:
    """Draws chunks of batches, each from the seed and its own number alone."""

    def __init__(self, sources: Sources, generator: Generator, tokenizer: Tokenizer, seed: int) -> None:
        self.sources, self.generator, self.tokenizer, self.seed = sources, generator, tokenizer, seed

    def chunk(self, number: int) -> list[list[Row]]:
        """Return the batches of a chunk, in the order in which they are learned from."""
        rng = random.Random(f"{self.seed} chunk {number}")
        texts = [_typeset(text, rng) for text in self._texts(number, rng)]
        rows = text_rows(texts, self.tokenizer) + tree_rows(self._trees(number), self.tokenizer)
        shuffled = batches([len(row.ids) for row in rows], BUDGET, np.random.default_rng([self.seed, number]))
        return [[rows[i] for i in batch] for batch in shuffled]

    def _texts(self, number: int, rng: random.Random) -> Iterator[Text]:
        for language, passage in self._turn(self.sources.passages, number, CHUNK["passages"], "passages"):
            yield from passage_texts(passage, language)
        yield from self._turn(self.sources.errors, number, CHUNK["errors"], "errors")
        generator = self.generator
        draws: Sequence[tuple[str, Callable[[Language], Text]]] = (
            ("news", lambda language: Text(self._news(language, rng, TITLES), language)),
            ("registers", lambda language: Text(self._everyday(language, rng), language)),
            ("faults", lambda language: generator.garbled(self._news(language, rng), language, rng)),
            ("syntax", lambda language: generator.garbled_syntax(self._news(language, rng), language, rng)),
            (
                "everyday faults",
                lambda language: generator.garbled(self._everyday(language, rng), language, rng, GRAMMAR),
            ),
        )
        for name, draw in draws:
            for count in range(CHUNK[name]):
                yield draw(LANGUAGES[count % 2])

    def _trees(self, number: int) -> list[Tree]:
        return [
            tree
            for language in LANGUAGES
            for name in (f"trees {language}",)
            for tree in self._turn(self.sources.banks.learned[language], number, CHUNK[name], name)
        ]

    def _turn(self, items: Sequence[T], number: int, count: int, name: str) -> Iterator[T]:
        """Yield the items whose turn it is: all come once in an order before any comes again."""
        orders: dict[int, list[int]] = {}
        for place in range(number * count, (number + 1) * count):
            turn, offset = divmod(place, len(items))
            if turn not in orders:
                orders[turn] = list(range(len(items)))
                random.Random(f"{self.seed} {name} {turn}").shuffle(orders[turn])
            yield items[orders[turn][offset]]

    def _news(self, language: Language, rng: random.Random, titles: float = 0.0) -> str:
        documents = self.sources.news[language].learned
        if rng.random() < titles:
            title = rng.choice(documents)[0]
            if len(title) <= MAX_CHARACTERS:
                return title
        for _ in range(TRIES):
            line = rng.choice(rng.choice(documents))
            if text := sentence_of(line, language, rng):
                return text
        return title_of(documents, rng)

    def _everyday(self, language: Language, rng: random.Random) -> str:
        lines = self.sources.registers[language]
        for _ in range(TRIES):
            line = rng.choice(lines)
            if EVERYDAY[0] <= len(line) <= EVERYDAY[1]:
                return line
        return line


def title_of(documents: Sequence[Sequence[str]], rng: random.Random) -> str:
    """Return the title of a document drawn at random."""
    return rng.choice(documents)[0][:MAX_CHARACTERS]


def _typeset(text: Text, rng: random.Random) -> Text:
    """Exchange the apostrophes now and then: neither kind says anything of the words."""
    if rng.random() >= OTHER_APOSTROPHE:
        return text
    old, new = ("'", "’") if "'" in text.text else ("’", "'")
    return replace(text, text=text.text.replace(old, new))
