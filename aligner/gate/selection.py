"""Which articles a check looks at: those changed since a git revision, or those of a list of files."""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from aligner.keys import source_file
from aligner.model import InputError

logger = logging.getLogger(__name__)

KEPT_CHANGES = "ACMRT"
"""git's letters for a file that is there: added, copied, modified, renamed, its type changed."""

HOOK_VARIABLES = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"})


@dataclass(frozen=True, slots=True)
class Selection:
    """The files to look at, as real paths.

    ``since`` is the git revision that they were compared with, None for a list of files; ``missing``
    are files of the list that are not there.
    """

    files: frozenset[str]
    since: str | None = None
    missing: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The revision, or "files" for a list."""
        return self.since or "files"

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

    The working tree, staged or not, is compared with the point where its history left that revision.
    Raises InputError where git cannot be run, a path lies in no repository, or the revision is unknown.
    """
    files: set[str] = set()
    for top in sorted({_repository(path) for path in paths}):
        files.update(os.path.realpath(Path(top, name)) for name in _changes(top, since))
    return Selection(frozenset(files), since=since)


def _repository(path: str) -> str:
    """Return the top of the working tree that a path lies in."""
    folder = Path(path) if Path(path).is_dir() else Path(path).parent
    try:
        return _git(folder, "rev-parse", "--show-toplevel").removesuffix("\n")
    except _GitError as error:
        raise InputError(f"--since: {path} lies in no git repository that can be read ({error})") from error


def _changes(top: str, since: str) -> list[str]:
    """Name the changed files of a working tree, by their paths in it."""
    try:
        revision = _git(top, "rev-parse", "--verify", "--end-of-options", f"{since}^{{commit}}").strip()
    except _GitError as error:
        raise InputError(
            f"--since {since}: no such revision in {top}; in a shallow clone, fetch it first"
        ) from error
    try:
        revision = _git(top, "merge-base", revision, "HEAD").strip()
    except _GitError:
        logger.warning("--since %s: its history is not known here; comparing with the revision itself", since)
    kept = f"--diff-filter={KEPT_CHANGES}"
    tracked = _git(top, "diff", "--name-only", "-z", "--no-relative", "--no-ext-diff", kept, revision, "--")
    untracked = _git(top, "ls-files", "-z", "--others", "--exclude-standard")
    return [name for name in (tracked + untracked).split("\0") if name]


class _GitError(Exception):
    """git ended with an error; the message is its own."""


def _git(folder: str | Path, *arguments: str) -> str:
    """Return what git says in a folder."""
    # Inside a git hook these name the repository of the hook, from another folder than ours.
    environment = {name: value for name, value in os.environ.items() if name not in HOOK_VARIABLES}
    command = ["git", "-C", str(folder), *arguments]
    try:
        run = subprocess.run(command, capture_output=True, check=False, env=environment)
    except OSError as error:
        raise InputError(f"--since needs git, which cannot be run: {error.strerror or error}") from error
    if run.returncode != 0:
        raise _GitError(" ".join(os.fsdecode(run.stderr).split()))
    return os.fsdecode(run.stdout)
