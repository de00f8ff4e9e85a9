"""Bad input of every kind through the real command: all of it accounted for, nothing hangs, leaks or runs."""

from __future__ import annotations

import contextlib
import csv
import ctypes
import hashlib
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.torture import containers, offices, pages, places, texts
from tests.torture.cases import CORRECT_ENGLISH, CORRECT_FRENCH, Case

FAMILIES: dict[str, tuple[Callable[[], list[Case]], ...]] = {
    "texts": (texts.encodings, texts.no_articles, texts.characters),
    "sizes": (texts.sizes,),
    "rows": (containers.json_lines, containers.tables, containers.parquet),
    "packed": (containers.gzipped, containers.memories, containers.containers),
    "pages": (pages.pages,),
    "offices": (offices.documents, offices.translations),
    "places": (places.names, places.links, places.rights),
}
LEAST_CASES = 200
CPU_SECONDS = 120
"""Time of a whole family of cases; none takes a third of it on the machine that these were written on."""
WALL_SECONDS = 480
MEMORY = 2 * 2**30
"""Resident bytes; the run alone, without a bad input, takes about 0.2 GiB."""
CAPABILITIES = (1, 2)
"""Root's rights to write and read any file, taken away so that closed files are closed."""
PR_CAPBSET_DROP = 24


@dataclass(frozen=True)
class Run:
    code: int
    peak: int
    stdout: str
    stderr: str


