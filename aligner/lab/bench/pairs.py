"""Document pairs against gold: precision, recall and F1, and what was missed or wrong."""

from __future__ import annotations

import csv
import time
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Any

from aligner.model import InputError
from aligner.run.pipeline import pair
from aligner.settings import Settings

Names = set[tuple[str, str]]


def load_gold(path: Path) -> Names:
    """Read pairs of file names (or ``FILE#ID``) from a CSV with columns fr and en.

    Raises InputError for a file that does not exist or lacks a column.
    """
    if not path.is_file():
        raise InputError(f"{path}: no such file; a folder for this bench holds docs/ and gold.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    if rows and not {"fr", "en"} <= rows[0].keys():
        raise InputError(f"{path}: expected the columns fr,en")
    return {(PurePath(row["fr"]).name, PurePath(row["en"]).name) for row in rows}


def rates(gold: Names, proposed: Names) -> dict[str, float]:
    """Return precision, recall and F1 of a set of pairs."""
    hits = len(gold & proposed)
    precision = hits / len(proposed) if proposed else 0.0
    recall = hits / len(gold) if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}


def measure(name: str, folder: Path, settings: Settings) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """Return one row for the articles of a folder, and the pairs that were missed or wrong."""
    gold = load_gold(folder / "gold.csv")
    start = time.process_time()
    pairing, _ = pair([str(_articles(folder))], settings)
    alignments = pairing.alignments
    articles = len({path for a in alignments for path in (a.pair.fr.path, a.pair.en.path)})
    articles += len(pairing.unpaired)
    seconds = time.process_time() - start
    proposed = {(PurePath(a.pair.fr.path).name, PurePath(a.pair.en.path).name) for a in alignments}
    row = {
        "corpus": folder.name,
        "encoder": name,
        "articles": articles,
        "gold": len(gold),
        "said": len(proposed),
        **rates(gold, proposed),
        "articles_per_cpu_second": round(articles / max(seconds, 1e-9)),
    }
    return row, _cases("missed", gold - proposed) + _cases("wrong", proposed - gold)


def _articles(folder: Path) -> Path:
    documents, container = folder / "docs", folder / "articles.jsonl"
    return documents if documents.is_dir() else container if container.is_file() else folder


def _cases(case: str, names: Names) -> list[dict[str, str]]:
    return [{"case": case, "fr": fr, "en": en} for fr, en in sorted(names)]


def folders(root: Path) -> Sequence[Path]:
    """Return the folders with a gold.csv, ``root`` itself or below it. Raises InputError if there is none."""
    stories = sorted(path.parent for path in root.rglob("gold.csv"))
    if not stories:
        raise InputError(
            f"{root}: no gold.csv in it; name a folder that holds docs/ and gold.csv with --data"
        )
    return stories
