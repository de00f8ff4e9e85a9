"""Constraints on an alignment: beads corrected by hand, and breaks that no bead crosses."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from aligner.alignment.breaks import break_places
from aligner.alignment.search import Path
from aligner.model import Document, InputError, Language

Numbers = tuple[int, ...]
Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Known:
    """``beads`` hold (French, English) 0-based numbers of the articles' segments, boilerplate counted.

    Where the pattern ``breaks`` is found in a French and an English segment, the k-th of each side, a new
    part begins.
    """

    beads: tuple[tuple[Numbers, Numbers], ...] = ()
    breaks: str | None = None


@dataclass(frozen=True, slots=True)
class Lock:
    """A bead from ``start`` to ``stop`` among title and body segments; an empty one where a part begins."""

    start: Point
    stop: Point


def locks(known: Known, fr: Document, en: Document) -> list[Lock]:
    """Return what is known as locks, in order.

    Raises InputError for a segment that is not aligned, beads that hold one twice, segments that do not
    follow each other, beads out of order, and breaks that differ in number or contradict the beads.
    """
    ordered = [*_beads(known, fr, en), *_breaks(known, fr, en)]
    ordered.sort(key=lambda lock: (lock.start, lock.stop))
    for lock, following in itertools.pairwise(ordered):
        if lock.stop[0] > following.start[0] or lock.stop[1] > following.start[1]:
            raise InputError(
                f"known beads and breaks must keep the order of the texts: the one that ends before French "
                f"sentence {lock.stop[0] + 1} and English sentence {lock.stop[1] + 1} does not"
            )
    return ordered


def _beads(known: Known, fr: Document, en: Document) -> Iterator[Lock]:
    places = {"fr": _places(fr), "en": _places(en)}
    for bead in known.beads:
        if not all(bead):
            continue
        (i0, i1), (j0, j1) = (
            _run(numbers, places[side], side) for numbers, side in zip(bead, ("fr", "en"), strict=True)
        )
        yield Lock((i0, j0), (i1, j1))


def _places(document: Document) -> dict[int, int]:
    aligned = (number for number, segment in enumerate(document.segments) if segment.role != "boilerplate")
    return {number: place for place, number in enumerate(aligned)}


def _run(numbers: Numbers, places: dict[int, int], side: str) -> Point:
    missing = [number for number in numbers if number not in places]
    if missing:
        raise InputError(f"known beads: {side} has no sentence {missing[0]} that is aligned")
    run = [places[number] for number in numbers]
    if run != list(range(run[0], run[0] + len(run))):
        raise InputError(f"known beads: the {side} sentences {list(numbers)} do not follow each other")
    return run[0], run[-1] + 1


def _breaks(known: Known, fr: Document, en: Document) -> Iterator[Lock]:
    if known.breaks is None:
        return
    left, right = break_places(known.breaks, [document.aligned_segments for document in (fr, en)])
    if len(left) != len(right):
        raise InputError(f"breaks: {len(left)} French and {len(right)} English sentences match")
    for point in zip(left, right, strict=True):
        yield Lock(point, point)


def alone(known: Known, fr: Document, en: Document) -> dict[Language, frozenset[int]]:
    """Return the places, among title and body segments, that are known to have no counterpart.

    Raises InputError for a segment that is not aligned.
    """
    sides: Iterable[tuple[Language, Document, int]] = (("fr", fr, 0), ("en", en, 1))
    places_by_side: dict[Language, frozenset[int]] = {}
    for side, document, k in sides:
        places = _places(document)
        runs = [_run(bead[k], places, side) for bead in known.beads if bead[k] and not bead[1 - k]]
        places_by_side[side] = frozenset(place for start, stop in runs for place in range(start, stop))
    return places_by_side


def standing_alone(path: Path, places: Mapping[Language, frozenset[int]]) -> Path:
    """Take the segments at ``places`` out of their beads, each into one of its own.

    The first run of segments that is left of each side stays together with that of the other.
    """
    out = [path[0]]
    for start, stop in itertools.pairwise(path):
        out.extend(_separated(start, stop, places))
    return out


def _separated(start: Point, stop: Point, places: Mapping[Language, frozenset[int]]) -> Iterator[Point]:
    (i0, j0), (i1, j1) = start, stop
    i, i_end = _first_run(i0, i1, places["fr"])
    j, j_end = _first_run(j0, j1, places["en"])
    if i == i_end or j == j_end:
        i, i_end, j, j_end = i1, i1, j1, j1
    yield from ((k + 1, j0) for k in range(i0, i))
    yield from ((i, k + 1) for k in range(j0, j))
    if i_end > i:
        yield i_end, j_end
    yield from ((k + 1, j_end) for k in range(i_end, i1))
    yield from ((i1, k + 1) for k in range(j_end, j1))


def _first_run(start: int, stop: int, unmatched: frozenset[int]) -> Point:
    first = next((k for k in range(start, stop) if k not in unmatched), stop)
    return first, next((k for k in range(first, stop) if k in unmatched), stop)
