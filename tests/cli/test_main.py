"""The group itself: its help is light, and every way to end has its exit code and its words."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import aligner
from aligner.cli.main import COMMANDS, main
from aligner.engine.collecting import COLLECT_AFTER
from aligner.model import InputError

HEAVY = {"torch", "transformers", "sentence_transformers", "pandas", "nltk", "numpy", "numba", "rich"}


def in_a_process(code: str, *args: str) -> subprocess.CompletedProcess[str]:
    root = str(Path(aligner.__file__).parent.parent)
    environment = {**os.environ, "PYTHONPATH": root, "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-c", code, *args]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)


MEASURED = """
import sys, resource
from aligner.cli.main import main
try: main()
except SystemExit as end: assert end.code == 0
usage = resource.getrusage(resource.RUSAGE_SELF)
print(usage.ru_utime + usage.ru_stime, *sys.modules, file=sys.stderr)
"""


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_light(command: str) -> None:
    run = in_a_process(MEASURED, *filter(None, [command]), "--help")
    seconds, *modules = run.stderr.split()
    assert run.returncode == 0
    assert "Usage:" in run.stdout
    assert not HEAVY & set(modules)
    assert float(seconds) < 0.4


def test_audit_of_the_demo_is_quick_and_needs_no_torch(tmp_path: Path) -> None:
    demo = Path(__file__).parent.parent.parent / "corpora" / "demo"
    run = in_a_process(MEASURED, "audit", str(demo), "--out", str(tmp_path / "report"))
    seconds, *modules = run.stderr.split()
    assert "20 articles" in run.stdout
    assert not {"torch", "transformers"} & set(modules)
    assert float(seconds) < 10


def test_lint_of_an_article_loads_only_what_it_needs() -> None:
    article = Path(__file__).parent.parent.parent / "corpora" / "demo" / "island-clinics.txt"
    run = in_a_process(MEASURED, "lint", str(article), "--no-detector")
    _, *modules = run.stderr.split()
    assert "1 article" in run.stdout
    unused = {"jinja2", "requests", "scipy", "simplemma", "rich", "pandas", "nltk", "torch"}
    assert not unused & set(modules)


def test_every_command_is_there_and_says_in_the_table_what_it_does() -> None:
    context = click.Context(main)
    for name, (_, line) in COMMANDS.items():
        command = main.get_command(context, name)
        assert command is not None
        assert command.help
        assert line.endswith(".")


def test_version() -> None:
    run = CliRunner().invoke(main, ["--version"])
    assert run.output == f"aligner {aligner.__version__}\n"


@pytest.mark.parametrize(
    ("typed", "completed"), [("aligner au", "plain,audit\n"), ("aligner audit --sch", "plain,--scheduler\n")]
)
def test_the_shell_completes(typed: str, completed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_ALIGNER_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(typed.count(" ")))
    assert CliRunner().invoke(main, [], prog_name="aligner").output == completed


def test_unknown_command() -> None:
    run = CliRunner().invoke(main, ["adit"])
    assert run.exit_code == 2
    assert "adit" in run.stderr


@click.command()
@click.argument("ending")
def end(ending: str) -> int:
    """End in a given way."""
    if ending == "input":
        raise InputError("x.txt: no such file")
    if ending == "fault":
        raise KeyError("lost\nkey")
    if ending == "disk":
        raise OSError(28, "No space left on device", "out.tmp")
    if ending == "interrupt":
        raise KeyboardInterrupt
    return int(ending)


@pytest.fixture
def with_endings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(COMMANDS, "end", (f"{__name__}:end", "End in a given way."))


@pytest.mark.usefixtures("with_endings")
@pytest.mark.parametrize(
    ("ending", "code", "said"),
    [
        ("0", 0, ""),
        ("1", 1, ""),
        ("input", 2, "aligner: error: x.txt: no such file\n"),
        (
            "disk",
            2,
            "aligner: error: out.tmp: No space left on device (make room, and run "
            "the same command again: it goes on from here)\n",
        ),
        ("interrupt", 130, "aligner: interrupted\n"),
    ],
)
def test_endings(ending: str, code: int, said: str) -> None:
    run = CliRunner().invoke(main, ["end", ending])
    assert (run.exit_code, run.stderr, run.stdout) == (code, said, "")


@pytest.mark.usefixtures("with_endings")
def test_a_fault_is_one_line_with_a_hint() -> None:
    run = CliRunner().invoke(main, ["end", "fault"])
    assert run.exit_code == 3
    assert run.stderr.count("\n") == 1
    assert "KeyError" in run.stderr
    assert "-v" in run.stderr
    assert "report" in run.stderr


def test_verbose_fault_shows_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lose(*args: object, **values: object) -> None:
        raise KeyError("lost")

    monkeypatch.setattr("aligner.run.pipeline.load_corpus", lose)
    run = CliRunner().invoke(main, ["lint", "-v", str(tmp_path)])
    assert run.exit_code == 3
    assert "Traceback" in run.stderr
    assert "in lose" in run.stderr


def test_reader_that_went_away() -> None:
    code = (
        "import os, sys\n"
        "from aligner.cli.main import main\n"
        "reading, writing = os.pipe()\n"
        "os.close(reading)\n"
        "os.dup2(writing, 1)\n"
        "main(['checks'])\n"
    )
    run = in_a_process(code)
    assert (run.returncode, run.stderr) == (141, "")


def test_python_looks_for_cycles_less_often() -> None:
    code = (
        "import gc; from aligner.cli.main import main; main(['checks'], standalone_mode=False); "
        "print(gc.get_threshold())"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert str(COLLECT_AFTER) in ran.stdout, ran.stderr
