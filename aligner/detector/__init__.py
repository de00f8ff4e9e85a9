"""The detector: for each word of a text, how likely it is to be garbled, and in what way."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from aligner.detector.hearing import hear_alignment, hear_article
from aligner.detector.protocol import Detector

__all__ = ["Detector", "hear_alignment", "hear_article", "load"]


def load(name: str | Path | None = None, cache: Path | None = None) -> Detector:
    """The detector in the folder ``name``; None or "default" is the one that ships with the package.

    What it heard is kept in the folder ``cache``, where one is given. The weights are read when it
    first hears something. Raises InputError where the folder holds no detector.
    """
    from aligner.detector.cache import Remembering
    from aligner.detector.onnx import OnnxDetector

    shipped = Path(str(resources.files("aligner.detector") / "data" / "default"))
    found = OnnxDetector(shipped if name in (None, "default") else Path(str(name)))
    return Remembering(found, found.fingerprint, cache) if cache else found
