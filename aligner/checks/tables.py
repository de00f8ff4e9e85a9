"""Tables of the checks that are data: turns of phrase to look for, a row each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from aligner.checks.tokens import vocabulary
from aligner.model import Language


class Row(NamedTuple):
    """Words of which a text must hold one, the pattern of whole words to look for, and what it is for."""

    needs: frozenset[str]
    pattern: re.Pattern[str]
    meant: str


def search(name: str, text: str, language: Language) -> Iterator[tuple[re.Match[str], str]]:
    """Yield where the rows of a table occur in ``text``, each with what is meant.

    ``name`` is ``FAMILY/TABLE``, for the file ``FAMILY/data/TABLE.tsv``.
    """
    words = vocabulary(text)
    for row in _rows(name, language):
        if not words.isdisjoint(row.needs):
            for found in row.pattern.finditer(text):
                yield found, row.meant


# Saves 6 ms a call, four calls an article.
@cache
def _rows(name: str, language: Language) -> tuple[Row, ...]:
    family, _, table = name.partition("/")
    lines = files(f"aligner.checks.{family}").joinpath("data", f"{table}.tsv").read_text("utf-8").splitlines()
    rows = []
    for line in lines:
        of, needs, pattern, meant = line.split("\t")
        if of == language:
            whole = re.compile(rf"(?<![\w’'-])(?:{pattern})(?![\w-])")
            rows.append(Row(frozenset(needs.split("|")), whole, meant))
    return tuple(rows)
