"""Identical and near-identical articles of one language, found before pairing.

A copy would otherwise be its original's closest rival, and both would look ambiguous.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from aligner.pairing.profile import ArticleProfile, repeated

SAME_SENTENCES = 0.8
"""Share of sentences in common (of all that either has) that makes two articles one."""

COMMONPLACE = 1_000
"""Articles from which on a sentence is no trace of a copy: a phrase of the house, which each of them has."""


def duplicates(profiles: Sequence[ArticleProfile]) -> dict[int, int]:
    """Map each copy to the first article, in order, that it repeats (indices into ``profiles``)."""
    shared, _ = repeated([profile.sentences for profile in profiles])
    holders: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    copies: dict[int, int] = {}
    for index, profile in enumerate(profiles):
        traces = [
            (profile.language, sentence) for sentence in np.intersect1d(profile.sentences, shared).tolist()
        ]
        original = _original(traces, holders, profiles, len(profile.sentences))
        if original is not None:
            copies[index] = original
            continue
        for trace in traces:
            holders[trace].append(index)
    return copies


def _original(
    traces: Sequence[tuple[str, int]],
    holders: defaultdict[tuple[str, int], list[int]],
    profiles: Sequence[ArticleProfile],
    size: int,
) -> int | None:
    """Return the article that has nearly all of these sentences and hardly any others, or None."""
    distinctive = [trace for trace in traces if len(holders[trace]) < COMMONPLACE] or traces
    common = len(traces) - len(distinctive)
    for candidate, n in Counter(
        candidate for trace in distinctive for candidate in holders[trace]
    ).most_common():
        if n + common < SAME_SENTENCES * size:
            return None
        n = (
            len(np.intersect1d([sentence for _, sentence in traces], profiles[candidate].sentences))
            if common
            else n
        )
        if n >= SAME_SENTENCES * (size + len(profiles[candidate].sentences) - n):
            return candidate
    return None
