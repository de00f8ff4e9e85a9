"""The public functions: their examples run, on the demo corpus, and importing them is cheap."""

import doctest
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import aligner
from aligner import encoders
from aligner.api import functions, loaded, reports, tables
from aligner.run import tasks
from aligner.settings import Settings
from tests.cli.articles import ENGLISH, FRENCH, GLUED, write_pair
from tests.cli.articles import aligner as command

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize(("module", "least"), [(functions, 13), (loaded, 3), (reports, 1), (tables, 3)])
def test_examples_in_the_docstrings(monkeypatch: pytest.MonkeyPatch, module: ModuleType, least: int) -> None:
    monkeypatch.chdir(ROOT)
    result = doctest.testmod(module)
    assert (result.failed, result.attempted >= least) == (0, True)


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


def test_options_are_those_of_the_settings() -> None:
    keys = {field.name for field in fields(Settings)} - {"pairs_folder"}
    assert set(aligner.Options.__annotations__) == keys | {"config"}


def test_a_text_is_checked_as_it_is() -> None:
    (finding,) = aligner.lint(text=GLUED, select="EXT101")
    assert (finding.path, finding.excerpt, GLUED[finding.start : finding.end]) == (
        "text",
        "troisde",
        "troisde",
    )
    suppress = [{"code": "EXT101", "reason": "a name"}]
    assert [f.suppressed for f in aligner.lint(text=GLUED, select="EXT101", suppress=suppress)] == [True]
    assert aligner.lint(text="Table", language="fr", select="EXT101") == ()


@pytest.mark.parametrize(
    "call",
    [
        lambda: aligner.lint(),
        lambda: aligner.lint("a", text="b"),
        lambda: aligner.lint(text=""),
        lambda: aligner.lint(text=FRENCH, select="ACC301"),
        lambda: aligner.lint(text="Das Museum öffnet morgen wieder seine Türen für alle Besucher der Stadt."),
        lambda: aligner.align("a.txt"),  # type: ignore[arg-type]
        lambda: aligner.align(FRENCH, ENGLISH, texts=True, presegmented=True),
        lambda: aligner.align(FRENCH, FRENCH, texts=True),
        lambda: aligner.check("corpora", since="HEAD", files=["a"]),
        lambda: aligner.explain("ZZZ"),
        lambda: aligner.diff("nowhere", "nowhere"),
        lambda: aligner.export("nowhere"),
    ],
)
def test_wrong_calls(call: Callable[[], object]) -> None:
    with pytest.raises(aligner.InputError):
        call()


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("score", ([".."], [".."]), r"\['..'\] \(list\) is no path: give the name of a file"),
        ("lint", (5,), r"5 \(int\) is no path: give the name of a file or folder"),
        ("audit", (["x", None],), r"None \(NoneType\) is no path: give"),
        ("pair", (object,), "is no path: give"),
        ("fix", (5,), "is no path: give"),
        ("align", (5,), "is no path: give the names of a French and an English file"),
        ("align", ([("a.txt",)],), r"pair 0: \('a.txt',\) \(tuple\) has not two sides: give"),
        ("grade", (5,), r"5 \(int\) is no path: give the names of files, rows"),
        ("grade", ([("a",)],), r"row 0: \('a',\) \(tuple\) has not two sides: give rows"),
        ("grade", ([("a", "b"), ("a", 5)],), r"row 1: 5 \(int\) is no text: give rows"),
        ("grade", ([{"fr": "a"}],), "row 0: .* has not two sides"),
        ("explain", (), "explain takes the code or name of a check"),
        ("diff", (5, 5), "is no path: give a report or its folder"),
    ],
)
def test_input_of_a_wrong_shape_is_named_with_the_way_out(
    name: str, given: tuple[object, ...], said: str
) -> None:
    with pytest.raises(aligner.InputError, match=said):
        getattr(aligner, name)(*given)


def test_a_data_frame_is_audited_as_its_articles_in_files_are(corpus: Path) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(
        {"text": [GLUED, ENGLISH, None], "title": ["Passerelle", None, "x"]}, index=[7, 8, 9]
    )
    report = aligner.audit(frame, select="EXT101,ACC")
    (finding,) = [f for f in report.findings() if f.counts]
    assert (finding.row, finding.excerpt) == ("7", "troisde")
    assert [pair.kind for pair in report.pairs()] == ["translation"]
    assert report.figures["skipped"] == 1
    assert [d.title for d in report.documents() if d.language == "fr"] == ["Passerelle"]
    named = aligner.lint(frame.assign(id=["a", "b", "c"]), select="EXT101")
    assert [f.row for f in named] == ["a"]
    assert len(aligner.pair(frame)) == 1
    with pytest.raises(aligner.InputError, match="no column 'text'"):
        aligner.audit(frame[["title"]])
    rows = pandas.DataFrame({"fr": ["Il pleut.", None], "en": ["It rains.", "It snows."]})
    assert [g.fr for g in aligner.grade(rows, detector=False)] == ["Il pleut.", None]


