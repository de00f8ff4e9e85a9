"""Measures `aligner grade` by what people said: words, spans, better and worse translations, kept rows.

The measures are those that the field uses for each kind of gold; the data is read where it is.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.grading import Grade, Row, grade_rows
from aligner.grading.grade import Token
from aligner.lab.datasets.corpora import read_lines
from aligner.lab.datasets.ranking import auc, best_threshold, f1
from aligner.lab.datasets.translations import HELD_WCE
from aligner.model import Language
from aligner.settings import Settings

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Table = list[dict[str, Any]]

MUCH, LITTLE = 0.4, 0.1
"""Edits a word (HTER) above and below which a translation is taken for bad and good."""
BITEXT_KINDS: Mapping[str, frozenset[str]] = {
    "not a translation": frozenset("AL"),
    "machine or error": frozenset({"E", "MT"}),
    "either": frozenset({"A", "L", "E", "MT"}),
}
GOOD_LABELS = frozenset("VF")
LEARNERS = 4  # corrections of each sentence of jfleg


def measures(data: Path, settings: Settings) -> Iterator[tuple[str, Table]]:
    """Yield the tables of all gold data below ``data`` (``dev`` and ``train``), as they are done.

    Raises ``InputError`` where a file is missing.
    """
    dev = data / "dev"
    yield "words (wce-lig)", [words(dev / "wce-lig" / "words.jsonl", data / "train", settings)]
    yield "spans (wmt20-mqm)", [spans(dev / "wmt20-mqm-dev.en-fr.jsonl", settings)]
    yield "rows of bitext (paracrawl)", bitext(dev / "bitext" / "paracrawl.tsv", settings)
    yield "right and wrong lines", lines(dev / "grammar-fr.jsonl", settings)
    yield "learners and their correctors (jfleg)", [jfleg(dev / "jfleg", settings)]
    for direction in ("fr-en", "en-fr"):
        yield f"better and worse ({direction})", [better(dev / "wmt15-newsdiscuss" / direction, settings)]


def words(gold: Path, train: Path, settings: Settings) -> dict[str, Any]:
    """Measure how well scores find the words of a machine translation that a post-editor changed.

    The threshold is chosen on the rows of ``train`` that the detector was not trained on.
    """
    tuned = list(map(json.loads, read_lines(train / "wce-lig" / "words.jsonl.xz")))[-HELD_WCE:]
    threshold = best_threshold(*by_word(tuned, _tokens_en(graded(_pairs(tuned), settings))))
    rows = list(map(json.loads, read_lines(gold)))
    grades = graded(_pairs(rows), settings)
    p, changed = by_word(rows, _tokens_en(grades))
    edits, scores = np.array([row["hter"] for row in rows]), _scores(grades)
    return {
        "words": len(p),
        "bad": float(changed.mean()),
        "auc": auc(p[changed], p[~changed]),
        "threshold": threshold,
        "f1": f1(p, changed, threshold),
        "segment_auc": auc(-scores[edits > MUCH], -scores[edits <= LITTLE]),
    }


def by_word(rows: Sequence[Mapping[str, Any]], scores: Sequence[Sequence[Token]]) -> tuple[Floats, Flags]:
    """Return the highest overlapping probability of each gold word, and whether it is bad, shape (words,)."""
    p, flags = [], []
    for row, tokens in zip(rows, scores, strict=True):
        for start, end, wrong in row["tokens"]:
            p.append(max((q for a, b, q in tokens if a < end and start < b), default=0.0))
            flags.append(bool(wrong))
    return np.array(p), np.array(flags)


def _tokens_en(grades: Sequence[Grade]) -> list[Sequence[Token]]:
    return [grade.tokens_en for grade in grades]


def spans(gold: Path, settings: Settings) -> dict[str, Any]:
    """Measure how well scores find the characters of machine translations that professionals marked."""
    documents = list(map(json.loads, read_lines(gold)))
    rows = [Row(fr, en) for d in documents for fr, en in zip(d["fr"], d["en"], strict=True)]
    grades = graded(rows, settings)
    marked = [flags for document in documents for flags in by_segment(document)]
    texts = [row.fr or "" for row in rows]
    marked_characters = np.concatenate(
        [flags[shown(text)] for text, flags in zip(texts, marked, strict=True)]
    )
    score = by_character(texts, [grade.tokens_fr for grade in grades])
    faulty, scores = np.array([flags.any() for flags in marked]), _scores(grades)
    return {
        "characters": len(marked_characters),
        "bad": float(marked_characters.mean()),
        "auc": auc(score[marked_characters], score[~marked_characters]),
        "segments": len(rows),
        "segment_auc": auc(-scores[faulty], -scores[~faulty]),
    }


def by_segment(document: Mapping[str, Any], category: str | None = None) -> list[Flags]:
    """Return for each segment which characters are marked; with ``category``, only by errors of that one."""
    flags = [np.zeros(len(text), bool) for text in document["fr"]]
    for annotation in document["annotations"]:
        if category in (None, annotation["category"]):
            for segment, start, end in annotation["spans"]:
                flags[segment][start:end] = True
    return flags


def by_character(texts: Sequence[str], scores: Sequence[Sequence[Token]]) -> Floats:
    """Return the probability of every character of all texts, white space left out, shape (characters,)."""
    parts = []
    for text, tokens in zip(texts, scores, strict=True):
        p = np.zeros(len(text))
        for start, end, q in tokens:
            p[start:end] = q
        parts.append(p[shown(text)])
    return np.concatenate(parts)


def shown(text: str) -> Flags:
    """Return which characters are not white space."""
    return np.array([not char.isspace() for char in text], bool)


def bitext(gold: Path, settings: Settings) -> Table:
    """Measure grades on rows of crawled bitext that people judged, beside bicleaner's scores."""
    table = list(csv.DictReader(read_lines(gold), delimiter="\t", quoting=csv.QUOTE_NONE))
    scores = _scores(graded([Row(row["fr"], row["en"]) for row in table], settings))
    bicleaner = np.array([float(row["bicleaner"]) for row in table])
    labels = np.array([row["label"] for row in table])
    is_good = np.isin(labels, list(GOOD_LABELS))
    return [
        {
            "bad": name,
            "rows": int(is_bad.sum()),
            "good": int(is_good.sum()),
            "auc": auc(-scores[is_bad], -scores[is_good]),
            "bicleaner": auc(-bicleaner[is_bad], -bicleaner[is_good]),
        }
        for name, kinds in BITEXT_KINDS.items()
        for is_bad in [np.isin(labels, list(kinds))]
    ]


