"""Commands in a folder of a repository: settings and baseline of the whole, and of nobody else."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import Result

from aligner.model import InputError
from aligner.settings import load_settings, repository
from aligner.settings.load import settings_file
from aligner.settings.repository import from_top, nearest
from tests.cli.articles import FRENCH, GLUED, aligner, write_pair
from tests.gate.repository import commit_all, git

RULES = ("--select", "EXT101", "--no-detector", "--no-cache")
LENIENT = '[gate]\nfail-on = "none"\n'
BASELINE = ".aligner-baseline.json"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a fault in its folder ``articles``, in which we are."""
    monkeypatch.setenv("LC_ALL", "C")
    top = tmp_path / "project"
    write_pair(top / "articles")
    commit_all(top)
    (top / "articles/passerelle.txt").write_text(GLUED, encoding="utf-8")
    monkeypatch.chdir(top / "articles")
    return top


def check(*options: str, paths: tuple[str, ...] = (".",)) -> Result:
    return aligner("check", *paths, *RULES, *options)


@pytest.mark.parametrize(
    ("name", "text"),
    [("aligner.toml", LENIENT), ("pyproject.toml", '[tool.aligner.gate]\nfail-on = "none"\n')],
)
def test_settings_of_the_repository_apply_and_are_named(project: Path, name: str, text: str) -> None:
    assert check().exit_code == 1
    (project / name).write_text(text)
    run = check()
    assert (run.exit_code, run.stderr) == (0, f"settings: ../{name}\n")
    assert check("--quiet").stderr == ""
    assert aligner("lint", ".", *RULES, "--ui", "fr").stderr == f"réglages\u00a0: ../{name}\n"


def test_the_nearest_file_wins_and_that_of_the_folder_is_not_announced(project: Path) -> None:
    (project / "aligner.toml").write_text(LENIENT)
    (project / "pyproject.toml").write_text("[tool.aligner]\njobs = 7\n")
    (project / "articles/pyproject.toml").write_text("[tool.other]\nx = 1\n")
    assert settings_file(Path()) == Path("../aligner.toml")
    (project / "articles/pyproject.toml").write_text("[tool.aligner]\njobs = 2\n")
    assert load_settings().jobs == 2
    assert check().stderr == ""


def test_paths_in_settings_start_from_their_folder(project: Path) -> None:
    (project / "terms.csv").write_text("fr,en\ngreffe,registry\n")
    (project / "aligner.toml").write_text('terms = "terms.csv"\n')
    assert load_settings().terms == (("greffe", "registry"),)


# Attacks: settings that belong to somebody else.


def test_nothing_above_the_repository_is_read(project: Path) -> None:
    for name, text in (("aligner.toml", LENIENT), (BASELINE, '{"schema": 2, "findings": []}')):
        (project.parent / name).write_text(text)
    run = check()
    assert (run.exit_code, run.stderr, BASELINE in run.stdout) == (1, "", False)


def test_a_repository_within_is_one_of_its_own(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "aligner.toml").write_text(LENIENT)
    write_pair(project / "articles/inner/deep")
    git(project / "articles/inner", "init", "--quiet")
    monkeypatch.chdir(project / "articles/inner/deep")
    assert settings_file(Path()) is None
    (project / "articles/inner/aligner.toml").write_text("jobs = 3\n")
    assert settings_file(Path()) == Path("../aligner.toml")


def test_a_worktree_and_a_submodule_end_the_search(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "aligner.toml").write_text(LENIENT)
    inner = write_pair(project / "sub/articles")
    (project / "sub/.git").write_text("gitdir: ../.git/modules/sub\n")
    monkeypatch.chdir(inner)
    assert settings_file(Path()) is None


def test_without_a_repository_only_the_folder_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "aligner.toml").write_text(LENIENT)
    (tmp_path / ".git").mkdir()  # empty: git takes it for nothing
    inner = write_pair(tmp_path / "articles")
    monkeypatch.chdir(inner)
    assert settings_file(Path()) is None
    (inner / "aligner.toml").write_text("jobs = 3\n")
    assert settings_file(Path()) == Path("aligner.toml")


@pytest.mark.parametrize("folder", [".", "articles"])
@pytest.mark.parametrize("name", ["aligner.toml", BASELINE])
def test_a_link_that_leads_out_ends_the_run(project: Path, name: str, folder: str) -> None:
    outside = project.parent / "elsewhere"
    outside.write_text(LENIENT)
    (project / folder / name).symlink_to(outside)
    run = check()
    assert run.exit_code == 2
    assert f"{name}: leads out of the repository, to {outside}" in run.stderr