def test_many_pairs_in_one_call(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pair = (corpus / "passerelle.txt", corpus / "footbridge.txt")
    loads: list[str | None] = []
    load = encoders.load

    def counted(name: str | None, folder: Path | None) -> encoders.Encoder:
        loads.append(name)
        return load(name, folder)

    monkeypatch.setattr(encoders, "load", counted)
    tasks._encoder.cache_clear()
    one = aligner.align(*pair)
    many = aligner.align([pair, pair[::-1]])
    assert [each.alignment.beads for each in many] == [one.alignment.beads] * 2
    assert aligner.align([(GLUED, ENGLISH)], texts=True)[0].to_frame()["kind"].tolist() == [
        b.kind for b in one
    ]
    loaded = aligner.Aligner(detector=False)
    assert len(loaded.align(*pair)) == len(loaded.align([pair])[0]) == len(one)
    assert len(loads) == 1


def test_an_aligner_passes_its_options_on(corpus: Path) -> None:
    loaded = aligner.Aligner(select="EXT101", detector=False)
    assert [f.excerpt for f in loaded.lint(corpus)] == ["troisde"]
    assert loaded.lint(corpus, select="EXT104") == ()
    assert [f.excerpt for f in loaded.audit(corpus).findings()] == ["troisde"]
    assert len(loaded.pair(corpus)) == 1
    assert len(loaded.grade([("Il pleut.", "It rains.")])) == 1
    with pytest.raises(aligner.InputError):
        aligner.Aligner(encoder="no/such/model")


def test_what_is_returned_shows_itself_shortly_and_counts_as_the_page_does(
    corpus: Path, tmp_path: Path
) -> None:
    report = aligner.audit(corpus, tmp_path / "report", select="EXT,TYP,ACC")
    counted = [f for f in report.findings() if f.counts]
    assert report.figures["findings"] == len(counted)
    assert f"findings {len(counted)}" in repr(report)
    page = (tmp_path / "report" / "index.html").read_text("utf-8")
    assert f'"findings": {len(counted)}' in page or f">{len(counted)}<" in page
    pairs = aligner.pair(corpus)
    findings = aligner.lint(corpus, select="EXT101")
    beads = aligner.align(corpus / "passerelle.txt", corpus / "footbridge.txt")
    outcome = aligner.check(corpus, select="EXT101")
    for shown in (
        report,
        pairs,
        pairs[0],
        pairs[0].pair,
        pairs[0].pair.fr,
        findings,
        findings[0],
        beads,
        beads[0],
        outcome,
        aligner.fix(corpus, select="EXT101"),
        aligner.diff(report.path, report.path),
    ):
        assert len(repr(shown)) < 600, repr(shown)
    assert repr(findings) == "<1 finding>"
    assert repr(outcome) == "<Outcome: failed, 2 articles, 1 finding>"


def test_the_gate_and_its_choices(corpus: Path, tmp_path: Path) -> None:
    outcome = aligner.check(corpus, select="EXT101")
    assert (outcome.verdict.passed, len(outcome.findings)) == (False, 1)
    assert aligner.check(corpus, select="EXT101", fail_on="critical").verdict.passed
    assert aligner.check(corpus, select="EXT101", files=[corpus / "footbridge.txt"]).verdict.passed
    assert (
        command(
            "check", corpus, "--select", "EXT101", "--write-baseline", "--baseline", tmp_path / "b.json"
        ).exit_code
        == 0
    )
    assert aligner.check(
        corpus, select="EXT101", baseline=tmp_path / "b.json", out=tmp_path / "out"
    ).verdict.passed
    assert aligner.Report(tmp_path / "out").figures["articles"] == 2


def test_fix_score_diff_and_export(corpus: Path, tmp_path: Path) -> None:
    path = corpus / "passerelle.txt"
    (fixed,) = aligner.fix(corpus, select="EXT101")
    assert "+" in fixed.diff()
    assert path.read_text("utf-8") == GLUED
    before = aligner.audit(corpus, tmp_path / "old", select="EXT101")
    assert len(aligner.fix(corpus, write=True, select="EXT101")) == 1
    assert path.read_text("utf-8") == FRENCH
    assert aligner.fix(corpus, select="EXT101") == ()
    change = aligner.diff(before, aligner.audit(corpus, tmp_path / "new", select="EXT101").path)
    assert [f.excerpt for f in change.fixed] == ["troisde"]
    assert aligner.score(path, path)[0].value == pytest.approx(100)
    units = aligner.export(tmp_path / "new")
    assert list(units.to_frame().columns) == ["fr", "en", "similarity", "pair"]
    assert units.to_tmx().count("<tu>") == len(units) == len(aligner.export(before, kinds=["translation"]))
    assert "<table" in units._repr_html_()


def test_the_command_aligns_many_pairs_in_one_go(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(corpus)
    row = "passerelle.txt,footbridge.txt\n"
    Path("pairs.csv").write_text(f"fr,en\n{row}{row}", encoding="utf-8")
    one = command("align", "passerelle.txt", "footbridge.txt", "--format", "jsonl").stdout
    assert command("align", "--pairs", "pairs.csv", "--format", "jsonl").stdout == one * 2
    assert command("align", "--pairs", "pairs.csv", "--format", "tsv").exit_code == 2
    assert command("align").exit_code == command("align", "passerelle.txt").exit_code == 2
    for form, names in (("tsv", ["1.tsv", "2.tsv"]), ("moses", ["1.en", "1.fr", "2.en", "2.fr"])):
        assert command("align", "--pairs", "pairs.csv", "--format", form, "--out", form).exit_code == 0
        assert sorted(path.name for path in Path(form).iterdir()) == names
    Path("pairs.csv").write_text(f"fr,en\nnowhere.txt,footbridge.txt\n{row}", encoding="utf-8")
    run = command("align", "--pairs", "pairs.csv", "--format", "jsonl")
    assert (run.exit_code, run.stdout) == (2, one)
    assert run.stderr.startswith("aligner: pair 1: nowhere.txt: no such file")
