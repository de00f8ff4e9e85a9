"""The public functions: their examples run, on the demo corpus, and importing them is cheap."""

import doctest
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import aligner
import aligner.api
from tests.cli.articles import GLUED, write_pair

ROOT = Path(__file__).parent.parent.parent


def test_examples_in_the_docstrings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = doctest.testmod(aligner.api)
    assert (result.failed, result.attempted > 8) == (0, True)


def test_importing_loads_nothing_heavy() -> None:
    code = (
        "import sys, aligner; aligner.InputError; "
        "print([m for m in ('torch', 'pandas', 'numpy', 'transformers', 'click') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout.strip() == "[]"


def test_every_public_name_is_there() -> None:
    for name in aligner.__all__:
        assert getattr(aligner, name).__doc__
    assert set(aligner.__all__) <= set(dir(aligner))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        aligner.nothing  # noqa: B018


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = write_pair(tmp_path / "articles")
    (folder / "passerelle.txt").write_text(GLUED, encoding="utf-8")
    (folder / "empty.txt").touch()
    return folder


def test_a_report_without_a_folder_lasts_as_long_as_it_is_held(corpus: Path) -> None:
    report = aligner.audit(corpus, select="EXT101")
    place = report.path
    assert [finding.excerpt for finding in report.findings()] == ["troisde"]
    assert "<table>" in report._repr_html_()
    del report
    assert not place.exists()


def test_a_report_in_a_folder_stays(corpus: Path, tmp_path: Path) -> None:
    aligner.audit([corpus], tmp_path / "one", select=["EXT"])
    report = aligner.audit([str(corpus)], tmp_path / "two", previous=tmp_path / "one", select=["EXT"])
    assert report.summary["trend"]["findings"]["remaining"] == 1
    assert (tmp_path / "two" / "index.html").is_file()


def test_tables_for_pandas_and_notebooks(corpus: Path) -> None:
    pairs = aligner.pair(corpus)
    assert (len(pairs), len(pairs.unpaired), len(pairs.skipped)) == (1, 0, 1)
    assert pairs.to_frame()["kind"].tolist() == ["translation"]
    beads = aligner.align(corpus / "passerelle.txt", corpus / "footbridge.txt")
    assert beads.to_frame()["kind"].iloc[0] == beads[0].kind == "1-1"
    assert len(beads[:2]) == 2
    findings = aligner.lint(corpus, select="EXT101")
    assert findings.to_frame()["excerpt"].tolist() == ["troisde"]
    for shown in (pairs, beads, findings):
        assert "<table" in shown._repr_html_()


def test_empty_tables_keep_their_columns(corpus: Path) -> None:
    (corpus / "footbridge.txt").unlink()
    assert "fr_path" in aligner.pair(corpus).to_frame().columns
    none = aligner.lint(corpus, select="EXT104")
    assert {"code", "message"} <= set(none.to_frame().columns)
    report = aligner.audit(corpus, select="EXT104")
    assert report.to_frame().empty
    assert list(report.to_frame().columns) == list(none.to_frame().columns)
    assert "kind" in report.to_frame("beads").columns
    assert "0 findings" in none._repr_html_()


def test_settings_come_from_a_file_only_if_it_is_named(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(corpus.parent)
    Path("aligner.toml").write_text('ignore = ["EXT101"]\n', encoding="utf-8")
    assert len(aligner.lint("articles", select="EXT")) == 1
    assert len(aligner.lint("articles", select="EXT", config="aligner.toml")) == 0


@pytest.mark.parametrize("options", [{"colour": True}, {"min_confidence": 2}, {"select": "ZZZ"}])
def test_wrong_options(corpus: Path, options: dict[str, Any]) -> None:
    with pytest.raises(aligner.InputError):
        aligner.audit(corpus, **options)


def test_a_text_is_escaped_in_a_notebook(tmp_path: Path) -> None:
    bad = GLUED.replace("troisde", "<b>troisde</b> troisde")
    (tmp_path / "a.txt").write_text(bad, encoding="utf-8")
    assert "<b>" not in aligner.lint(tmp_path / "a.txt")._repr_html_()
