"""What a person reads when the gate fails: what fails first, its counterpart, and the ways to pass."""

from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from aligner.cli.init import WORKFLOWS, template
from tests.cli.articles import ENGLISH, GLUED, aligner
from tests.gate.repository import commit_all

WRONG_FIGURE = (
    ENGLISH.replace("three of its piers", "five of its piers")
    .replace("2022", "2021")
    .replace("planned.", "planned.Yes.")
)


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "passerelle.txt").write_text(GLUED, encoding="utf-8")
    (tmp_path / "footbridge.txt").write_text(WRONG_FIGURE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*options: str) -> Any:
    return aligner("check", ".", "--no-detector", "--no-cache", "--ui", "en", *options)


def test_what_fails_comes_first_and_says_where_its_counterpart_is(corpus: Path) -> None:
    lines = check("--fail-on", "major").stdout.splitlines()
    fails = [line.endswith("[fails the gate]") for line in lines if ":" in line.split()[0]]
    assert fails[0]
    assert fails == sorted(fails, reverse=True)
    (year,) = (line for line in lines if line.startswith("footbridge") and "2021" in line)
    assert "footbridge.txt:3:" in year
    assert "↔ passerelle.txt:3:" in year


def test_the_settings_that_would_let_it_pass_do(corpus: Path) -> None:
    first = check("--fail-on", "major")
    assert first.exit_code == 1
    assert '[gate] fail-on = "critical" in aligner.toml would loosen the gate.' in first.stdout
    (corpus / "aligner.toml").write_text('[gate]\nfail-on = "critical"\n', encoding="utf-8")
    assert check().exit_code == 0


def test_show_leaves_out_what_is_less_severe_but_never_what_fails(corpus: Path) -> None:
    everything = check("--exit-zero").stdout
    assert " minor " in everything
    shown = check("--exit-zero", "--show", "major").stdout
    assert ": minor " not in shown
    assert "below major" in shown
    assert ": minor " in check("--fail-on", "minor", "--show", "critical").stdout


def test_the_usual_baseline_is_used_where_it_exists_and_said(corpus: Path) -> None:
    assert check("--write-baseline").exit_code == 0
    known = check()
    assert known.exit_code == 0
    assert "baseline .aligner-baseline.json: " in known.stdout
    assert check("--no-baseline").exit_code == 1


def test_the_summary_of_a_github_job_is_added_to_its_page(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = corpus.parent / f"{corpus.name}-page.md"
    page.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    check("--format", "github")
    assert page.read_text("utf-8").startswith("before\n## aligner\n")
    assert "| **Major** |" in page.read_text("utf-8")


def test_a_version_deleted_leaves_an_article_alone_and_fails(corpus: Path) -> None:
    (corpus / "aligner.toml").write_text("[gate]\nmax-unpaired = 0.0\n", encoding="utf-8")
    commit_all(corpus, "both versions")
    (corpus / "footbridge.txt").unlink()
    commit_all(corpus, "one version deleted")
    run = check("--since", "HEAD~1")
    assert run.exit_code == 1
    assert "passerelle.txt" in run.stdout
    assert "without counterpart" in run.stdout.splitlines()[-1]
    assert check("--since", "HEAD").exit_code == 0


@pytest.mark.parametrize("ci", WORKFLOWS)
def test_a_workflow_of_init_checks_what_has_changed(
    ci: str, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit_all(corpus, "base")
    (corpus / "footbridge.txt").write_text(WRONG_FIGURE + "\nOne more line.\n", encoding="utf-8")
    commit_all(corpus, "change")
    assert aligner("init", ".", "--ci", ci).exit_code == 0
    workflow = yaml.safe_load(WORKFLOWS[ci].read_text("utf-8"))
    (line,) = (line for line in commands(workflow, ci) if line.startswith("aligner check"))
    for name in ("origin/$BASE", "FETCH_HEAD"):
        line = line.replace(f'"{name}"', "HEAD~1").replace(name, "HEAD~1")
    result = aligner(*line.split()[1:], "--no-detector", "--no-cache", "--ui", "en")
    assert result.exit_code == 1
    assert "passerelle.txt" in result.stdout
    if ci == "gitlab":
        assert (corpus / "quality.json").is_file()
    assert "pip" in str(workflow)  # what is installed is kept for the next run


def commands(workflow: dict[Any, Any], ci: str) -> list[str]:
    if ci == "gitlab":
        return list(workflow["aligner"]["script"])
    return [step.get("run", "") for step in workflow["jobs"]["articles"]["steps"]]


def test_the_samples_of_ci_stand_in_one_place() -> None:
    root = Path(__file__).parents[2]
    pages = (root / "README.md", root / ".github/action/README.md")
    assert not any("aligner check articles/ --since" in page.read_text("utf-8") for page in pages)
    for ci in WORKFLOWS:
        assert "git+https" in template(f"{ci}.yml")
        assert "cache" in template(f"{ci}.yml")
