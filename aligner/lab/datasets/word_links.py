"""Pairs of sentences whose words are linked by hand: `links.tsv` of `corpora/words`."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from aligner.model import InputError

COLUMNS = ("split", "register", "origin", "fr", "en", "links")
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
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        if tuple(next(rows, ())) != COLUMNS:
            raise InputError(f"{path}: expected the columns {', '.join(COLUMNS)}")
        return [_pair(row, f"{path}:{number}") for number, row in enumerate(rows, 2)]


def _pair(row: list[str], place: str) -> LinkedPair:
    if len(row) != len(COLUMNS):
        raise InputError(f"{place}: {len(row)} columns, expected {len(COLUMNS)}")
    split, register, origin, fr, en, links = row
    left, right = tuple(fr.split(" ")), tuple(en.split(" "))
    sure, possible = set(), set()
    for link in links.split():
        match = _LINK.fullmatch(link)
        if not match or int(match[1]) >= len(left) or int(match[3]) >= len(right):
            raise InputError(f"{place}: {link!r} is no link between these tokens")
        possible.add((int(match[1]), int(match[3])))
        if match[2] == "-":
            sure.add((int(match[1]), int(match[3])))
    return LinkedPair(split, register, origin, left, right, frozenset(sure), frozenset(possible))
