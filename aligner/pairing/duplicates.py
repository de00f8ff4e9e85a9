"""Identical and near-identical articles of one language, found before pairing.

A copy would otherwise be its original's closest rival, and both would look ambiguous.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from aligner.model import Document

SAME_SENTENCES = 0.8
"""Share of sentences in common (of all that either has) that makes two articles one."""


def duplicates(documents: Sequence[Document]) -> dict[int, int]:
    """Map each copy to the first article, in order, that it repeats (indices into ``documents``)."""
    holders: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    copies: dict[int, int] = {}
    sizes: dict[int, int] = {}
    for index, document in enumerate(documents):
        sentences = {(document.language, " ".join(s.text.lower().split())) for s in document.aligned_segments}
        shared = Counter(other for sentence in sentences for other in holders[sentence])
        original = next(
            (
                other
                for other, n in shared.most_common()
                if n >= SAME_SENTENCES * (len(sentences) + sizes[other] - n)
            ),
            None,
        )
        if original is not None:
            copies[index] = original
            continue
        sizes[index] = len(sentences)
        for sentence in sentences:
            holders[sentence].append(index)
    return copies
