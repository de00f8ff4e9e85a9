"""Whatever the machine and the process are like, no run ends in a fault of ours, or passes the gate."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from tests.torture.further import EN, FR, RULES, write_articles

MIB = 2**20
CHECK = ("check", "articles", *RULES)
AUDIT = ("audit", "articles", *RULES, "--out", "new")
GRADE = ("grade", FR, EN, "--no-detector", "--no-cache", "--report", "--ui", "fr")
MAIN = "from aligner.cli.main import main; main()"
SECONDS = 300


@dataclass(frozen=True)
class Surroundings:
    """One run: variables set or, where None, taken away; flags of Python; what the child does first."""

    name: str
    command: tuple[str, ...] = CHECK
    codes: tuple[int, ...] = (1,)
    variables: Mapping[str, str | None] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    begin: Callable[[], object] | None = None
    full: bool = False


def limit(what: int, most: int) -> None:
    resource.setrlimit(what, (most, most))


def lose_folder() -> None:
    """Work in a folder that is deleted."""
    Path("lost").mkdir()
    os.chdir("lost")
    Path("../lost").rmdir()


PLAIN = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
RUNS = (
    Surroundings("help on a full disk", ("--help",), (2,), full=True),
    Surroundings("version on a full disk", ("--version",), (2,), full=True),
    Surroundings("a table in cp1252", GRADE, (0,), {"PYTHONIOENCODING": "cp1252"}),
    Surroundings("no folder to work in", ("check", "../articles", *RULES), (2,), begin=lose_folder),
    Surroundings(
        "no room for a file",
        (*CHECK, "--format", "json=new.json"),
        (2,),
        begin=partial(limit, resource.RLIMIT_FSIZE, 0),
    ),
)
SLOW = (
    Surroundings("no locale", variables={**PLAIN, "LC_ALL": "C"}),
    Surroundings("a locale that is none", variables={"LC_ALL": "\x1b[2J"}),
    Surroundings("a German locale", variables={"LC_ALL": "de_DE.UTF-8", "LANGUAGE": "xx"}),
    Surroundings("no such zone", variables={"TZ": "Nowhere/Gone"}),
    Surroundings("no home", variables={"HOME": None}),
    Surroundings("a home that is gone", variables={"HOME": "/gone", "XDG_CACHE_HOME": "/gone"}),
    Surroundings("no path", variables={"PATH": None}),
    Surroundings("no git", (*CHECK, "--since", "HEAD"), (2,), {"PATH": "/gone"}),
    Surroundings("no place for temporary files", variables={"TMPDIR": "/gone"}),
    Surroundings("output in ASCII", variables={**PLAIN, "PYTHONIOENCODING": "ascii"}),
    Surroundings("output in UTF-16", variables={"PYTHONIOENCODING": "utf-16"}),
    Surroundings("output in cp1252", (*CHECK, "--ui", "fr"), variables={"PYTHONIOENCODING": "cp1252"}),
    Surroundings("a table in ASCII", GRADE, (0,), {"PYTHONIOENCODING": "ascii:strict"}),
    Surroundings("rows in ASCII", (*GRADE[:5], "--format", "jsonl"), (0,), {"PYTHONIOENCODING": "ascii"}),
    Surroundings("no assertions", flags=("-O",)),
    Surroundings("no docstrings", flags=("-OO",)),
    Surroundings("no docstrings to explain", ("explain", "EXT101"), (0,), flags=("-OO",)),
    Surroundings("no docstrings to list", ("checks",), (0,), flags=("-OO",)),
    Surroundings("no docstrings for a page", AUDIT, (0,), flags=("-OO",)),
    Surroundings("warnings are errors", flags=("-W", "error")),
    Surroundings("checks of Python", flags=("-X", "dev")),
    Surroundings("short numbers", variables={"PYTHONINTMAXSTRDIGITS": "640"}),
    Surroundings("another order of hashes", variables={"PYTHONHASHSEED": "12345"}),
    Surroundings("no number of threads", variables={"OMP_NUM_THREADS": "x", "OPENBLAS_NUM_THREADS": "y"}),
    Surroundings("20 columns", variables={"COLUMNS": "20"}),
    Surroundings("20 columns of help", ("check", "--help"), (0,), {"COLUMNS": "20"}),
    Surroundings("1 column", ("lint", "articles"), (0, 1), {"COLUMNS": "1"}),
    Surroundings("a hundred million columns", ("align", FR, EN, "--no-cache"), (0,), {"COLUMNS": "99999999"}),
    Surroundings("as many for an audit", AUDIT, (0,), {"COLUMNS": "99999999"}),
    Surroundings("columns that are none", ("pair", "articles"), (0,), {"COLUMNS": "x"}),
    Surroundings("fewer than no columns", ("checks",), (0,), {"COLUMNS": "-3"}),
    Surroundings("no columns", ("explain", "EXT101"), (0,), {"COLUMNS": "0"}),
    Surroundings("rights for nobody", AUDIT, (0, 2), begin=partial(os.umask, 0o777)),
    Surroundings("rights for the owner", AUDIT, (0,), begin=partial(os.umask, 0o077)),
    Surroundings("16 files", codes=(1, 2), begin=partial(limit, resource.RLIMIT_NOFILE, 16)),
    Surroundings("6 files", codes=(1, 2), begin=partial(limit, resource.RLIMIT_NOFILE, 6)),
    Surroundings("300 MiB", codes=(1, 2), begin=partial(limit, resource.RLIMIT_AS, 300 * MIB)),
    Surroundings("150 MiB", codes=(1, 2), begin=partial(limit, resource.RLIMIT_AS, 150 * MIB)),
    Surroundings("a small stack", codes=(1, 2), begin=partial(limit, resource.RLIMIT_STACK, MIB // 4)),
    Surroundings("small files", AUDIT, (2,), begin=partial(limit, resource.RLIMIT_FSIZE, 1_000)),
    Surroundings(
        "no processes", (*CHECK, "--jobs", "3"), (1, 2), begin=partial(limit, resource.RLIMIT_NPROC, 1)
    ),
    Surroundings("a scheduler without its library", (*CHECK, "--scheduler", "ucx://127.0.0.1:1"), (2,)),
    Surroundings("an encrypted scheduler", (*CHECK, "--scheduler", "tls://127.0.0.1:1"), (2,)),
    Surroundings("a summary in a folder", (*CHECK, "--format", "github"), (2,), {"GITHUB_STEP_SUMMARY": "/"}),
    Surroundings("no folder for an audit", ("audit", "../articles", *RULES), (2,), begin=lose_folder),
    *(
        Surroundings(f"{command[0]} on a full disk", command, (2,), full=True)
        for command in (
            CHECK,
            ("check", "articles", *RULES, "--format", "sarif"),
            ("lint", "articles", "--no-detector", "--format", "jsonl"),
            ("pair", "articles"),
            ("align", FR, EN, "--no-cache"),
            ("checks",),
        )
    ),
)


@pytest.mark.parametrize(
    "run",
    [*RUNS, *(pytest.param(run, marks=pytest.mark.benchmark) for run in SLOW)],
    ids=lambda run: f"{run.name}, {run.command[-1]}",
)
def test_it_ends_in_order(run: Surroundings, tmp_path: Path) -> None:
    write_articles(tmp_path)
    path = os.pathsep.join(place for place in sys.path if place)
    variables = {**os.environ, "PYTHONPATH": path, "LC_ALL": "C.UTF-8", **run.variables}
    with Path("/dev/full" if run.full else tmp_path / "stdout").open("wb") as stdout:
        done = subprocess.run(
            [sys.executable, *run.flags, "-c", MAIN, *run.command],
            cwd=tmp_path,
            env={name: value for name, value in variables.items() if value is not None},
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.PIPE,
            timeout=SECONDS,
            check=False,
            preexec_fn=run.begin,
        )
    said = done.stderr.decode("utf-8", "replace")
    assert done.returncode in run.codes, said
    assert "Traceback" not in said
