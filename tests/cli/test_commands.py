"""Every command on a small corpus of our own: what it writes, where, and how it ends."""

import json
import logging
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from aligner.checks.registry import CHECKS
from tests.cli.articles import ENGLISH, GLUED, aligner, write_pair


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A pair with two words run together on its French side."""
    folder = write_pair(tmp_path / "corpus")
    (folder / "passerelle.txt").write_text(GLUED, encoding="utf-8")
    return folder


def audit(corpus: Path, report: str = "report", *options: str) -> Result:
    return aligner("audit", corpus, "--out", corpus.parent / report, "--select", "EXT", *options)


def files(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def test_audit_writes_the_report_and_says_what_was_read(corpus: Path) -> None:
    run = audit(corpus)
    assert (run.exit_code, run.stderr) == (0, "")
    assert "2 articles" in run.stdout
    assert "1 pair" in run.stdout
    assert "index.html" in run.stdout
    assert "\x1b" not in run.stdout
    written = files(corpus.parent / "report")
    (finding,) = map(json.loads, written["findings.jsonl"].splitlines())
    assert (finding["code"], finding["excerpt"]) == ("EXT101", "troisde")
    signature = json.loads(written["summary.json"])["signature"]
    assert signature["checks"].startswith("EXT101,")
    assert {"aligner", "encoder", "min_confidence"} <= set(signature)


def test_audit_twice_and_in_two_processes_gives_the_same_bytes(corpus: Path) -> None:
    for report, jobs in (("one", "1"), ("again", "1"), ("two", "2")):
        assert audit(corpus, report, "--jobs", jobs).exit_code == 0
    one = files(corpus.parent / "one")
    assert one == files(corpus.parent / "again")
    assert one == files(corpus.parent / "two")


def test_quiet_audit(corpus: Path) -> None:
    run = audit(corpus, "report", "--quiet")
    assert (run.exit_code, run.output) == (0, "")


@pytest.mark.parametrize(("severity", "code"), [("minor", 1), ("major", 1), ("critical", 0)])
@pytest.mark.parametrize("command", ["audit", "lint"])
def test_fail_on(corpus: Path, command: str, severity: str, code: int) -> None:
    options = ("--out", corpus.parent / "report") if command == "audit" else ()
    run = aligner(command, corpus, "--select", "EXT101", "--fail-on", severity, *options)
    assert run.exit_code == code


def test_interface_in_french(corpus: Path) -> None:
    english, french = audit(corpus, "report", "--ui", "en"), audit(corpus, "report", "--ui", "fr")
    assert english.stdout != french.stdout
    assert 'lang="fr"' in (corpus.parent / "report" / "index.html").read_text(encoding="utf-8")


def test_settings_of_the_working_directory(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(corpus.parent)
    Path("aligner.toml").write_text('ignore = ["EXT101"]\n', encoding="utf-8")
    assert aligner("lint", "corpus", "--select", "EXT").stdout.startswith("0 findings in 2 articles")
    assert "troisde" in aligner("lint", "corpus", "--select", "EXT", "--ignore", "TYP").stdout


def test_lint_lets_go_what_is_suppressed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    table = '[[suppress]]\npath = "*.md"\nexcerpt = ["dansla", "surle"]\nreason = "As printed."\n'
    Path("aligner.toml").write_text(table, encoding="utf-8")
    comments = "<!-- aligner: ignore EXT104 a refrain --><!-- aligner: ignore EXT103 gone -->"
    text = f"La foule a attendu dansla rue. Elle a attendu a attendu le maire de la ville.\n\n{comments}\n"
    Path("a.md").write_text(text, encoding="utf-8")
    run = aligner("lint", "a.md", "--select", "EXT")
    assert run.stdout.startswith("0 findings in 1 article")
    assert run.stderr.count("suppresses nothing any more") == 1
    assert "EXT103 (gone)" in run.stderr
    every = [json.loads(line) for line in aligner("lint", "a.md", "--format", "jsonl").stdout.splitlines()]
    assert {finding["code"] for finding in every if finding["suppressed"]} >= {"EXT101", "EXT104"}


@pytest.mark.parametrize("name", ["rows.tsv", "rows.tmx"])
def test_bitext_is_audited_as_it_stands(tmp_path: Path, name: str) -> None:
    rows = [
        ("La passerelle a rouvert samedi matin.", "The footbridge reopened on Saturday morning."),
        ("Elle était ferméedepuis deux ans.", "It had been closed for two years."),
        ("", "Cars will no longer be allowed across it."),
    ]
    if name.endswith("tsv"):
        text = "".join(f"{i}\t{en}\t{fr}\n" for i, (fr, en) in enumerate(rows))
        (tmp_path / name).write_text(f"id\ten\tfr\n{text}", encoding="utf-8")
    else:
        units = "".join(
            f'<tu><tuv xml:lang="fr"><seg>{fr}</seg></tuv><tuv xml:lang="en"><seg>{en}</seg></tuv></tu>'
            for fr, en in rows
        )
        text = f'<tmx version="1.4"><header/><body>{units}</body></tmx>'
        (tmp_path / name).write_text(text, encoding="utf-8")
    for path in (tmp_path / name, tmp_path):  # named itself, or found in its folder
        run = aligner("audit", path, "--select", "EXT", "--out", tmp_path.parent / f"report-{path.name}")
        assert (run.exit_code, run.stderr) == (0, "")
        written = files(tmp_path.parent / f"report-{path.name}")
        beads = [json.loads(line) for line in written["beads.jsonl"].splitlines()]
        assert [(bead["fr_text"], bead["en_text"]) for bead in beads] == rows
        assert "ferméedepuis" in written["findings.jsonl"].decode()


def test_broken_bitext_beside_articles(corpus: Path) -> None:
    (corpus / "memory.tmx").write_text("<tmx><body><tu>", encoding="utf-8")
    run = audit(corpus)
    assert run.exit_code == 0
    assert "memory.tmx: skipped: broken XML" in run.stderr


def test_known_pair_is_taken_as_it_is(tmp_path: Path) -> None:
    corpus = write_pair(tmp_path / "corpus")
    (corpus / "storm.txt").write_text("A storm hit the coast on Monday night.\n\nNobody was hurt.\n")
    known = tmp_path / "known.csv"
    known.write_text(f"fr,en\n{corpus}/passerelle.txt,{corpus}/storm.txt\n", encoding="utf-8")
    run = aligner("pair", corpus, "--pairs", known, "--format", "csv")
    assert run.exit_code == 0
    assert f"{corpus}/passerelle.txt,{corpus}/storm.txt," in run.stdout


def test_pair_formats(corpus: Path) -> None:
    key = {"fr_path": f"{corpus}/passerelle.txt", "en_path": f"{corpus}/footbridge.txt"}
    columns = ["fr_path", "en_path", "score", "margin", "kind", "coverage_fr", "coverage_en"]
    record = json.loads(aligner("pair", corpus, "--format", "jsonl").stdout)
    assert list(record) == columns
    assert record.items() >= key.items()
    header, line = aligner("pair", corpus, "--format", "csv").stdout.splitlines()
    assert header.split(",") == columns
    assert line.startswith(",".join(key.values()))
    table = aligner("pair", corpus).stdout
    assert table.startswith("FRENCH")
    assert "ANGLAIS" in aligner("pair", corpus, "--ui", "fr").stdout
    assert "translation" in table


def test_articles_without_counterpart_are_named(corpus: Path) -> None:
    (corpus / "footbridge.txt").unlink()
    run = aligner("pair", corpus)
    assert run.exit_code == 0
    assert "no pair found among 1 article" in run.stderr
    assert "passerelle.txt" in run.stdout
    (corpus / "other.txt").write_text(ENGLISH.replace("Morvilliers", "Anvers"), encoding="utf-8")
    (corpus / "passerelle.txt").write_text(ENGLISH, encoding="utf-8")
    assert "no pair found: all 2 articles are in English" in aligner("pair", corpus).stderr


def align(corpus: Path, form: str, *options: str | Path) -> Result:
    return aligner("align", corpus / "passerelle.txt", corpus / "footbridge.txt", "--format", form, *options)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("table", "1-1"),
        ("tsv", "0\t0\t"),
        ("jsonl", '"index":0'),
        ("tmx", '<tmx version="1.4">'),
        ("ladder", "0\t0\t"),
        ("vecalign", "[0]:[0]:"),
        ("html", "<mark"),
    ],
)
def test_align_formats(corpus: Path, form: str, said: str) -> None:
    run = align(corpus, form)
    assert (run.exit_code, run.stderr) == (0, "")
    assert said in run.stdout
    out = corpus.parent / "new" / "out"
    assert align(corpus, form, "--out", out).stdout == ""
    assert out.read_text(encoding="utf-8") == run.stdout


def test_moses_needs_two_files(corpus: Path) -> None:
    assert align(corpus, "moses").exit_code == 2
    prefix = corpus.parent / "corpus.v1"
    assert align(corpus, "moses", "--out", prefix).exit_code == 0
    sides = [Path(f"{prefix}.{language}").read_text(encoding="utf-8") for language in ("fr", "en")]
    assert sides[0].startswith("La passerelle de Morvilliers rouvre")
    assert len(sides[0].splitlines()) == len(sides[1].splitlines())


def test_presegmented_text_keeps_every_line(tmp_path: Path) -> None:
    (tmp_path / "fr").write_text("Photo : A. Kern\nIl pleut. Il vente.\n\nOn rentre.\n", encoding="utf-8")
    (tmp_path / "en").write_text("Photo: A. Kern\nIt rains. It blows.\nWe go home.\n", encoding="utf-8")
    run = aligner("align", tmp_path / "fr", tmp_path / "en", "--presegmented", "--format", "tsv")
    assert run.exit_code == 0
    beads = [line.split("\t") for line in run.stdout.splitlines()]
    assert [n for bead in beads for n in bead[0].split()] == ["0", "1", "2", "3"]
    assert [n for bead in beads for n in bead[1].split()] == ["0", "1", "2"]


def test_sides_given_the_other_way_round(corpus: Path) -> None:
    run = aligner("align", corpus / "footbridge.txt", corpus / "passerelle.txt", "--format", "tsv")
    assert "other way round" in run.stderr
    assert run.stdout == align(corpus, "tsv").stdout


def test_both_sides_in_one_language(corpus: Path) -> None:
    run = aligner("align", corpus / "passerelle.txt", corpus / "passerelle.txt")
    assert run.exit_code == 2
    assert "both in French" in run.stderr


def test_lint_formats(corpus: Path) -> None:
    text = aligner("lint", corpus, "--select", "EXT").stdout.splitlines()
    assert re.match(rf"{corpus}/passerelle\.txt:3:\d+: major EXT101 ", text[0])
    assert "2 articles" in text[-1]
    record = json.loads(aligner("lint", corpus, "--select", "EXT", "--format", "jsonl").stdout)
    assert record["excerpt"] == "troisde"
    out = corpus.parent / "found.txt"
    assert aligner("lint", corpus, "--select", "EXT", "--out", out).stdout == ""
    assert out.read_text(encoding="utf-8").splitlines() == text


def test_lint_reads_standard_input() -> None:
    run = aligner("lint", "-", "--select", "EXT101", stdin=GLUED.encode())
    assert run.exit_code == 0
    assert run.stdout.startswith("-:3:")


def test_lint_with_checks_that_need_a_pair(corpus: Path) -> None:
    bilingual = next(check for check in CHECKS if check.scope == "bead")
    run = aligner("lint", corpus, "--select", bilingual.code)
    assert run.exit_code == 2
    assert "aligner audit" in run.stderr


def test_output_that_cannot_be_written(corpus: Path) -> None:
    run = aligner("lint", corpus, "--out", corpus / "passerelle.txt" / "out")
    assert run.exit_code == 2
    assert "cannot be written" in run.stderr


def test_score_of_two_texts(corpus: Path) -> None:
    other = corpus / "other.txt"
    other.write_text(ENGLISH.replace("reopened on Saturday", "opened again on Saturday"), encoding="utf-8")
    same = aligner("score", corpus / "footbridge.txt", corpus / "footbridge.txt", "--format", "json")
    close = aligner("score", other, corpus / "footbridge.txt", "--format", "json")
    perfect, near = json.loads(same.stdout), json.loads(close.stdout)
    assert [round(score["value"], 3) for score in perfect] == [100, 100, 0]
    assert [score["name"] for score in near] == ["chrF2", "BLEU", "TER"]
    assert 80 < near[0]["value"] < 100
    assert "signature" in aligner("score", other, other).stdout.lower()


def test_score_of_two_languages(corpus: Path) -> None:
    run = aligner("score", corpus / "passerelle.txt", corpus / "footbridge.txt")
    assert run.exit_code == 2
    assert "one language" in run.stderr


def test_presegmented_score(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("It rains.\nWe go home.\n", encoding="utf-8")
    (tmp_path / "b").write_text("It rains.\n", encoding="utf-8")
    run = aligner("score", tmp_path / "a", tmp_path / "a", "--presegmented")
    assert run.exit_code == 0
    run = aligner("score", tmp_path / "a", tmp_path / "b", "--presegmented")
    assert run.exit_code == 2
    assert "2 lines" in run.stderr


def test_checks_lists_all() -> None:
    lines = aligner("checks").stdout.splitlines()
    assert [line.split()[0] for line in lines[1:] if line[0] != " "] == [check.code for check in CHECKS]
    records = [json.loads(line) for line in aligner("checks", "--format", "jsonl").stdout.splitlines()]
    assert [record["name"] for record in records] == [check.name for check in CHECKS]


@pytest.mark.parametrize("how", [lambda c: c.code, lambda c: c.name, lambda c: c.code.lower()])
def test_explain(how: Callable[[object], str]) -> None:
    for check in CHECKS:
        run = aligner("explain", how(check))
        assert run.exit_code == 0
        assert run.stdout.startswith(f"{check.code} {check.name}\n")
        assert check.doc.strip() in run.stdout


def test_explain_what_is_not_there() -> None:
    run = aligner("explain", "EXT011")
    assert run.exit_code == 2
    assert "did you mean EXT10" in run.stderr


def test_explain_without_code() -> None:
    assert aligner("explain").stdout == aligner("checks").stdout


def test_cache_is_a_folder_or_none(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(corpus.parent)
    monkeypatch.setattr("aligner.run.corpus.WORTH_KEEPING", 1)
    for options, folder in ((("--cache", "kept"), "kept"), ((), ".aligner-cache")):
        assert audit(corpus, "report", "--no-cache").exit_code == 0
        assert not Path(folder).exists()
        assert audit(corpus, "report", *options).exit_code == 0
        assert Path(folder, "results.sqlite").is_file()


@pytest.mark.parametrize("option", ["--quiet", "--verbose", "--no-cache"])
def test_a_run_leaves_the_log_of_the_process_as_it_was(corpus: Path, option: str) -> None:
    log = logging.getLogger("aligner")
    before = (log.level, list(log.handlers))
    audit(corpus, "report", option)
    assert (log.level, list(log.handlers)) == before


def test_quiet_keeps_warnings_from_the_terminal_alone(corpus: Path, caplog: pytest.LogCaptureFixture) -> None:
    (corpus / "empty.txt").write_text("")
    run = audit(corpus, "report", "--quiet")
    assert run.stderr == ""
    assert "empty.txt" in caplog.text


def test_quiet_in_the_settings(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(corpus.parent)
    Path("aligner.toml").write_text("quiet = true\n", encoding="utf-8")
    assert audit(corpus).output == ""


@pytest.mark.parametrize(
    ("command", "shown", "hidden"),
    [
        ("score", "--encoder", ["--terms", "--jobs", "--select", "--detector"]),
        ("pair", "--jobs", ["--terms", "--select", "--no-detector"]),
        ("lint", "--select", ["--terms", "--pairs", "--encoder"]),
        ("audit", "--terms", []),
    ],
)
def test_help_shows_the_common_options_that_a_command_reads(
    command: str, shown: str, hidden: list[str]
) -> None:
    text = aligner(command, "--help").stdout
    assert shown in text
    assert not [option for option in hidden if option in text]


def test_a_common_option_that_a_command_does_not_read_is_accepted(corpus: Path) -> None:
    run = aligner("pair", corpus, "--format", "csv", "--terms", corpus / "missing.csv", "--select", "NONE")
    assert run.exit_code == 0
    assert f"{corpus}/passerelle.txt,{corpus}/footbridge.txt" in run.stdout
