"""What a run works on: the articles and aligned texts behind the paths that it was given."""

from __future__ import annotations

from aligner.corpus.reading import Corpus, Progress, read, silent
from aligner.corpus.shelf import Articles, Card, Shelf
from aligner.corpus.stock import Stock, is_large, take_stock
from aligner.corpus.store import Result, Store, code_version, digest, open_store

__all__ = [
    "Articles",
    "Card",
    "Corpus",
    "Progress",
    "Result",
    "Shelf",
    "Stock",
    "Store",
    "code_version",
    "digest",
    "is_large",
    "open_store",
    "read",
    "silent",
    "take_stock",
]
