"""Links between words against links by hand: precision, recall and alignment error rate (Och and Ney 2003).

Precision counts the links found that are possible, recall the sure links that are found; the error rate is
1 - (sure found + possible found) / (found + sure). Punctuation is not linked.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from aligner.alignment.links import Link, can_link, word_links
from aligner.encoders.protocol import Encoder, unit
from aligner.lab.datasets.word_links import LinkedPair, marked_twice, read_linked_pairs

Linker = Callable[[Sequence[str], Sequence[str]], list[Link]]


def diagonal(fr: Sequence[str], en: Sequence[str]) -> list[Link]:
    """Link each French word to the English one at the same place of its sentence."""
    places = [(i, min(len(en) - 1, int((i + 0.5) * len(en) / len(fr)))) for i in range(len(fr))]
    return [(i, j) for i, j in places if can_link(fr[i]) and can_link(en[j])]


def vectors_alone(encoder: Encoder) -> Linker:
    """Return a linker that links words whose vectors are each other's nearest."""

    def linked(fr: Sequence[str], en: Sequence[str]) -> list[Link]:
        cosine = unit(encoder.words(fr)) @ unit(encoder.words(en)).T
        best_en, best_fr = cosine.argmax(axis=1), cosine.argmax(axis=0)
        mutual = [
            (i, int(best_en[i])) for i in np.flatnonzero(best_fr[best_en] == np.arange(len(fr))).tolist()
        ]
        return [(i, j) for i, j in mutual if can_link(fr[i]) and can_link(en[j])]

    return linked


def measures(folder: Path, encoder: Encoder) -> list[dict[str, Any]]:
    """Return a row for each half and register of the pairs, and for each way of linking."""
    pairs = read_linked_pairs(folder)
    linkers: dict[str, Linker] = {
        "aligner": lambda fr, en: word_links(fr, en, encoder),
        "vectors alone": vectors_alone(encoder),
        "diagonal": diagonal,
    }
    rows = []
    for split in sorted({pair.split for pair in pairs}):
        of_split = [pair for pair in pairs if pair.split == split]
        for register in ("all", *sorted({pair.register for pair in of_split})):
            chosen = [pair for pair in of_split if register in ("all", pair.register)]
            for name, linker in linkers.items():
                rows.append({"half": split, "register": register, "links": name, **rates(chosen, linker)})
    return [*rows, *_agreement(marked_twice(folder), linkers["aligner"])]


def _agreement(
    marked_pairs: Sequence[tuple[LinkedPair, LinkedPair]], linker: Linker
) -> Iterator[dict[str, Any]]:
    """Yield rows for pairs that two people marked: one by the other, and the program by either."""
    first, second = [pair for pair, _ in marked_pairs], [pair for _, pair in marked_pairs]
    sure_links = {(pair.fr, pair.en): sorted(pair.sure) for pair in second}
    for half, name, pairs, candidate in (
        ("marked twice", "aligner", first, linker),
        (
            "marked twice",
            "a second person's sure ones",
            first,
            lambda fr, en: sure_links[tuple(fr), tuple(en)],
        ),
        ("as the second person marked", "aligner", second, linker),
    ):
        if pairs:
            yield {"half": half, "register": "all", "links": name, **rates(pairs, candidate)}


def rates(pairs: Sequence[LinkedPair], linker: Linker) -> dict[str, Any]:
    """Return precision, recall and error rate of a linker, and how many pairs it does in a CPU second."""
    start = time.process_time()
    predicted = [set(linker(pair.fr, pair.en)) for pair in pairs]
    seconds = time.process_time() - start
    links, sure_count = sum(map(len, predicted)), sum(len(pair.sure) for pair in pairs)
    right = sum(len(links & pair.possible) for links, pair in zip(predicted, pairs, strict=True))
    hits = sum(len(links & pair.sure) for links, pair in zip(predicted, pairs, strict=True))
    return {
        "pairs": len(pairs),
        "precision": right / links if links else 0.0,
        "recall": hits / sure_count if sure_count else 0.0,
        "error_rate": 1 - (right + hits) / (links + sure_count) if links + sure_count else 0.0,
        "pairs_per_cpu_second": round(len(pairs) / max(seconds, 1e-9)),
    }
