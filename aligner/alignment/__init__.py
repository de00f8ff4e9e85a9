"""Lines up the sentences of two articles: n-m beads, empty sides first-class."""

from aligner.alignment.align import align_all, align_bitext, align_documents
from aligner.alignment.cover import covered_shares
from aligner.alignment.coverage import with_evidence
from aligner.alignment.locks import Known

__all__ = ["Known", "align_all", "align_bitext", "align_documents", "covered_shares", "with_evidence"]