def limited() -> None:
    """In the child, before it becomes the command: a limit to its time, and no right to open all files."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    libc = ctypes.CDLL(None)
    for capability in CAPABILITIES:
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


def audit(corpus: Path, out: Path, home: Path, *options: str) -> Run:
    """Run the command as a user does, in an empty folder of its own."""
    work = home / "work"
    work.mkdir(parents=True, exist_ok=True)
    peak = home / "peak"
    # Its own peak: what the system tells of a child counts the memory of the process that it was forked from.
    code = (
        "import atexit, re; from pathlib import Path; "
        f"atexit.register(lambda: Path({str(peak)!r}).write_text("
        "re.search(r'VmHWM:\\s*(\\d+)', Path('/proc/self/status').read_text())[1])); "
        "from aligner.cli.main import main; main()"
    )
    command = [sys.executable, "-c", code, "audit", str(corpus), "--out", str(out), "--no-cache", *options]
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    with (home / "stdout").open("w+b") as said, (home / "stderr").open("w+b") as faults:
        child = subprocess.Popen(
            ["timeout", "-k", "5", str(WALL_SECONDS), *command],
            cwd=work,
            env=environment,
            stdout=said,
            stderr=faults,
            stdin=subprocess.DEVNULL,
            preexec_fn=limited,
        )
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        faults.seek(0)
        highest = int(peak.read_text() if peak.exists() else used.ru_maxrss) * 1024
        peak.unlink(missing_ok=True)
        return Run(
            child.returncode,
            highest,
            said.read().decode("utf-8", "replace"),
            faults.read().decode("utf-8", "replace"),
        )


def listing(folder: Path) -> list[tuple[str, int, int, int]]:
    """Everything in a folder, as it is."""
    found, waiting = [], [str(folder)]
    while waiting:
        with contextlib.suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                state = entry.stat(follow_symlinks=False)
                found.append((entry.path, state.st_mode, state.st_size, state.st_mtime_ns))
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
    return sorted(found)


def column(table: Path) -> dict[str, str]:
    """The last column by the first; keys may be in it twice, which a dict would hide."""
    csv.field_size_limit(2**30)
    with table.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))[1:]
    keys = [row[0] for row in rows]
    assert len(keys) == len(set(keys)) or table.name == "skipped.csv"
    return {f"{key}\0{n}": row[-1] for n, (key, row) in enumerate(zip(keys, rows, strict=True))}


def spelled(path: Path) -> str:
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "corpus"
    (folder / "correct").mkdir(parents=True)
    (folder / "correct" / "ourse.txt").write_text(CORRECT_FRENCH, encoding="utf-8")
    (folder / "correct" / "bear.txt").write_text(CORRECT_ENGLISH, encoding="utf-8")
    yield folder
    # Folders too deep for Python's own way of taking them away.
    subprocess.run(["rm", "-rf", str(folder)], check=True)


def made(family: str) -> list[Case]:
    return [
        replace(case, name=f"{part.__name__}/{case.name}") for part in FAMILIES[family] for case in part()
    ]


def make(cases: list[Case], folder: Path) -> None:
    for case in cases:
        (folder / case.name).parent.mkdir(parents=True, exist_ok=True)
        case.make(folder / case.name)


def unaccounted(cases: list[Case], folder: Path, out: Path) -> list[str]:
    """What is wrong with the fate of each case, in words."""
    read = [key.partition("\0")[0] for key in column(out / "documents.csv")]
    reasons = column(out / "skipped.csv")
    assert all(reasons.values())
    skipped = [key.rpartition("\0")[0] for key in reasons]
    wrong = []
    for case in cases:
        path = spelled(folder / case.name)
        mine = [
            [key for key in keys if key == path or key.startswith((f"{path}#", f"{path}/"))]
            for keys in (read, skipped)
        ]
        counts = (len(mine[0]), len(mine[1]))
        expected = {
            "read": counts[0] > 0 == counts[1],
            "skipped": counts[1] > 0 == counts[0],
            "either": sum(counts) > 0,
            "nothing": sum(counts) == 0,
        }[case.fate]
        if not expected or (case.fate != "nothing" and case.entries not in (None, sum(counts))):
            wrong.append(f"{case.name[:60]!r}: {counts} for {case.fate}, {case.entries}")
    return wrong


def test_there_are_many_cases() -> None:
    assert sum(len(made(family)) for family in FAMILIES) >= LEAST_CASES


NO_DETECTOR = "--no-detector"
"""The detector takes its time for every piece of a word; the rules are what a crafted text may hold up."""


@pytest.mark.benchmark
@pytest.mark.parametrize("family", FAMILIES)
def test_every_bad_input_is_accounted_for(family: str, corpus: Path, tmp_path: Path) -> None:
    first = survived(made(family), corpus, tmp_path, NO_DETECTOR)
    second = audit(corpus, tmp_path / "again", tmp_path / "home", NO_DETECTOR)
    assert second.stderr == first.stderr
    assert contents(tmp_path / "again") == contents(tmp_path / "out")


@pytest.mark.parametrize(
    "options",
    [pytest.param((NO_DETECTOR,), id="rules"), pytest.param((), id="scores", marks=pytest.mark.benchmark)],
)
def test_every_small_bad_input_is_accounted_for(
    options: tuple[str, ...], corpus: Path, tmp_path: Path
) -> None:
    cases = [case for family in FAMILIES for case in made(family) if case.small]
    assert len(cases) >= LEAST_CASES
    survived(cases, corpus, tmp_path, *options)


def survived(cases: list[Case], corpus: Path, tmp_path: Path, *options: str) -> Run:
    """Audit the cases among correct articles; what must hold of the run and of what it leaves is asserted."""
    make(cases, corpus)
    (tmp_path / "home").mkdir()
    before = listing(corpus)
    run = audit(corpus, tmp_path / "out", tmp_path / "home", *options)
    assert run.code == 0, run.stderr[-3000:]
    assert "Traceback" not in run.stderr + run.stdout
    assert run.peak < MEMORY
    assert not unaccounted(cases, corpus, tmp_path / "out")
    with (tmp_path / "out" / "pairs.csv").open(encoding="utf-8", newline="") as lines:
        paired = {(row["fr_path"], row["en_path"]) for row in csv.DictReader(lines)}
    assert (f"{corpus}/correct/ourse.txt", f"{corpus}/correct/bear.txt") in paired
    assert listing(corpus) == before
    assert {path.name for path in tmp_path.iterdir()} == {"corpus", "home", "out"}
    assert {path.name for path in (tmp_path / "home").iterdir()} == {"work", "stdout", "stderr"}
    assert list((tmp_path / "home" / "work").iterdir()) == []
    assert not [path for path in (tmp_path / "out").rglob("*") if path.is_symlink()]
    return run


def contents(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
