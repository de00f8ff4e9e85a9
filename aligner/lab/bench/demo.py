"""Scores a report folder against a corpus with gold beside it: ``corpora/demo`` and its ``gold.json``.

Reads the files that SPEC describes and nothing else, so any program's report can be scored.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, TextIO

from aligner.model import InputError

EDGE_SLACK = 3
"""Characters by which each end of a bead may differ from the gold: a heading's "## ", a closing quote."""

GOLD_KEYS = ("languages", "pairs", "beads", "faults")

Json = Mapping[str, Any]
Place = tuple[str, int, int]
BeadSpans = tuple[tuple[int, int] | None, tuple[int, int] | None]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts behind one line of the table.

    ``found`` of ``gold`` items were found (recall); ``right`` of ``predicted`` items were right (precision).
    The two numerators differ where one finding may cover several faults, or several one.
    """

    name: str
    found: int
    gold: int
    right: int
    predicted: int

    @property
    def recall(self) -> float | None:
        """Share of the gold that was found, or None where there is no gold."""
        return self.found / self.gold if self.gold else None

    @property
    def precision(self) -> float | None:
        """Share of predictions that are right, or None without predictions."""
        return self.right / self.predicted if self.predicted else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both, 0 where either is 0, None where either is undefined."""
        p, r = self.precision, self.recall
        if p is None or r is None:
            return None
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(frozen=True, slots=True)
class DemoScores:
    """All scores of one report folder, and the cases behind them.

    ``tasks`` are languages, pairs, kinds, stories, beads and beads with an empty side; ``faults`` are
    the faults found under their own code, under any code, and the findings by severity; ``codes``
    has a line per code. ``missed`` are gold faults that no finding names, ``false_positives`` are
    findings of major or critical severity that touch no fault.
    """

    tasks: tuple[Score, ...]
    faults: tuple[Score, ...]
    codes: tuple[Score, ...]
    missed: tuple[Json, ...]
    false_positives: tuple[Json, ...]
    minor_false_positives: tuple[Json, ...]


def load_gold(folder: Path) -> Json:
    """Read ``gold.json`` of a corpus folder; raise ``InputError`` where there is none or it is broken."""
    path = folder / "gold.json"
    try:
        gold: Json = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"{path} does not exist: a corpus needs its gold to be scored") from None
    except json.JSONDecodeError as error:
        raise InputError(f"{path} is not valid JSON: {error}") from None
    if lacking := [key for key in GOLD_KEYS if key not in gold]:
        raise InputError(f"{path} lacks {', '.join(lacking)}; corpora/README.md describes the format")
    return gold


def score_demo(report: Path, gold: Json) -> DemoScores:
    """Score a report folder against ``gold`` (its format is in ``corpora/README.md``).

    Articles are matched by the last part of their path. Raises ``InputError`` when a file of the
    report folder is missing.
    """
    documents = _csv(report / "documents.csv")
    pairs = _csv(report / "pairs.csv")
    findings = [f for f in _jsonl(report / "findings.jsonl") if not f["demoted_by"] and not f["suppressed"]]
    faults: list[Json] = list(gold["faults"])
    return DemoScores(
        tasks=(
            _score_languages(documents, gold["languages"]),
            *_score_pairs(pairs, gold["pairs"]),
            *_score_beads(_jsonl(report / "beads.jsonl"), gold["beads"]),
        ),
        faults=_score_faults(findings, faults),
        codes=_score_codes(findings, faults),
        missed=tuple(fault for fault in faults if not any(_names(f, fault) for f in findings)),
        false_positives=_false_positives(findings, faults, minor=False),
        minor_false_positives=_false_positives(findings, faults, minor=True),
    )


def rows(scores: Iterable[Score]) -> list[dict[str, str | int | float | None]]:
    """Return one plain record per score, for a table or a file."""
    return [
        {
            "name": s.name,
            "found": s.found,
            "gold": s.gold,
            "right": s.right,
            "predicted": s.predicted,
            "precision": s.precision,
            "recall": s.recall,
            "f1": s.f1,
        }
        for s in scores
    ]


def _csv(path: Path) -> list[dict[str, str]]:
    with _open_text(path) as lines:
        return list(csv.DictReader(lines))


def _jsonl(path: Path) -> list[dict[str, Any]]:
    with _open_text(path) as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _open_text(path: Path) -> TextIO:
    try:
        return path.open(encoding="utf-8", newline="")
    except FileNotFoundError:
        raise InputError(f"{path} does not exist: is {path.parent} a report folder?") from None


def _name(path: str) -> str:
    return PurePath(path).name


def _compare(name: str, gold: set[Any], predicted: set[Any]) -> Score:
    hits = len(gold & predicted)
    return Score(name, hits, len(gold), hits, len(predicted))


def _score_languages(documents: list[dict[str, str]], gold: Mapping[str, str]) -> Score:
    return _compare("languages", set(gold.items()), {(_name(d["path"]), d["language"]) for d in documents})


def _score_pairs(pairs: list[dict[str, str]], gold: list[Json]) -> Iterator[Score]:
    """Yield the scores of pairs, of pairs with their kind, and of stories (all pairs of one group)."""
    predicted = [(_name(p["fr_path"]), _name(p["en_path"]), p["kind"], p["group"]) for p in pairs]
    true = [(p["fr"], p["en"], p["kind"], p["group"]) for p in gold]
    yield _compare("pairs", {p[:2] for p in true}, {p[:2] for p in predicted})
    yield _compare("kinds", {p[:3] for p in true}, {p[:3] for p in predicted})
    yield _compare("stories", _stories(true), _stories(predicted))


