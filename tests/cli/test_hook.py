"""The pre-commit hook and the GitHub Action: they are read as these programs read them, and run."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.articles import GLUED, write_pair
from tests.gate.repository import commit_all, git

yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")

ROOT = Path(__file__).parent.parent.parent
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
ACTION = yaml.safe_load((ROOT / ".github" / "action" / "action.yml").read_text("utf-8"))

Run = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = pytest.mark.skipif(shutil.which("sh") is None, reason="no shell on this machine")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command in a folder with a broken pair, with ours as the `aligner` that it finds."""
    write_pair(tmp_path / "articles")
    (tmp_path / "articles" / "passerelle.txt").write_text(GLUED, encoding="utf-8")
    (tmp_path / "bin").mkdir()
    script = tmp_path / "bin" / "aligner"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m aligner.cli.main "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    path = f"{script.parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}

    def run(command: list[str], **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=tmp_path,
            env=environment | variables,
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run


def hook(*files: str, args: list[str] | None = None) -> list[str]:
    """The command that pre-commit makes of a hook."""
    return [*shlex.split(HOOK["entry"]), *(HOOK["args"] if args is None else args), *files]


def test_hook_checks_the_files_of_the_commit_against_the_corpus(run: Run) -> None:
    broken = run(hook("articles/passerelle.txt", args=["articles"]))
    assert broken.returncode == 1
    assert "EXT101" in broken.stdout
    assert "(listed); 2 articles read in all, 1 pair" in broken.stdout
    assert run(hook("articles/footbridge.txt")).returncode == 0


def test_hook_passes_without_files(run: Run) -> None:
    empty = run(hook())
    assert (empty.returncode, empty.stderr) == (0, "")
    assert "Nothing to check" in empty.stdout


def test_hook_has_what_pre_commit_wants() -> None:
    assert {"id", "name", "entry", "language"} <= set(HOOK)
    assert HOOK["require_serial"]  # the files of one commit are never checked in several runs


def test_pre_commit_itself_runs_the_hook(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("pre_commit", reason="pre-commit is not installed")
    manifest = tmp_path / "hooks" / ".pre-commit-hooks.yaml"
    manifest.parent.mkdir()
    shutil.copy(ROOT / manifest.name, manifest)
    revision = commit_all(manifest.parent)
    # In the place of an environment of its own, which would be installed from a registry.
    hook = {"id": HOOK["id"], "language": "system", "args": ["articles"]}
    repo = {"repo": str(manifest.parent), "rev": revision, "hooks": [hook]}
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [repo]}), encoding="utf-8")
    (tmp_path / ".gitignore").write_text("bin\nhooks\ncache\n.aligner-cache\n", encoding="utf-8")
    git(tmp_path, "init", "--quiet")

    def commit(*files: str) -> subprocess.CompletedProcess[str]:
        git(tmp_path, "add", *files)
        return run([sys.executable, "-m", "pre_commit", "run", "-v"], PRE_COMMIT_HOME=str(tmp_path / "cache"))

    correct = commit(".gitignore", "articles/footbridge.txt")
    assert correct.returncode == 0, correct.stdout
    assert "(listed); 2 articles read in all, 1 pair" in correct.stdout
    broken = commit("articles/passerelle.txt")
    assert broken.returncode == 1
    assert "passerelle.txt:3" in broken.stdout
    assert "EXT101" in broken.stdout


@pytest.mark.parametrize(
    ("schema", "path"), [("github-actions", "action/action.yml"), ("github-workflows", "workflows/ci.yml")]
)
def test_github_accepts_the_action_and_the_workflow(schema: str, path: str) -> None:
    pytest.importorskip("check_jsonschema", reason="check-jsonschema is not installed")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
    done = subprocess.run([*command, ROOT / ".github" / path], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout


def test_action_runs_its_steps_and_keeps_the_report(run: Run, tmp_path: Path) -> None:
    assert ACTION["runs"]["using"] == "composite"
    steps = ACTION["runs"]["steps"]
    assert all("shell" in step for step in steps if "run" in step)
    assert any("upload-artifact" in step.get("uses", "") and step["if"] == "always()" for step in steps)
    (check,) = (step for step in steps if step.get("id") == "check")
    assert not any("${{" in step.get("run", "") for step in steps)  # inputs must not become script
    (tmp_path / "aligner").mkdir()
    (tmp_path / "aligner" / "bin").symlink_to(tmp_path / "bin")
    variables = {"RUNNER_TEMP": str(tmp_path), "GITHUB_OUTPUT": str(tmp_path / "output"), "SINCE": ""}
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("no bash on this machine")
    done = run(
        [bash, "-e", "-o", "pipefail", "-c", check["run"]],
        PATHS="articles",
        OPTIONS="--select EXT",
        **variables,
    )
    assert done.returncode == 1, done.stderr
    assert "::error title=EXT101" in done.stdout
    assert (tmp_path / "aligner.sarif").is_file()
    assert (tmp_path / "aligner-report" / "index.html").is_file()
    assert (tmp_path / "output").read_text("utf-8") == f"sarif={tmp_path}/aligner.sarif\n"
