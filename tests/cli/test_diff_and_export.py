"""Two reports compared, the trend of an audit, and the bitext of a report."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.articles import ENGLISH, FRENCH, GLUED, aligner, write_pair

STORM = "A storm hit the coast on Monday night.\n\nNobody was hurt, the harbour master said.\n"


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Two reports on the same paths: a fault fixed, another one new, and a pair lost."""
    folder = tmp_path_factory.mktemp("reports")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        write_pair(Path("articles"))
        french = GLUED.replace("fermée depuis", "ferméedepuis")
        Path("articles/passerelle.txt").write_text(french, encoding="utf-8")
        assert aligner("audit", "articles", "--out", "old", "--select", "EXT,ACC").exit_code == 0
        Path("articles/passerelle.txt").write_text(french.replace("troisde", "trois de"), encoding="utf-8")
        english = ENGLISH.replace("slightly less than", "slightly lessthan")
        Path("articles/footbridge.txt").write_text(english, encoding="utf-8")
        options = ("--select", "EXT,ACC", "--previous", "old")
        assert "Since the older report" in aligner("audit", "articles", "--out", "new", *options).stdout
        Path("articles/footbridge.txt").write_text(STORM, encoding="utf-8")
        aligner("audit", "articles", "--out", "lost", "--select", "EXT,ACC")
        yield folder


@pytest.fixture(autouse=True)
def _here(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(reports)


def test_findings_new_fixed_and_remaining() -> None:
    run = aligner("diff", "old", "new")
    assert (run.exit_code, run.stderr) == (0, "")
    lines = run.stdout.splitlines()
    assert lines[0].startswith("+ articles/footbridge.txt:3:")
    assert "lessthan" in lines[0]
    assert lines[1].startswith("- articles/passerelle.txt:3:")
    assert lines[2] == "1 new, 1 fixed, 1 remaining, 0 pairs gained, 0 pairs lost"
    assert lines[3].startswith("Corpus score: ")
    assert "1 nouveau, 1 résolu, 1 restant" in aligner("diff", "old", "new", "--ui", "fr").stdout


def test_the_same_report_twice() -> None:
    assert aligner("diff", "old", "old").stdout.startswith("0 new, 0 fixed, 2 remaining")


def test_pairs_gained_and_lost() -> None:
    pair = "articles/passerelle.txt|articles/footbridge.txt"
    content = json.loads(aligner("diff", "new", "lost", "--format", "json").stdout)
    assert (content["pairs_lost"], content["pairs_gained"]) == ([pair], [])
    back = json.loads(aligner("diff", "lost", "new", "--format", "json").stdout)
    assert back["pairs_gained"] == [pair]
    assert {"new", "fixed", "remaining", "silenced", "trend"} <= set(back)
    assert back["new"][0]["excerpt"] == "lessthan"
    assert f"- Pair: {pair}" in aligner("diff", "new", "lost").stdout


def test_what_is_no_report() -> None:
    for pair in (("old", "nowhere"), ("articles", "new")):
        run = aligner("diff", *pair)
        assert run.exit_code == 2
        assert "not a report folder" in run.stderr


def test_reports_of_other_paths(reports: Path) -> None:
    elsewhere = reports / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "rain.txt").write_text("Rain is expected on the coast tomorrow.\n", encoding="utf-8")
    aligner("audit", "elsewhere", "--out", "other", "--select", "EXT")
    assert "no article in common" in aligner("diff", "old", "other").stdout


def test_trend_of_an_audit() -> None:
    trend = json.loads(Path("new/summary.json").read_text("utf-8"))["trend"]
    assert trend["findings"] == {"new": 1, "fixed": 1, "silenced": 0, "remaining": 1}
    assert trend["articles"] == {"then": 2, "now": 2}
    assert trend["score"]["now"] == json.loads(Path("new/summary.json").read_text("utf-8"))["score"]
    assert "Since the older report" in Path("new/index.html").read_text("utf-8")
    assert "trend" not in json.loads(Path("old/summary.json").read_text("utf-8"))
    run = aligner("audit", "articles", "--out", "newest", "--previous", "nowhere")
    assert run.exit_code == 2
    assert not Path("newest").exists()


def test_export_as_tsv() -> None:
    run = aligner("export", "new", "--format", "tsv")
    assert run.exit_code == 0
    header, *lines = run.stdout.splitlines()
    assert header == "fr\ten\tsimilarity\tpair"
    assert lines[0].startswith(
        "La passerelle de Morvilliers rouvre après deux ans de travaux\tMorvilliers footb"
    )
    assert f"{len(lines)} of {len(lines)} beads exported" in run.stderr


def test_export_leaves_out_what_is_asked() -> None:
    count = len(aligner("export", "new", "--format", "tsv").stdout.splitlines())
    clean = aligner("export", "new", "--format", "tsv", "--exclude", "ext101").stdout
    assert len(clean.splitlines()) == count - 2
    assert "lessthan" not in clean
    assert (
        len(aligner("export", "new", "--format", "tsv", "--min-score", "0.999").stdout.splitlines()) < count
    )
    for options in (("--kind", "adapted"), ("--min-score", "1")):
        run = aligner("export", "new", *options)
        assert run.exit_code == 2
        assert "is left to export" in run.stderr


def test_export_as_tmx_and_moses(reports: Path) -> None:
    assert aligner("export", "new").stdout.startswith(
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">'
    )
    assert aligner("export", "new", "--format", "moses").exit_code == 2
    assert aligner("export", "new", "--format", "moses", "--out", "out/corpus.v1").exit_code == 0
    sides = [Path(f"out/corpus.v1.{side}").read_text("utf-8").splitlines() for side in ("fr", "en")]
    assert len(sides[0]) == len(sides[1])
    assert sides[0][0] == FRENCH.splitlines()[0]


def test_what_cannot_be_exported() -> None:
    run = aligner("export", "new", "--exclude", "ZZZ")
    assert run.exit_code == 2
    assert "no check 'ZZZ'" in run.stderr
    assert aligner("export", "nowhere").exit_code == 2
    assert aligner("export", "new", "--min-score", "1.5").exit_code == 2


def test_export_of_findings_as_a_workbook() -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    pytest.importorskip("xlsxwriter", reason="XlsxWriter is not installed")
    assert aligner("export", "new", "--format", "xlsx").exit_code == 2
    assert aligner("export", "new", "--format", "xlsx", "--out", "x.xlsx", "--min-score", "1").exit_code == 2
    assert aligner("export", "new", "--format", "xlsx", "--out", "out/findings.xlsx").exit_code == 0
    (sheet,) = openpyxl.load_workbook("out/findings.xlsx")
    assert [row[7] for row in sheet.iter_rows(values_only=True, min_row=2)] == ["lessthan", "troisde"][:1] + [
        finding["excerpt"]
        for finding in map(json.loads, Path("new/findings.jsonl").read_text("utf-8").splitlines()[1:])
    ]