def test_a_link_within_the_repository_is_followed(project: Path) -> None:
    (project / "ci").mkdir()
    (project / "ci/aligner.toml").write_text(LENIENT)
    (project / "aligner.toml").symlink_to("ci/aligner.toml")
    assert check().exit_code == 0


def test_a_repository_of_another_user_decides_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (project / "aligner.toml").write_text(LENIENT)
    monkeypatch.delenv("SUDO_UID", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: project.stat().st_uid + 1)
    assert settings_file(Path()) is None
    assert "../aligner.toml: not used: its repository belongs to another user" in caplog.text
    (project / "articles/aligner.toml").write_text("jobs = 2\n")  # where we are, we have put ourselves
    assert settings_file(Path()) == Path("aligner.toml")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("SUDO_UID", str(project.stat().st_uid))
    assert nearest(("aligner.toml",), Path("../articles/../articles")) is not None


def test_broken_settings_above_end_the_run(project: Path) -> None:
    (project / "aligner.toml").write_text("jobs =")
    run = check()
    assert (run.exit_code, "../aligner.toml: not valid TOML" in run.stderr) == (2, True)


@pytest.mark.parametrize("name", ["..", ".git", "articles/.."])
def test_a_folder_of_that_name_is_no_file(project: Path, name: str) -> None:
    (project / "aligner.toml").mkdir()
    assert settings_file(Path(project, name)) is None


# The baseline, suppressions and globs mean the same from everywhere.


