"""What a run works on: the articles and aligned texts behind the paths that it was given."""

from __future__ import annotations

from aligner.corpus.reading import Corpus, Progress, read, silent

__all__ = ["Corpus", "Progress", "read", "silent"]
