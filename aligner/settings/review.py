"""A person's marks on a report (``review.jsonl``): one per line, the last one on a thing counts.

``{"kind": "finding", "fingerprint", "code", "path", "excerpt", "verdict": "right", "false" or "fixed",
"reason"}``, with its place ("start", "before", "after") and its "suggestion", if it has one ·
``{"kind": "pair", "fr", "en", "verdict": "right" or "wrong"}`` · ``{"kind": "beads", "pair",
"beads": [{"fr": [0], "en": [0, 1], "fr_text", "en_text"}, ...]}``, segments by their 0-based numbers as in
``beads.jsonl``, and by their texts, which find them again where an article was edited since. The verdict
"none" takes a mark back, and so do no beads.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from glob import escape
from pathlib import Path
from typing import Any, NamedTuple

from aligner.model import InputError
from aligner.settings.content import text_of
from aligner.settings.gate import Suppression
from aligner.settings.passage import passage_of

FILE = "review.jsonl"
ORIGIN = "review"
"""The origin of suppressions that come from a review: one whose finding is gone is not missed."""
NO_VERDICT = "none"
VERDICTS: Mapping[str, tuple[str, ...]] = {
    "finding": ("right", "false", "fixed", NO_VERDICT),
    "pair": ("right", "wrong", NO_VERDICT),
}
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "finding": ("fingerprint", "code", "path", "excerpt", "reason", "verdict"),
    "pair": ("fr", "en", "verdict"),
    "beads": ("pair",),
}
_OPTIONAL_TEXTS = ("before", "after", "suggestion")
"""Texts in the mark of a finding, since its place in the article is kept."""
_TARGET_KEYS = frozenset(("fingerprint", "code", "fr", "en", "pair"))
"""Keys that name the target of a mark."""
MAX_CHARACTERS = 10_000
"""Characters of a text in a mark."""

Record = dict[str, Any]
Numbers = tuple[int, ...]
Sides = tuple[Numbers, Numbers]
"""Numbers of the French and the English segments of a bead."""


class LockedBead(NamedTuple):
    """A bead corrected by hand: numbers of the segments on each side, and their texts, if these are known."""

    fr: Numbers
    en: Numbers
    fr_text: str = ""
    en_text: str = ""

    @property
    def sides(self) -> Sides:
        """The numbers on both sides."""
        return self.fr, self.en

    @property
    def record(self) -> Record:
        """The bead as an object of JSON."""
        numbers = {"fr": list(self.fr), "en": list(self.en)}
        return {
            **numbers,
            **({"fr_text": self.fr_text, "en_text": self.en_text} if self.fr_text or self.en_text else {}),
        }


class Precision(NamedTuple):
    """Marks on the findings of one check: right or fixed, and false."""

    right: int
    false: int


@dataclass(frozen=True, slots=True)
class Review:
    """The marks that hold, by what they are on: fingerprint, pair of articles, key of a pair."""

    findings: Mapping[str, Record]
    pairs: Mapping[tuple[str, str], str]
    beads: Mapping[str, tuple[LockedBead, ...]]

    @property
    def suppressions(self) -> tuple[Suppression, ...]:
        """Suppressions of the findings marked false, with the reasons given."""
        return tuple(
            _suppression(key, mark) for key, mark in self.findings.items() if mark["verdict"] == "false"
        )

    @property
    def applicable(self) -> tuple[Record, ...]:
        """Marks of findings that are right and have a suggestion."""
        return tuple(
            mark
            for mark in self.findings.values()
            if mark["verdict"] == "right" and mark["excerpt"] and "suggestion" in mark and passage_of(mark)
        )

    @property
    def known(self) -> tuple[tuple[str, str], ...]:
        """Pairs marked right, to be taken as they are."""
        return tuple(pair for pair, verdict in self.pairs.items() if verdict == "right")

    @property
    def apart(self) -> tuple[tuple[str, str], ...]:
        """Pairs marked wrong."""
        return tuple(pair for pair, verdict in self.pairs.items() if verdict == "wrong")

    @property
    def precision(self) -> dict[str, Precision]:
        """The share of marked findings that were right, by code of the check."""
        counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
        for mark in self.findings.values():
            counts[mark["code"]][mark["verdict"] == "false"] += 1
        return {code: Precision(*counts[code]) for code in sorted(counts)}

    def with_mark(self, record: Record) -> Review:
        """Return the review with one more mark, which ``checked`` has passed."""
        findings, pairs, beads = dict(self.findings), dict(self.pairs), dict(self.beads)
        if record["kind"] == "finding":
            _put(findings, record["fingerprint"], record, keep=record["verdict"] != NO_VERDICT)
        elif record["kind"] == "pair":
            verdict = record["verdict"]
            _put(pairs, (record["fr"], record["en"]), verdict, keep=verdict != NO_VERDICT)
        else:
            locked = tuple(
                LockedBead(
                    tuple(bead["fr"]), tuple(bead["en"]), bead.get("fr_text", ""), bead.get("en_text", "")
                )
                for bead in record["beads"]
            )
            _put(beads, record["pair"], locked, keep=bool(locked))
        return Review(findings, pairs, beads)

    def lines(self) -> list[str]:
        """Return the marks that hold as lines of a file."""
        records: list[Record] = list(self.findings.values())
        records += [{"kind": "pair", "fr": fr, "en": en, "verdict": v} for (fr, en), v in self.pairs.items()]
        records += [
            {"kind": "beads", "pair": pair, "beads": [bead.record for bead in locked]}
            for pair, locked in self.beads.items()
        ]
        return [json.dumps(record, ensure_ascii=False) for record in records]


EMPTY = Review({}, {}, {})


def _suppression(fingerprint: str, mark: Record) -> Suppression:
    reason = mark["reason"] or "marked as false in a review"
    suppression = Suppression(reason, code=mark["code"], fingerprint=fingerprint, origin=ORIGIN)
    if (passage := passage_of(mark)) is None:
        return suppression
    return replace(suppression, path=escape(mark["path"]), excerpt=mark["excerpt"], passage=passage)


def marks_file(path: Path) -> Path:
    """Return the file of marks that a path names: that file, or the report that it is in."""
    return path / FILE if path.is_dir() else path


def read_review(path: Path) -> Review:
    """Read a file of marks, or that of a report. Raises InputError, with the line, for an invalid one."""
    if path.is_dir() and not (path / FILE).exists():
        raise InputError(f"{path}: no review.jsonl in it: nothing was marked there yet (aligner review)")
    path = marks_file(path)
    try:
        text = text_of(path, "utf-8-sig", "surrogateescape")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    review = EMPTY
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                review = review.with_mark(checked(json.loads(line)))
            except (ValueError, RecursionError) as error:
                raise InputError(f"{path}:{number}: not a mark of a review: {error}") from None
    return review


def checked(record: object) -> Record:
    """Return a mark with the fields of its kind, and no others. Raises ValueError, saying what is wrong."""
    kind = record.get("kind") if isinstance(record, dict) else None
    if not isinstance(record, dict) or not isinstance(kind, str) or kind not in _TEXTS:
        raise ValueError(f'"kind" must be one of {", ".join(_TEXTS)}')
    mark: Record = {"kind": kind}
    for name in _TEXTS[kind]:
        value = _text(name, record.get(name, "" if name in ("reason", "excerpt", "path") else None))
        if not value and name in _TARGET_KEYS:  # a mark on nothing would be one on everything
            raise ValueError(f"{name!r} must not be empty")
        mark[name] = value
    if kind == "finding":
        mark |= _optional(record)
    if kind in VERDICTS and mark["verdict"] not in VERDICTS[kind]:
        raise ValueError(f'"verdict" must be one of {", ".join(VERDICTS[kind])}')
    if kind == "beads":
        mark["beads"] = _beads(record.get("beads"))
    return mark


def _text(name: str, value: object) -> str:
    if not isinstance(value, str) or len(value) > MAX_CHARACTERS:
        raise ValueError(f"{name!r} must be a text of at most {MAX_CHARACTERS:,} characters")
    return value


def _optional(record: Record) -> Record:
    """Return what the mark of a finding may have. Raises ValueError for another type, and a text too long."""
    mark: Record = {
        name: _text(name, record[name]) for name in _OPTIONAL_TEXTS if record.get(name) is not None
    }
    if record.get("start") is not None:
        if type(record["start"]) is not int:
            raise ValueError(f"{'start'!r} must be a whole number")
        mark["start"] = record["start"]
    return mark


def _beads(value: object) -> list[Record]:
    """Return beads in order; raises ValueError where segments do not follow each other."""
    if not isinstance(value, list):
        raise ValueError('"beads" must be a list')
    last = {"fr": -1, "en": -1}
    beads = []
    for bead in value:
        sides = {side: bead.get(side) if isinstance(bead, dict) else None for side in last}
        for side, numbers in sides.items():
            if not isinstance(numbers, list) or any(type(number) is not int for number in numbers):
                raise ValueError(f"{side!r} of a bead must be a list of whole numbers")
            for number in numbers:
                if number <= last[side]:
                    raise ValueError("the segments of beads must follow each other")
                last[side] = number
        if not any(sides.values()):
            raise ValueError("a bead must hold a segment")
        texts = {name: bead[name] for name in ("fr_text", "en_text") if isinstance(bead.get(name), str)}
        beads.append({**{side: list(numbers or ()) for side, numbers in sides.items()}, **texts})
    return beads


def _put(table: dict[Any, Any], key: object, value: object, *, keep: bool) -> None:
    """Put the last mark on a thing behind all others, or take it away."""
    table.pop(key, None)
    if keep:
        table[key] = value


def found_again(
    locked: Iterable[LockedBead], fr: Mapping[int, str], en: Mapping[int, str]
) -> tuple[LockedBead, ...]:
    """Return the beads corrected as two articles have them now, given the texts of their segments by number.

    Where a text is known, it says which segments are meant: as many in a row, the nearest ones where it
    occurs again. A bead whose text was changed is left out, and one that would cross those before it.
    """
    current: list[LockedBead] = []
    last = [-1, -1]
    for bead in locked:
        runs = _run(bead.fr, bead.fr_text, fr), _run(bead.en, bead.en_text, en)
        if runs[0] is None or runs[1] is None:
            continue
        if all(not run or run[0] > last[side] for side, run in enumerate(runs)):
            last = [run[-1] if run else last[side] for side, run in enumerate(runs)]
            current.append(LockedBead(runs[0], runs[1], bead.fr_text, bead.en_text))
    return tuple(current)


def _run(numbers: Numbers, text: str, texts: Mapping[int, str]) -> Numbers | None:
    """Return the segments in a row that have a text, nearest to where it was; None for none."""
    if not numbers:
        return ()
    if not text:
        return numbers if all(number in texts for number in numbers) else None
    segment_numbers = list(texts)
    runs = (
        tuple(segment_numbers[i : i + len(numbers)]) for i in range(len(segment_numbers) - len(numbers) + 1)
    )
    matches = [
        run for run in runs if _normalised(" ".join(texts[number] for number in run)) == _normalised(text)
    ]
    return min(matches, key=lambda run: abs(run[0] - numbers[0]), default=None)


def _normalised(text: str) -> str:
    return " ".join(text.split())


def pairs_table(pairs: Iterable[tuple[str, str]]) -> str:
    """Return pairs as a table for ``--pairs``."""
    import csv
    import io

    table = io.StringIO()
    csv.writer(table, lineterminator="\n").writerows([("fr", "en"), *pairs])
    return table.getvalue()


def beads_lines(review: Review) -> list[str]:
    """Return the beads corrected as lines for ``--beads``."""
    return [
        json.dumps({"pair": pair, **bead.record}, ensure_ascii=False)
        for pair, locked in review.beads.items()
        for bead in locked
    ]
