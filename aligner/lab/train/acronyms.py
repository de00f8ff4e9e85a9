"""Lists acronyms of France, which English news hardly has, for ``acronyms_fr.txt``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from aligner.lab.datasets import corpora
from aligner.lab.train.usage import NEWS
from aligner.lexicon.dictionary import in_dictionary
from aligner.lexicon.names import acronyms
from aligner.model import Language

FREQUENT = 15
"""Articles of French news from which an acronym is well known there."""
RARER = 20
"""How much rarer it is in as much English news: papers there write on France too."""

_ACRONYM = re.compile(r"(?<![\w.@#/-])[A-Z]{3,6}(?![\w@/-])(?!\.\w)")
_SHOUTED = re.compile(r"\b[A-ZÀ-Þ]{4,} [A-ZÀ-Þ]{2,}\b")
_ROMAN = re.compile(r"[IVXLC]+")


def french_acronyms(data: Path) -> list[str]:
    """List the acronyms that French news alone has and that have no translation, sorted."""
    (french, french_size), (english, english_size) = (_count(data, language) for language in ("fr", "en"))
    share = english_size / french_size / RARER
    return sorted(
        acronym
        for acronym, count in french.items()
        if count >= FREQUENT
        and english[acronym] <= share * count
        and acronym not in acronyms()
        and not _ROMAN.fullmatch(acronym)
        and not in_dictionary(acronym.lower(), "fr")
    )


def _count(data: Path, language: Language) -> tuple[Counter[str], int]:
    """Count in how many lines of news each acronym is, and the letters of all lines."""
    lines = (line for name in NEWS[language] for line in corpora.read_lines(data / "more" / f"{name}.txt.xz"))
    return count_acronyms(lines)


def count_acronyms(lines: Iterable[str]) -> tuple[Counter[str], int]:
    """Count acronyms once a line, and all letters; a line in capitals has none."""
    counts: Counter[str] = Counter()
    letters = 0
    for line in lines:
        letters += len(line)
        if not _SHOUTED.search(line):
            counts.update(set(_ACRONYM.findall(line)))
    return counts, letters
