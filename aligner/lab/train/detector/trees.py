"""Treebanks of Universal Dependencies as texts whose words have tags, a head and a relation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from aligner.lab.datasets.corpora import read_lines
from aligner.lab.train.detector.network import COLUMNS
from aligner.model import Language

BANKS: Mapping[Language, tuple[str, ...]] = {
    "fr": ("fr_gsd", "fr_sequoia", "fr_pud"),
    "en": ("en_ewt", "en_pud"),
}
TESTED: Mapping[str, str | int] = {"fr_gsd": "fr-ud-test", "en_ewt": 2077, "fr_sequoia": 456}
"""What is never learned from: sentences by the start of their id, or so many last ones (the test part)."""


class Word(NamedTuple):
    """A word as it is written: its characters, labels by column, and its head's number (-1: the root)."""

    start: int
    end: int
    tags: tuple[int, ...]
    head: int


class Tree(NamedTuple):
    """A sentence and its words."""

    text: str
    language: Language
    words: tuple[Word, ...]


class Banks(NamedTuple):
    """Trees to learn from and trees kept back, by language."""

    learned: Mapping[Language, Sequence[Tree]]
    tested: Mapping[Language, Sequence[Tree]]


def read_banks(data: Path) -> Banks:
    """Read all treebanks. Raises InputError when one is missing."""
    learned: dict[Language, list[Tree]] = {}
    tested: dict[Language, list[Tree]] = {}
    for language, names in BANKS.items():
        learned[language], tested[language] = [], []
        for name in names:
            lines = read_lines(data / "more" / "ud" / f"{name}.conllu.xz")
            parsed = [(key, tree(fields, language)) for key, fields in sentences(lines)]
            part = TESTED.get(name, 0)
            for place, (key, parsed_tree) in enumerate(parsed):
                in_part = key.startswith(part) if isinstance(part, str) else place >= len(parsed) - part
                if parsed_tree:
                    (tested if in_part else learned)[language].append(parsed_tree)
    return Banks(learned, tested)


def sentences(lines: Iterable[str]) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield the id and the fields of the lines of each sentence in CoNLL-U."""
    key, fields = "", list[list[str]]()
    for line in lines:
        if line.startswith("# sent_id"):
            key = line.partition("=")[2].strip()
        elif line.strip() and not line.startswith("#"):
            fields.append(line.split("\t"))
        elif not line.strip() and fields:
            yield key, fields
            key, fields = "", []
    if fields:
        yield key, fields


def tree(fields: Sequence[Sequence[str]], language: Language) -> Tree | None:
    """Return the tree of the lines of a sentence; None where a line has no head.

    A contraction ("du", "don't") is split where its words are written in it one after the other, else it is
    one word with the features of the last and the head and relation of the first.
    """
    surface: list[tuple[str, list[Sequence[str]], bool]] = []
    covered, ranged = 0, ""
    for line in fields:
        number = line[0]
        if "-" in number:
            last = int(number.partition("-")[2])
            covered, ranged = last, line[1]
            surface.append((ranged, [], "SpaceAfter=No" not in line[9]))
        elif "." in number:
            continue
        elif int(number) <= covered:
            surface[-1][1].append(line)
        else:
            surface.append((line[1], [line], "SpaceAfter=No" not in line[9]))
    return _tree_of(surface, language)


def _tree_of(surface: Sequence[tuple[str, list[Sequence[str]], bool]], language: Language) -> Tree | None:
    text, places, of_line = "", list[tuple[int, int, list[Sequence[str]]]](), dict[str, int]()
    for form, lines, space in surface:
        if not lines:
            return None
        forms = [line[1] for line in lines]
        groups = [[line] for line in lines] if "".join(forms) == form else [lines]
        offset = len(text)
        for group in groups:
            length = len(group[0][1]) if len(groups) > 1 else len(form)
            for line in group:
                of_line[line[0]] = len(places)
            places.append((offset, offset + length, group))
            offset += length
        text += form + (" " if space else "")
    words = []
    for number, (start, end, lines) in enumerate(places):
        heads = [of_line.get(line[6], -1) for line in lines]
        outer_heads = [k for k, head in enumerate(heads) if head != number]
        if not outer_heads or any(not line[6].isdigit() for line in lines):
            return None
        main = outer_heads[0]
        words.append(Word(start, end, _tags(lines, lines[main][7]), heads[main]))
    return Tree(text.rstrip(), language, tuple(words))


def _tags(lines: Sequence[Sequence[str]], relation: str) -> tuple[int, ...]:
    upos = "+".join(line[3] for line in lines)
    if upos not in COLUMNS["UPOS"]:
        upos = "other+" if len(lines) > 1 else "X"
    features = dict(pair.split("=", 1) for line in lines for pair in line[5].split("|") if "=" in pair)
    values = features | {"UPOS": upos, "Relation": relation.partition(":")[0]}
    return tuple(
        labels.index(values[column]) if values.get(column) in labels else 0
        for column, labels in COLUMNS.items()
    )
