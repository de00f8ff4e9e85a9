"""The signature of a report: what is needed to reproduce it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from aligner.encoders import Encoder
from aligner.model import SUSPICION, Check
from aligner.run.session import task_config
from aligner.settings import Gate, Settings
from aligner.settings.review import EMPTY
from aligner.version import package_versions, version

DIGESTED = ("pairs", "beads", "terms", "allow", "confidence", "suppress")
"""Settings that are given as a digest, where they are not empty."""


def signature(settings: Settings, encoder: Encoder, checks: Sequence[Check]) -> dict[str, str]:
    """Return what is needed to reproduce a report: versions, models, checks and thresholds."""
    options = {name: getattr(settings, name) for name in DIGESTED}
    options["ignored_files"] = settings.read.ignore
    if settings.review != EMPTY:
        options["review"] = settings.review
    if settings.gate != Gate():
        options["gate"] = settings.gate
    return {
        "aligner": version(),
        "encoder": encoder.version,
        "detector": spec.version if (spec := task_config(settings, checks).detector) else "none",
        "checks": ",".join(check.code for check in checks),
        "min_confidence": str(settings.min_confidence),
        **({"text_kind": settings.text_kind} if settings.text_kind else {}),
        **({} if settings.suspicion == SUSPICION else {"suspicion": str(settings.suspicion)}),
        **{name: _digest(value) for name, value in options.items() if value},
        **package_versions(),
    }


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "backslashreplace")).hexdigest()[:12]
