"""What the system refuses is reported as what it is: full disks, limits, closed streams, impossible names."""

from __future__ import annotations

import errno
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import aligner as package
from aligner.model import InputError
from aligner.report import lock, writer
from tests.cli.articles import aligner, write_pair

COMMAND = f"{shlex.quote(sys.executable)} -c 'from aligner.cli.main import main; main()'"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_pair(tmp_path / "corpus")


def shell(folder: Path, line: str) -> tuple[int, str, str]:
    """Run a line of shell beside the corpus; return the exit code, standard output and standard error."""
    line = line.replace("aligner", COMMAND, 1)
    ran = subprocess.run(
        ["bash", "-c", line], cwd=folder.parent, capture_output=True, text=True, timeout=200, check=False
    )
    return ran.returncode, ran.stdout, ran.stderr


def read(report: Path) -> dict[str, bytes]:
    return {str(path.relative_to(report)): path.read_bytes() for path in report.rglob("*") if path.is_file()}


def test_a_list_from_a_closed_stream_is_no_empty_list(folder: Path) -> None:
    code, _, errors = shell(folder, "aligner check corpus --files-from - --no-detector <&-")
    assert (code, "standard input is closed" in errors) == (2, True), errors


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams(folder: Path, closed: str) -> None:
    code, _, errors = shell(folder, f"aligner audit corpus --out report --no-detector {closed}")
    assert (code, errors) == (0, "")
    assert (folder.parent / "report" / "index.html").is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize(
    ("line", "reported"),
    [
        ("aligner checks > /dev/full", "No space left"),
        ("aligner audit nowhere 2> /dev/full", ""),
        ("aligner checks > /dev/full 2>&1", ""),
    ],
)
def test_a_full_disk_under_the_output(folder: Path, line: str, reported: str) -> None:
    code, _, errors = shell(folder, line)
    assert code == 2
    assert reported in errors
    assert "fault" not in errors
    assert "Traceback" not in errors


def test_a_limit_to_the_size_of_files(folder: Path) -> None:
    code, _, errors = shell(folder, "ulimit -f 20; aligner audit corpus --out report --no-detector")
    assert code == 2
    assert "too large" in errors
    assert "ulimit -f" in errors
    assert "fault" not in errors


@pytest.mark.parametrize(
    "number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE, errno.EIO, errno.ENOMEM]
)
def test_what_the_system_refuses_is_no_bug(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refused(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(writer, "sync", refused)
    run = aligner("audit", folder, "--out", folder.parent / "report", "--no-detector")
    assert run.exit_code == 2
    assert os.strerror(number) in run.stderr
    assert "bug" not in run.stderr


def test_want_of_memory_is_no_bug(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(writer, "sync", refused)
    run = aligner("audit", folder, "--out", folder.parent / "report", "--no-detector")
    assert run.exit_code == 2
    assert "memory" in run.stderr


@pytest.mark.parametrize("jobs", [2**31, 2**31 + 1, 2**63, 10**30])
def test_any_number_of_jobs(folder: Path, jobs: int) -> None:
    run = aligner("audit", folder, "--out", folder.parent / "report", "--no-detector", "--jobs", str(jobs))
    assert run.exit_code == 0, run.output


@pytest.mark.parametrize("name", ["r" * 300, "r" * 5000, "r" * 250, "a/" + "é" * 200])
def test_a_folder_that_cannot_be_named(folder: Path, name: str) -> None:
    run = aligner("audit", folder, "--out", folder.parent / name, "--no-detector")
    assert run.exit_code == 2
    assert "bug" not in run.output


@pytest.mark.parametrize(
    "call",
    [
        lambda: package.audit("a\0b"),
        lambda: package.audit(["corpus", "a\0b"]),
        lambda: package.lint("a\0b"),
        lambda: package.pair("a\0b"),
        lambda: package.align("a\0b", "corpus/footbridge.txt"),
        lambda: package.audit("corpus", out="a\0b"),
        lambda: package.audit("corpus", out="r" * 300),
        lambda: package.audit("corpus", config="a\0b"),
        lambda: package.audit("corpus", detector="a\0b"),
    ],
)
def test_a_path_that_is_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: Callable[[], object]
) -> None:
    monkeypatch.chdir(folder.parent)
    with pytest.raises(InputError):
        call()


def test_a_cache_that_is_no_path_costs_only_time(folder: Path) -> None:
    assert not package.pair(str(folder), cache="a\0b", detector=False).skipped
    assert not list(package.audit(str(folder), cache="a\0b").skipped())


@pytest.mark.parametrize("target", ["elsewhere", "elsewhere/deeper"])
@pytest.mark.parametrize("exists", [True, False])
def test_a_link_stays_a_link(folder: Path, target: str, exists: bool) -> None:
    out, place = folder.parent / "link", folder.parent / target
    if exists:
        place.mkdir(parents=True)
    out.symlink_to(target)
    for _ in range(2):
        assert aligner("audit", folder, "--out", out, "--no-detector").exit_code == 0
    assert out.is_symlink()
    assert (place / "summary.json").is_file()
    assert {path.name for path in folder.parent.iterdir()} == {"corpus", "link", "elsewhere"}


def test_a_link_that_leads_in_a_circle(folder: Path) -> None:
    out = folder.parent / "link"
    out.symlink_to("link")
    run = aligner("audit", folder, "--out", out, "--no-detector")
    assert run.exit_code == 2
    assert "circle" in run.stderr


@pytest.fixture
def mounted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that cannot be renamed, as a mount point."""
    out, rename = folder.parent / "mounted", Path.rename

    def refused(self: Path, target: Path) -> Path:
        if out in (self, Path(target)):
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(out))
        return rename(self, target)

    out.mkdir()
    monkeypatch.setattr(Path, "rename", refused)
    return out


def test_a_mount_point_is_filled(folder: Path, mounted: Path) -> None:
    usual = folder.parent / "usual"
    assert aligner("audit", folder, "--out", usual, "--no-detector").exit_code == 0
    for _ in range(2):
        assert aligner("audit", folder, "--out", mounted, "--no-detector").exit_code == 0
        assert read(mounted) == read(usual)
        for report in (mounted, usual):
            (report / "notes.txt").write_text("ours")
    assert {path.name for path in folder.parent.iterdir()} == {"corpus", "usual", "mounted"}


@pytest.mark.parametrize("last", [0, 1, 2, 5])
def test_a_mount_point_over_which_a_run_died(
    folder: Path, mounted: Path, monkeypatch: pytest.MonkeyPatch, last: int
) -> None:
    assert aligner("audit", folder, "--out", mounted, "--no-detector").exit_code == 0
    before = read(mounted)
    moves = 0
    rename = Path.rename

    class Died(BaseException):
        pass

    def dies(self: Path, target: Path) -> Path:
        nonlocal moves
        if lock.NEW in self.parts or lock.OLD in Path(target).parts:
            moves += 1
            if moves > last:
                raise Died
        return rename(self, target)

    with monkeypatch.context() as dying:
        dying.setattr(Path, "rename", dies)
        with pytest.raises(Died):
            package.audit(str(folder), mounted, detector=False)
    package.audit(str(folder), mounted, detector=False)
    assert read(mounted).keys() == before.keys()
