"""Finds which French and English articles tell the same story."""

from aligner.pairing.pair import pair_documents

__all__ = ["pair_documents"]
