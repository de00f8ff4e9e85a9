"""ACC301: a passage that appears only in the French."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.accuracy._one_sided import one_sided_hits, one_sided_traits
from aligner.checks.base import bead_check
from aligner.model import BeadView, Context, Hit


@bead_check("ACC301", "omission", **one_sided_traits("fr", "omission"))
def omission(view: BeadView, context: Context) -> Iterator[Hit]:
    """A passage appears only in the French.

    Finds: a run of sentences without counterpart in English; the run is one finding. Passages that moved
        elsewhere and crumbs of a few words are left alone. Titles and passages of less than 8 words are
        minor; in abridged or adapted pairs all are an editor's choice, which ALN203 tells once.
    Matters: one side says less, or the other more, than the source. Which side
        was translated is not known.
    Bad: Le maire est parti. Il n'a pas dit pourquoi. / The mayor left.
    Good: Le maire est parti sans dire pourquoi. / The mayor left. He did not say why.
    False positives: a sentence that the aligner failed to attach to its neighbour.
    Measured: of 100 sentences of newstest taken away in English or French all are found (by this check or
        ACC302). What has no counterpart depends on the alignment; `aligner bench align` measures that.
    """
    return one_sided_hits(view, "fr")
