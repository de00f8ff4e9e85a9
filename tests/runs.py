"""What tests of whole runs share: an audit of a small corpus, and what a run has left in a folder."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from aligner.settings import Settings

ARTICLES = 24


@dataclass(frozen=True)
class Undisturbed:
    """A run that nothing disturbed: what it read, how it was set, what it wrote, and its CPU seconds."""

    corpus: Path
    settings: Settings
    report: dict[str, bytes]
    seconds: float

    @classmethod
    def made_in(cls, folder: Path) -> Undisturbed:
        from aligner.lab.bench.synthetic import write_corpus
        from aligner.run import pipeline
        from tests.detector.tiny import write_detector

        corpus, out = folder / "corpus", folder / "report"
        write_corpus(corpus, ARTICLES)
        settings = Settings(cache=None, detector=str(write_detector(folder / "tiny")))
        pipeline.audit([str(corpus)], settings, out)  # what is loaded once only is not counted
        begun = time.process_time()
        pipeline.audit([str(corpus)], settings, out)
        return cls(corpus, settings, files(out), time.process_time() - begun)


def files(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder, by its path there."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def beside(out: Path) -> set[str]:
    """Return what else there is in the folder of a report."""
    return {path.name for path in out.parent.iterdir()} - {out.name}
