"""Lines up the sentences of two articles: n-m beads, empty sides first-class."""

from aligner.alignment.align import align_bitext, align_documents

__all__ = ["align_bitext", "align_documents"]
