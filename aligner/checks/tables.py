"""Tables of the checks that are data: turns of phrase to look for, a row each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from aligner.checks.anchors import AnchorIndex
from aligner.checks.tokens import vocabulary
from aligner.model import Language


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

    ``name`` is ``FAMILY/TABLE``, for the file ``FAMILY/data/TABLE.tsv``.
    """
    for row in _rows(name, language).candidates(vocabulary(text)):
        for match in row.regex.finditer(text):
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
