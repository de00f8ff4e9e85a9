"""Sentence encoders: the shipped static one, and any sentence-transformers model on request."""

from __future__ import annotations

from pathlib import Path

from aligner.encoders.protocol import Encoder

__all__ = ["Encoder", "load"]


def load(name: str | None = None, cache: Path | None = None) -> Encoder:
    """The encoder called ``name``; None or "default" is the static one that ships with the package.

    ``cache`` is a folder for the vectors of transformer encoders (the static encoder is faster
    than any cache). Raises InputError when the name is neither shipped, nor a folder, nor a model
    that sentence-transformers can load.
    """
    if name in (None, "default"):
        from aligner.encoders.static import StaticEncoder, shipped_folder

        return StaticEncoder(shipped_folder())
    from aligner.encoders.transformer import load_transformer

    return load_transformer(str(name), cache)