def _stories(pairs: list[tuple[str, str, str, str]]) -> set[frozenset[tuple[str, str]]]:
    return {frozenset(p[:2] for p in pairs if p[3] == group) for group in {p[3] for p in pairs}}


def _score_beads(predicted: list[dict[str, Any]], gold: Mapping[str, list[Any]]) -> Iterator[Score]:
    """Yield strict scores of beads with two sides, and of beads with an empty side.

    As in vecalign's scorer, beads with an empty side count for the precision of the first line and
    not for its recall; the second line is about them alone.
    """
    true = {(pair, _outer(fr), _outer(en)) for pair, beads in gold.items() for fr, en in beads}
    matched: set[Any] = set()
    right = right_alone = one_sided_beads = 0
    for bead in predicted:
        spans = _bead_spans(bead)
        pair = "|".join(_name(path) for path in bead["pair"].split("|"))
        match = next((t for t in true - matched if t[0] == pair and _same_bead(t[1:], spans)), None)
        one_sided = None in spans
        one_sided_beads += one_sided
        if match is not None:
            matched.add(match)
            right += 1
            right_alone += one_sided
    gold_alone = sum(None in bead for bead in true)
    yield Score("beads", right - right_alone, len(true) - gold_alone, right, len(predicted))
    yield Score("beads with an empty side", right_alone, gold_alone, right_alone, one_sided_beads)


def _outer(spans: list[list[int]]) -> tuple[int, int] | None:
    return (spans[0][0], spans[-1][1]) if spans else None


def _bead_spans(bead: Json) -> BeadSpans:
    fr = None if bead["fr_start"] is None else (bead["fr_start"], bead["fr_end"])
    en = None if bead["en_start"] is None else (bead["en_start"], bead["en_end"])
    return fr, en


def _same_bead(a: BeadSpans, b: BeadSpans) -> bool:
    return all(_same_span(x, y) for x, y in zip(a, b, strict=True))


def _same_span(a: tuple[int, int] | None, b: tuple[int, int] | None) -> bool:
    if a is None or b is None:
        return a is b
    return abs(a[0] - b[0]) <= EDGE_SLACK and abs(a[1] - b[1]) <= EDGE_SLACK


def _place(record: Json) -> Place:
    return _name(record["path"]), record["start"], record["end"]


def _overlap(a: Place, b: Place) -> bool:
    """Return whether two spans share a character; an empty span means the character after it."""
    return a[0] == b[0] and a[1] < max(b[2], b[1] + 1) and b[1] < max(a[2], a[1] + 1)


def _touches(finding: Json, fault: Json) -> bool:
    """Return whether a finding overlaps a fault.

    Nobody knows which side of a pair is wrong, so a disagreement between the sides may as well be
    shown on the other side, in ``counterpart``, by a finding about that very pair of articles.
    """
    if _overlap(_place(finding), _place(fault)):
        return True
    counterpart = fault.get("other")
    if (
        not counterpart
        or not finding["code"].startswith("ACC")
        or not _overlap(_place(finding), _place(counterpart))
    ):
        return False
    pair = {_name(path) for path in (finding["pair"] or "").split("|")}
    return {fault["path"], counterpart["path"]} <= pair


def _names(finding: Json, fault: Json) -> bool:
    """Return whether a finding overlaps a fault and has its code, or another acceptable one."""
    return finding["code"] in {fault["code"], *fault["also"]} and _touches(finding, fault)


def _false_positives(findings: list[dict[str, Any]], faults: list[Json], *, minor: bool) -> tuple[Json, ...]:
    of_severity = (f for f in findings if (f["severity"] == "minor") is minor)
    return tuple(f for f in of_severity if not any(_touches(f, fault) for fault in faults))


def _score_faults(findings: list[dict[str, Any]], faults: list[Json]) -> tuple[Score, ...]:
    by_code = sum(any(_names(f, fault) for f in findings) for fault in faults)
    touched = sum(any(_touches(f, fault) for f in findings) for fault in faults)
    minor = [f for f in findings if f["severity"] == "minor"]
    minor_wrong = len(_false_positives(findings, faults, minor=True))
    grave = len(findings) - len(minor)
    grave_right = grave - len(_false_positives(findings, faults, minor=False))
    return (
        Score("faults by their code", by_code, len(faults), grave_right, grave),
        Score("faults by any code", touched, len(faults), grave_right, grave),
        Score("minor findings", 0, 0, len(minor) - minor_wrong, len(minor)),
    )


def _score_codes(findings: list[dict[str, Any]], faults: list[Json]) -> tuple[Score, ...]:
    """Return a score for every code of the gold and of the findings, in the order of the codes."""
    scores = []
    for code in sorted({x["code"] for x in [*findings, *faults]}):
        gold = [fault for fault in faults if fault["code"] == code]
        predicted = [f for f in findings if f["code"] == code]
        detected = sum(any(_names(f, fault) for f in findings) for fault in gold)
        right = sum(any(_touches(f, fault) for fault in faults) for f in predicted)
        scores.append(Score(code, detected, len(gold), right, len(predicted)))
    return tuple(scores)
