"""Pairs whose versions are out of step, on their pages: which version is behind, and what it lacks."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aligner.model import LANGUAGES, Language
from aligner.report.in_step import Behind, Sync, is_update, lacking
from aligner.report.records import PairRow
from aligner.reporters.marks import Note

MOST_BEHIND = 10
"""Pairs that the overview names; its table has them all."""


@dataclass(frozen=True, slots=True)
class Lag:
    """The differences between the versions of a pair: content that each lacks, and facts that differ."""

    behind: Behind
    missing: Mapping[Language, tuple[Note, ...]]
    updated: tuple[Note, ...]


def lag(notes: Iterable[Note]) -> Lag | None:
    """Return how far two versions are out of step; None where they are in step."""
    sync = Sync()
    missing: dict[Language, list[Note]] = {language: [] for language in LANGUAGES}
    updated = []
    for note in notes:
        sync.add(note.finding)
        if side := lacking(note.finding):
            missing[side].append(note)
        elif is_update(note.finding):
            updated.append(note)
    if sync.behind == "none" and not updated:
        return None
    return Lag(sync.behind, {side: tuple(side_notes) for side, side_notes in missing.items()}, tuple(updated))


def is_out_of_step(pair: PairRow) -> bool:
    """Return whether a version of a pair lacks something, or a fact differs."""
    return pair.behind != "none" or pair.updated > 0


def furthest_behind(pairs: Iterable[PairRow]) -> list[PairRow]:
    """Return the pairs that are most out of step; those adapted on purpose come last."""
    late = (pair for pair in pairs if is_out_of_step(pair))
    return heapq.nsmallest(MOST_BEHIND, late, key=_rank)


def _rank(pair: PairRow) -> tuple[bool, int, int, str]:
    return pair.kind == "adapted", -(pair.missing_fr + pair.missing_en), -pair.updated, pair.key
