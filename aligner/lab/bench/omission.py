"""Clauses taken out of one side of correct sentence pairs: how many are found, and the false positives."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from aligner.alignment.coverage import clauses, with_evidence
from aligner.encoders.protocol import Encoder
from aligner.model import LANGUAGES, Alignment, Bead, Document, DocumentPair, Evidence, Language, Segment

SEED = 1


def measure(name: str, pairs: Sequence[tuple[str, str]], encoder: Encoder) -> dict[str, Any]:
    """Return one row: the share of complete pairs suspected, and of removed clauses noticed.

    A clause counts as noticed when the evidence is on the side that still has it.
    """
    rng = random.Random(SEED)
    removed = recalled = suspected = 0
    for pair in pairs:
        suspected += _evidence(pair, encoder) != Evidence()
        side: Language = rng.choice(LANGUAGES)
        text = pair[LANGUAGES.index(side)]
        spans = clauses(_document(side, text).segments[0])
        if len(spans) < 2:
            continue
        start, end = rng.choice(spans)
        shorter = (text[:start] + text[end:]).strip()
        evidence = _evidence((shorter, pair[1]) if side == "fr" else (pair[0], shorter), encoder)
        removed += 1
        recalled += bool(evidence.uncovered_en if side == "fr" else evidence.uncovered_fr)
    return {
        "encoder": name,
        "pairs": len(pairs),
        "suspected_whole": suspected / len(pairs),
        "clauses_taken": removed,
        "recall": recalled / max(removed, 1),
    }


def _document(language: Language, text: str) -> Document:
    return Document(language, language, text, (Segment(text, 0, len(text), 0, "body", language),))


def _evidence(pair: tuple[str, str], encoder: Encoder) -> Evidence:
    fr, en = _document("fr", pair[0]), _document("en", pair[1])
    bead = Bead(fr.segments, en.segments, 1.0)
    alignment = Alignment(DocumentPair(fr, en, 1.0, 1.0, "translation", 1), (bead,))
    return with_evidence(alignment, encoder).beads[0].evidence