def test_the_baseline_of_the_repository_applies_and_keeps_what_is_not_looked_at(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = write_pair(project / "other")
    (other / "passerelle.txt").write_text(GLUED.replace("samedi", "dimanche"), encoding="utf-8")
    monkeypatch.chdir(project)
    assert check("--write-baseline", paths=("articles", "other")).exit_code == 0
    monkeypatch.chdir(project / "articles")
    run = check()
    assert (run.exit_code, "baseline ../.aligner-baseline.json: 1 known finding" in run.stdout) == (0, True)
    Path("passerelle.txt").write_text(FRENCH, encoding="utf-8")
    written = check("--write-baseline")
    assert "0 findings are now accepted in ../.aligner-baseline.json" in written.stderr
    entries = json.loads((project / BASELINE).read_text("utf-8"))["findings"]
    assert [entry["path"] for entry in entries] == ["other/passerelle.txt"]
    (other / "passerelle.txt").unlink()  # what is in no file any more goes
    check("--write-baseline")
    assert json.loads((project / BASELINE).read_text("utf-8"))["findings"] == []


@pytest.mark.parametrize("path", ["articles/passerelle.txt", "articles/*", "passerelle.txt"])
def test_suppressions_count_from_the_top(project: Path, path: str) -> None:
    (project / "aligner.toml").write_text(
        f'[[suppress]]\npath = "{path}"\ncode = "EXT101"\nreason = "A word."\n'
    )
    assert check().exit_code == 0


def test_folders_above_the_repository_do_not_count_for_suppressions(project: Path) -> None:
    table = '[[suppress]]\npath = "project/*"\ncode = "EXT101"\nreason = "A word."\n'
    (project / "aligner.toml").write_text(table)
    assert check().exit_code == 1


def test_ignored_files_count_from_the_top(project: Path) -> None:
    Path("notes.pdf").write_bytes(b"%PDF-1.4")
    assert check().exit_code == 2
    (project / "aligner.toml").write_text(f'read.ignore = ["articles/*.pdf"]\n{LENIENT}')
    assert check().exit_code == 0


# Paths for code hosts.


@pytest.mark.parametrize("paths", [(".",), ("../articles",), ("../articles/../articles",)])
def test_code_hosts_get_paths_from_the_top(project: Path, paths: tuple[str, ...]) -> None:
    seen = "articles/passerelle.txt"
    assert f"file={seen},line=3" in check("--format", "github", paths=paths).stdout
    (issue,) = json.loads(check("--format", "gitlab", paths=paths).stdout)
    assert issue["location"]["path"] == seen
    (run,) = json.loads(check("--format", "sarif", paths=paths).stdout)["runs"]
    location = run["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == seen
    absolute = check("--format", "github", paths=(str(project / "articles"),))
    assert f"file={seen},line=3" in absolute.stdout


def test_paths_from_the_top(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top = repository.repository(Path())
    assert top == Path(os.path.realpath(project))
    outside = str(tmp_path / "elsewhere/a.txt")
    assert from_top(outside, top) == outside
    assert from_top("../../elsewhere/a.txt", top) == "../../elsewhere/a.txt"
    assert from_top("a.txt", None) == "a.txt"
    (tmp_path / "link").symlink_to(project, target_is_directory=True)
    assert from_top(str(tmp_path / "link/articles/x.txt"), top) == "articles/x.txt"
    Path("alias.txt").symlink_to("passerelle.txt")
    assert from_top("alias.txt", top) == "articles/alias.txt"  # git has a link as what it is


def test_a_pull_request_that_changes_one_side_is_annotated_there(project: Path) -> None:
    changed = FRENCH.replace("4,2 millions", "4,8 millions").replace("voitures, elles, n'y", "voitures n'y")
    Path("passerelle.txt").write_text(changed, encoding="utf-8")
    options = ("check", ".", "--select", "ACC", "--no-detector", "--no-cache", "--since", "HEAD")
    everything = aligner(*options[:-2], "--format", "github").stdout
    assert "file=articles/footbridge.txt" in everything or "file=articles/passerelle.txt" in everything
    for name in ("passerelle.txt", "footbridge.txt"):
        Path("list").write_text(name)
        lines = aligner(*options[:-2], "--files-from", "list", "--format", "github").stdout.splitlines()
        assert lines
        assert all(f"file=articles/{name},line=" in line for line in lines)
    (run,) = json.loads(aligner(*options, "--format", "sarif").stdout)["runs"]
    for result in run["results"]:
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        related = result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert (uri, related) == ("articles/passerelle.txt", "articles/footbridge.txt")
    assert run["results"]


def test_a_passage_that_was_deleted_is_annotated_in_its_article(project: Path) -> None:
    cut = FRENCH.replace(
        "Elle était fermée depuis l'automne 2022, après la découverte de fissures dans trois de ses piles. ",
        "",
    )
    assert cut != FRENCH
    Path("passerelle.txt").write_text(cut, encoding="utf-8")
    run = aligner(
        "check",
        ".",
        "--select",
        "ACC",
        "--no-detector",
        "--no-cache",
        "--since",
        "HEAD",
        "--format",
        "github",
    )
    assert "file=articles/passerelle.txt::footbridge.txt:3: " in run.stdout
    assert "file=articles/footbridge.txt" not in run.stdout


def test_an_error_says_how_to_go_on(project: Path) -> None:
    (project / "aligner.toml").symlink_to(project.parent / "own.toml")
    (project.parent / "own.toml").write_text(LENIENT)
    with pytest.raises(InputError, match="name the other one \\(--config, --baseline\\)"):
        load_settings()
    assert check("--config", "../../own.toml").exit_code == 0


# The workflow that `aligner init` writes runs from the top.


def gate_of(project: Path) -> str:
    text = (project / ".github/workflows/aligner.yml").read_text("utf-8")
    (line,) = (line for line in text.splitlines() if "aligner check" in line)
    return line.partition("aligner check ")[2].partition(" --since")[0]


@pytest.mark.parametrize(
    ("folder", "paths", "checked"),
    [
        ("articles", (), "articles"),
        ("articles", (".", "../other"), "articles other"),
        ("articles", ("passerelle.txt",), "articles/passerelle.txt"),
        ("articles", ("..",), "."),
        (".", (), "."),
        (".", ("articles/",), "articles"),
    ],
)
def test_a_workflow_written_in_a_folder_runs_from_the_top(
    project: Path, monkeypatch: pytest.MonkeyPatch, folder: str, paths: tuple[str, ...], checked: str
) -> None:
    (project / "other").mkdir()
    monkeypatch.chdir(project / folder)
    run = aligner("init", *paths, "--ci", "github", "--ci", "gitlab")
    assert (run.exit_code, gate_of(project)) == (0, checked)
    above = "../" if folder == "articles" else ""
    for name in ("aligner.toml", ".github/workflows/aligner.yml", ".gitlab/aligner.yml"):
        assert f"wrote {above}{name}\n" in run.stdout
        assert (project / name).is_file()
    assert check().exit_code == 1  # the settings written apply here


def test_settings_of_a_folder_are_named_in_its_workflow(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("aligner.toml").write_text(LENIENT)
    assert "aligner.toml: exists already, left as it is" in aligner("init", "--ci", "github").stdout
    assert gate_of(project) == "articles --config articles/aligner.toml"
    assert not (project / "aligner.toml").exists()
    monkeypatch.chdir(project)
    assert aligner("check", *gate_of(project).split(), *RULES).exit_code == 0


def test_settings_above_are_left_as_they_are(project: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.aligner.gate]\nfail-on = "none"\n')
    run = aligner("init", "--ci", "github")
    assert "../pyproject.toml: exists already, left as it is" in run.stdout
    assert gate_of(project) == "articles"


def test_without_a_workflow_settings_go_where_one_is(project: Path) -> None:
    assert aligner("init").exit_code == 0
    assert Path("aligner.toml").is_file()
