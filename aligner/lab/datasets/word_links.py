"""Pairs of sentences whose words are linked by hand: `links.tsv` of `corpora/words`, and `second.tsv`."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from aligner.model import InputError

COLUMNS = ("split", "register", "origin", "fr", "en", "links")
SECOND_COLUMNS = ("line", "links")
_LINK = re.compile(r"(\d+)([-p])(\d+)")

Links = frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class LinkedPair:
    """Tokens of both sides; ``possible`` links hold the ``sure`` ones, which no one would leave out."""

    split: str
    register: str
    origin: str
    fr: tuple[str, ...]
    en: tuple[str, ...]
    sure: Links
    possible: Links


def read_linked_pairs(folder: Path) -> list[LinkedPair]:
    """Read the pairs of ``folder``/links.tsv. Raises InputError where it is missing or a line is wrong."""
    path = folder / "links.tsv"
    if not path.is_file():
        raise InputError(f"{path}: no such file; it has the columns {', '.join(COLUMNS)}")
    return [_pair(row, f"{path}:{number}") for number, row in _rows(path, COLUMNS)]


def marked_twice(folder: Path) -> list[tuple[LinkedPair, LinkedPair]]:
    """Return the pairs that a second person linked too, as the first and as the second one did.

    There are none without ``folder``/second.tsv. Raises InputError where a line is wrong.
    """
    path = folder / "second.tsv"
    if not path.is_file():
        return []
    first = {str(number): pair for number, pair in enumerate(read_linked_pairs(folder), 2)}
    pairs = []
    for number, (line, links) in _rows(path, SECOND_COLUMNS):
        if line not in first:
            raise InputError(f"{path}:{number}: links.tsv has no pair in line {line!r}")
        pair = first[line]
        sure, possible = _links(links, len(pair.fr), len(pair.en), f"{path}:{number}")
        pairs.append((pair, replace(pair, sure=sure, possible=possible)))
    return pairs


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows below the head of a file, each with the number of its line."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        if tuple(next(rows, ())) != columns:
            raise InputError(f"{path}: expected the columns {', '.join(columns)}")
        for number, row in enumerate(rows, 2):
            if len(row) != len(columns):
                raise InputError(f"{path}:{number}: {len(row)} columns, expected {len(columns)}")
            yield number, row


def _pair(row: list[str], place: str) -> LinkedPair:
    split, register, origin, fr, en, links = row
    left, right = tuple(fr.split(" ")), tuple(en.split(" "))
    return LinkedPair(split, register, origin, left, right, *_links(links, len(left), len(right), place))


def _links(links: str, fr: int, en: int, place: str) -> tuple[Links, Links]:
    """Return the sure and the possible links between so many French and English tokens."""
    sure, possible = set(), set()
    for link in links.split():
        match = _LINK.fullmatch(link)
        if not match or int(match[1]) >= fr or int(match[3]) >= en:
            raise InputError(f"{place}: {link!r} is no link between these tokens")
        possible.add((int(match[1]), int(match[3])))
        if match[2] == "-":
            sure.add((int(match[1]), int(match[3])))
    return frozenset(sure), frozenset(possible)
