"""How often a sentence's translation is its nearest neighbour: precision at 1, both ways."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import numpy as np

from aligner.encoders.protocol import Array, SentenceEncoder


def precision_at_1(fr: Array, en: Array) -> tuple[float, float]:
    """Return the shares of rows of unit vectors (n, d) nearest to the same row: fr-en, en-fr."""
    cosine = fr @ en.T
    rows = np.arange(len(cosine))
    return float((cosine.argmax(axis=1) == rows).mean()), float((cosine.argmax(axis=0) == rows).mean())


def measure(encoder: SentenceEncoder, pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return one row: precision at 1 both ways, and sentences encoded per CPU second (without loading)."""
    encoder.encode(["Un mot.", "A word."])
    start = time.process_time()
    fr = encoder.encode([pair[0] for pair in pairs])
    en = encoder.encode([pair[1] for pair in pairs])
    seconds = time.process_time() - start
    to_en, to_fr = precision_at_1(fr, en)
    return {
        "encoder": encoder.version,
        "pairs": len(pairs),
        "p_at_1_fr_en": to_en,
        "p_at_1_en_fr": to_fr,
        "sentences_per_cpu_second": round(2 * len(pairs) / max(seconds, 1e-9)),
    }
