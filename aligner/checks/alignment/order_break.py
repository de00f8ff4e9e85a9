"""ALN205: passages that are elsewhere on the other side."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.base import pair_check
from aligner.model import Alignment, Context, Hit, Segment, Span

CONFIDENCE = 0.8


@pair_check(
    "ALN205",
    "order-break",
    title={"en": "Passage moved", "fr": "Passage déplacé"},
    category="structure",
    cause="editorial",
    severity="minor",
    messages={
        "moved": {
            "fr": "Ce passage se trouve à un autre endroit du texte anglais.",
            "en": "This passage is elsewhere in the English text.",
        }
    },
)
def order_break(alignment: Alignment, context: Context) -> Iterator[Hit]:
    """A passage is elsewhere on the other side.

    Finds: passages that match out of order; sentences that moved together are one finding.
    Matters: the stress of the story may have changed, and readers who compare get lost.
    Bad: A. B. C. / C. A. B.
    Good: A. B. C. / A. B. C.
    False positives: a sentence that the article repeats, such as a summary.
    Measured: says what the alignment found; `aligner bench align` measures that.
    """
    moves = sorted(alignment.moved)
    for run in _runs(moves):
        fr = [s for f, _ in run for s in alignment.beads[f].fr]
        en = [s for _, e in run for s in alignment.beads[e].en]
        if fr and en:
            yield Hit("moved", *_extent(fr), language="fr", other=_extent(en), confidence=CONFIDENCE)


def _runs(moves: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Group moves that are next to each other on both sides."""
    run: list[tuple[int, int]] = []
    for move in moves:
        if run and (move[0] - run[-1][0], move[1] - run[-1][1]) != (1, 1):
            yield run
            run = []
        run.append(move)
    if run:
        yield run


def _extent(segments: list[Segment]) -> Span:
    return min(s.start for s in segments), max(s.end for s in segments)
