"""ACC302: a passage that appears only in the English."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.accuracy._one_sided import one_sided_hits, one_sided_traits
from aligner.checks.base import bead_check
from aligner.model import BeadView, Context, Hit


@bead_check("ACC302", "addition", **one_sided_traits("en", "addition"))
def addition(view: BeadView, context: Context) -> Iterator[Hit]:
    """A passage appears only in the English.

    Finds: a run of sentences without counterpart in French; the run is one finding. Passages that moved
        elsewhere and crumbs of a few words are left alone. Titles and passages of less than 8 words are
        minor; in abridged or adapted pairs all are an editor's choice, which ALN203 tells once.
    Matters: one side says less, or the other more, than the source. Which side
        was translated is not known.
    Bad: Le maire est parti. / The mayor left. He did not say why.
    Good: Le maire est parti sans dire pourquoi. / The mayor left. He did not say why.
    False positives: a sentence that the aligner failed to attach to its neighbour, or a gloss.
    Measured: as ACC301, whose other side it is.
    """
    return one_sided_hits(view, "en")
