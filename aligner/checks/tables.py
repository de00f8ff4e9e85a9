"""Tables of the checks that are data: turns of phrase to look for, a row each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from aligner.checks.anchors import AnchorIndex, matches_at
from aligner.checks.tokens import runs_of
from aligner.model import Language

REACH = 8
"""Runs of letters of a match up to the first that its row needs, this included."""


@dataclass(frozen=True)
class Row:
    """Words of which a text must hold one, the pattern of whole words to look for, and what it is for."""

    needs: frozenset[str]
    pattern: str
    meant: str

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern as it is looked for in a text; most rows are for words that a text has not.

        A word begins behind an elided one too ("d'adresser"), not behind a longer one ("aujourd'hui").
        """
        return re.compile(rf"(?<![\w-])(?<!\w\w[’'])(?:{self.pattern})(?![\w-])")


def search(name: str, text: str, language: Language) -> Iterator[tuple[re.Match[str], str]]:
    """Yield where the rows of a table occur in ``text``, each with what is meant.

    ``name`` is ``FAMILY/TABLE``, for the file ``FAMILY/data/TABLE.tsv``. A match begins with a letter, and
    one of its first words is one that its row needs.
    """
    runs = runs_of(text)
    for row, needed in _rows(name, language).anchored(runs.words):
        needed_places = runs.places_of({word.lower() for word in needed})
        firsts = {place - back for place in needed_places for back in range(min(REACH, place + 1))}
        for match in matches_at(row.regex, text, [runs.starts[first] for first in sorted(firsts)]):
            yield match, row.meant


# Saves 6 ms a call, four calls an article.
@cache
def _rows(name: str, language: Language) -> AnchorIndex[Row]:
    family, _, table = name.partition("/")
    lines = files(f"aligner.checks.{family}").joinpath("data", f"{table}.tsv").read_text("utf-8").splitlines()
    rows = []
    for line in lines[1:]:  # below the names of the columns
        of, needs, pattern, value = line.split("\t")
        if of == language:
            rows.append(Row(frozenset(needs.split("|")), pattern, value))
    return AnchorIndex(rows, lambda row: row.needs)
