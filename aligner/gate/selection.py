"""Which articles a check looks at: those changed since a git revision, or those of a list of files."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from aligner.model import InputError
from aligner.reporters.places import source_file

KEPT_CHANGES = "ACMRT"
"""git's letters for a file that is there: added, copied, modified, renamed, its type changed."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The files to look at, as real paths.

    ``since`` is the git revision that they were compared with, None for a list of files; ``missing``
    are files of the list that are not there.
    """

    files: frozenset[str]
    since: str | None = None
    missing: tuple[str, ...] = ()

    def holds(self, key: str) -> bool:
        """Tell whether an article, by its key, stands in one of the files."""
        return os.path.realpath(source_file(key)) in self.files


def listed(lines: Iterable[str]) -> Selection:
    """Select the files named one a line; blank lines are passed over."""
    names = [name for line in lines if (name := line.rstrip("\r\n")).strip()]
    there = [name for name in names if Path(name).exists()]
    missing = tuple(name for name in names if name not in set(there))
    return Selection(frozenset(map(os.path.realpath, there)), missing=missing)


def changed(since: str, paths: Sequence[str]) -> Selection:
    """Select the files of ``paths`` added or changed since a git revision, untracked ones included.

    Compared is the working tree, staged or not. What git ignores is not untracked. Raises InputError
    where there is no git, a path lies in no git repository, or the revision does not exist in it.
    """
    files: set[str] = set()
    for top in sorted({_repository(path) for path in paths}):
        revision = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{since}^{{commit}}")
        if revision is None:
            raise InputError(f"--since {since}: no such revision in the git repository {top}")
        names = _git(
            top, "diff", "--name-only", "-z", "--no-relative", "--no-ext-diff",
            f"--diff-filter={KEPT_CHANGES}", revision.strip(), "--",
        )  # fmt: skip
        names = (names or "") + (_git(top, "ls-files", "-z", "--others", "--exclude-standard") or "")
        files.update(os.path.realpath(os.path.join(top, name)) for name in names.split("\0") if name)
    return Selection(frozenset(files), since=since)


def _repository(path: str) -> str:
    """Return the top of the working tree that a path lies in."""
    folder = Path(path) if Path(path).is_dir() else Path(path).parent
    top = _git(str(folder), "rev-parse", "--show-toplevel")
    if top is None:
        raise InputError(f"--since: {path} lies in no git repository")
    return top.removesuffix("\n")


def _git(folder: str, *arguments: str) -> str | None:
    """Return what git says, None where it fails."""
    command = ["git", "-C", folder, *arguments]
    # A hook runs with variables that name another index or tree; only GIT_DIR's tree is meant then.
    try:
        run = subprocess.run(command, capture_output=True, check=False)
    except OSError as error:
        raise InputError(f"--since needs git, which cannot be run: {error.strerror or error}") from error
    return os.fsdecode(run.stdout) if run.returncode == 0 else None
