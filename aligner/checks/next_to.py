"""What is next to a bead, where what its other side seems to lack may have moved."""

from __future__ import annotations

from aligner.model import LANGUAGES, Bead, BeadView, Language, Segment


def beads_beside(view: BeadView) -> tuple[Bead, ...]:
    """Return the beads before and after, whatever they are."""
    beads, index = view.alignment.beads, view.index
    return (*beads[max(0, index - 1) : index], *beads[index + 1 : index + 2])


def beads_next_to(view: BeadView) -> tuple[Bead, ...]:
    """Return the beads before and after; none among aligned rows, each of which may be of another text."""
    pair = view.alignment.pair
    return () if (pair.fr.row, pair.en.row) == LANGUAGES else beads_beside(view)


def passages_next_to(view: BeadView, language: Language) -> tuple[Segment, ...]:
    """Return the segments of one side in the beads before and after."""
    return tuple(segment for bead in beads_next_to(view) for segment in bead.side(language))