def lines(gold: Path, settings: Settings) -> Table:
    """Measure grades on French sentences with and without a fault, each alone, by kind of fault."""
    rows = list(map(json.loads, read_lines(gold)))
    fluency = _fluency([row["text"] for row in rows], "fr", settings)
    kinds = np.array([row.get("kind") or ("wrong" if row["spans"] else "correct") for row in rows])
    correct = -fluency[kinds == "correct"]
    return [
        {"kind": kind, "lines": int((kinds == kind).sum()), "auc": auc(-fluency[kinds == kind], correct)}
        for kind in sorted(set(kinds) - {"correct"})
    ]


def jfleg(folder: Path, settings: Settings) -> dict[str, Any]:
    """Measure grades on learners' English against the versions of four correctors."""
    source = list(read_lines(folder / "dev.src"))
    wrong, right = [], []
    for number in range(LEARNERS):
        pairs = zip(source, read_lines(folder / f"dev.ref{number}"), strict=True)
        corrected_pairs = [(learner, corrected) for learner, corrected in pairs if learner != corrected]
        wrong += [learner for learner, _ in corrected_pairs]
        right += [corrected for _, corrected in corrected_pairs]
    wrong_scores, right_scores = (_fluency(texts, "en", settings) for texts in (wrong, right))
    return {
        "pairs": len(wrong),
        "auc": auc(-wrong_scores, -right_scores),
        "ordered": float((wrong_scores < right_scores).mean() + (wrong_scores == right_scores).mean() / 2),
    }


def better(folder: Path, settings: Settings) -> dict[str, Any]:
    """Measure on pairs of machine translations that people ranked the share that the score ranks alike."""
    source, target = folder.name.split("-")
    original = list(read_lines(folder / f"source.{source}"))
    ranked = [line.split("\t") for line in islice(read_lines(folder / "better.tsv"), 1, None)]
    systems = {name for _, winner, loser in ranked for name in (winner, loser)}
    scores = {}
    for system in sorted(systems):
        sides = (original, list(read_lines(folder / f"{system}.{target}")))
        fr, en = sides if source == "fr" else sides[::-1]
        scores[system] = _scores(graded([Row(*row) for row in zip(fr, en, strict=True)], settings))
    gaps = np.array([scores[winner][int(row)] - scores[loser][int(row)] for row, winner, loser in ranked])
    return {
        "pairs": len(gaps),
        "ordered": float((gaps > 0).mean() + (gaps == 0).mean() / 2),
        "ties": float((gaps == 0).mean()),
    }


def graded(rows: Sequence[Row], settings: Settings) -> list[Grade]:
    """Grade rows, those that repeat once."""
    different = list(dict.fromkeys(rows))
    grade_by_row = dict(zip(different, grade_rows(different, settings), strict=True))
    return [grade_by_row[row] for row in rows]


def _pairs(rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    return [Row(row["fr"], row["en"]) for row in rows]


def _scores(grades: Sequence[Grade]) -> Floats:
    return np.array([grade.score or 0.0 for grade in grades])


def _fluency(texts: Sequence[str], language: Language, settings: Settings) -> Floats:
    rows = [Row(text, None) if language == "fr" else Row(None, text) for text in texts]
    fluency: Callable[[Grade], float | None]
    fluency = (lambda grade: grade.fluency_fr) if language == "fr" else (lambda grade: grade.fluency_en)
    return np.array([1.0 if (value := fluency(grade)) is None else value for grade in graded(rows, settings)])
