from __future__ import annotations

from pathlib import Path

import pytest

from aligner.checks import wording
from aligner.model import Skipped, Unpaired
from aligner.report.writer import Report, ReportWriter
from aligner.reporters.html import write_pages
from tests.reporters import samples

SIGNATURE = {"aligner": "0.1.0", "encoder": "static-fr-en", "min-confidence": "0.0"}


WORDING = {code: {"found": samples.MESSAGES} for code in samples.NAMES}


@pytest.fixture(autouse=True)
def _sample_wording(monkeypatch: pytest.MonkeyPatch) -> None:
    """Word findings of the samples, whatever the registry holds."""
    monkeypatch.setattr(wording, "_MESSAGES", WORDING)


def fill(writer: ReportWriter) -> Report:
    writer.add_document(samples.HARBOUR_FR, samples.HARBOUR_FINDINGS[2:])
    writer.add_document(samples.HARBOUR_EN, samples.HARBOUR_FINDINGS[:2])
    writer.add_document(samples.MARKET, samples.MARKET_FINDINGS)
    writer.add_alignment(samples.HARBOUR, samples.HARBOUR_PAIR_FINDINGS)
    writer.add_unpaired(Unpaired(samples.MARKET, "only related", "en/harbour.txt", 0.41237))
    writer.add_skipped(Skipped("notes.bin", "not a text: it holds NUL bytes"))
    return writer.finish(SIGNATURE, write_pages=write_pages)


@pytest.fixture
def report(tmp_path: Path) -> Report:
    with ReportWriter(tmp_path / "out") as writer:
        return fill(writer)
