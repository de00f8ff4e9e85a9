"""Judgements of findings, kept without their text: which passage, which span, and whether something is wrong.

Some 20 findings per check were drawn by chance, shuffled, and judged by one judge who read the passage, the
marked span and the other side, not the check's code and message; in crawled news where dirty text had too
few. Later two readers, blind to each other and with the messages in sight, judged all major findings in
published articles twice (the second time with both articles open: 80 of 84 alike) and up to 20 minor ones per
check (445 findings in all, 414 alike), and 228 findings in crawled and machine-translated rows (221 alike). A
label says what both said; where they differ or could not tell there is none. Not blind: 33 findings in the
demo articles, judged again with both articles at hand once the codes were joined. A passage that answers none
on the other side is wrong there, and so is what is left of a web page.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from aligner.model import TextKind

DIGEST_LENGTH = 16

KIND_OF_SOURCE: Mapping[str, TextKind] = {
    "cds-blog": "published",
    "ntrex": "published",
    "masakhanews": "scraped",
    "paracrawl": "scraped",
    "demo": "scraped",
    "moses": "machine-translated",
    "newsdiscuss": "machine-translated",
}
"""The kind of text of a source, by the first part of its name."""

Key = tuple[str, int, int, str]
"""Digest of the passage, span in it, code of the check."""


@dataclass(frozen=True, slots=True)
class Detection:
    """One thing found: its source and row, the digest of what was read there, and the span in the row."""

    source: str
    row: str
    sha: str
    start: int
    end: int
    code: str
    severity: str

    @property
    def kind(self) -> TextKind:
        """Of which kind its text is; sources not in the table count as scraped."""
        return KIND_OF_SOURCE.get(self.source.partition("/")[0], "scraped")

    @property
    def key(self) -> Key:
        """Its identity among all findings, whatever their source."""
        return self.sha, self.start, self.end, self.code


def digest(*texts: str) -> str:
    """Return the digest of a passage and, for findings from a comparison, of its other side."""
    data = "\t".join(texts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()[:DIGEST_LENGTH]


def read_labels(path: Path | None = None) -> dict[Key, bool]:
    """Read verdicts by key from a file of labels; from the shipped one without ``path``."""
    source = path or files("aligner.lab.bench").joinpath("data", "check_labels.jsonl")
    rows = map(json.loads, source.read_text(encoding="utf-8").splitlines())
    return {(row["sha256"], row["start"], row["end"], row["code"]): row["wrong"] for row in rows}


def judged(detections: Iterable[Detection], labels: Mapping[Key, bool]) -> tuple[int, int]:
    """Return how many of the findings have a label, and how many of these are confirmed."""
    verdicts = [labels[detection.key] for detection in detections if detection.key in labels]
    return len(verdicts), sum(verdicts)
