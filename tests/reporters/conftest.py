from __future__ import annotations

from pathlib import Path

import pytest

from aligner.checks import wording
from aligner.model import Skipped, Unpaired
from aligner.report.writer import Report, ReportWriter
from aligner.reporters.html import write_pages
from tests.reporters import samples
from tests.reporters.browser import Driver

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


HOSTILE = """# Le conseil <script>document.title = "taken"</script><img src=x onerror="document.title=1">

שלום \u202eالعالم 🦊👩🏽‍🚒 a dit la maire de Morvilliers. Le marché rouvre samedi à neuf heures.

"""


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the demo and of one hostile article."""
    from aligner.run import pipeline
    from aligner.settings import load_settings
    from tests.shared_data import ROOT

    folder = tmp_path_factory.mktemp("demo")
    long = "Le vent souffle sur la place du marché, et le maire attend. " * 3400
    hostile = folder / "hostile.md"
    hostile.write_text(HOSTILE + long + "\0 fin.\n", encoding="utf-8")
    settings = load_settings(None, {"ui": "en", "cache": False, "detector": False})
    return pipeline.audit([str(ROOT / "corpora" / "demo"), str(hostile)], settings, folder / "out").path


@pytest.fixture(scope="session")
def french_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the demo for French readers."""
    from aligner.run import pipeline
    from aligner.settings import load_settings
    from tests.shared_data import ROOT

    settings = load_settings(None, {"ui": "fr", "cache": False, "detector": False})
    return pipeline.audit(
        [str(ROOT / "corpora" / "demo")], settings, tmp_path_factory.mktemp("demo-fr") / "out"
    ).path


@pytest.fixture
def index(driver: Driver, demo: Path) -> Driver:
    driver.get("about:blank")
    driver.get((demo / "index.html").as_uri())
    return driver


@pytest.fixture
def faulty_pair(driver: Driver, demo: Path) -> Driver:
    """The page of the pair with the most findings."""
    page = max(demo.glob("pairs/*.html"), key=lambda path: path.read_text("utf-8").count('class="note '))
    driver.get(page.as_uri())
    return driver
