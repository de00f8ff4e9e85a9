"""The detector: for each word of a text, how likely it is to be garbled, and in what way."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from aligner.detector.protocol import Detector
from aligner.detector.scoring import score_alignment, score_article

__all__ = ["Detector", "default_folder", "load", "score_alignment", "score_article"]


def default_folder() -> Path:
    """Return the folder of the detector that ships with the package."""
    return Path(str(resources.files("aligner.detector") / "data" / "default"))


def load(name: str | Path | None = None, cache: Path | None = None) -> Detector:
    """Load the detector in the folder ``name``; None or "default" is the one that ships with the package.

    Its scores are kept in the folder ``cache``, where one is given. The weights are read when it
    first scores something. Raises InputError where the folder holds no detector.
    """
    from aligner.detector.cache import Remembering
    from aligner.detector.onnx import OnnxDetector

    detector = OnnxDetector(default_folder() if name in (None, "default") else Path(str(name)))
    return Remembering(detector, detector.fingerprint, cache) if cache else detector
