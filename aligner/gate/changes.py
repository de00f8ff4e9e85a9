"""Files changed since a git revision, in every repository that the corpus reaches into."""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from aligner.gate.selection import Selection, parents
from aligner.keys import is_there
from aligner.model import InputError
from aligner.readers.formats import format_of
from aligner.readers.sources import STDIN, is_ignored, list_files

logger = logging.getLogger(__name__)

HOOK_VARIABLES = frozenset(
    {
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_PREFIX",
        "GIT_COMMON_DIR",
        "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_NAMESPACE",
    }
)
SUBMODULE_MODE = "160000"
_LOOKING = tuple(
    part
    for setting in ("fsmonitor=false", "trustctime=true", "checkStat=default", "ignoreStat=false")
    for part in ("-c", f"core.{setting}")
)
"""Settings with which git looks at the files themselves."""


def changed(since: str, paths: Sequence[str], ignore: Sequence[str] = ()) -> Selection:
    """Select the files of ``paths`` added or changed since a git revision, untracked ones included.

    The working tree, staged or not, is compared with the point where its history left that revision; a
    submodule with the commit that it had there. What git does not track is new, ignored files and untracked
    repositories included, and so is what is in no repository. Where an article was deleted or moved away,
    its counterpart may be alone now, so that articles without counterpart are selected as well. Raises
    InputError where git cannot be run or fails, a path is in no repository, or the revision is unknown.
    """
    changes = _Changes(since, paths, ignore)
    try:
        for top in sorted({_repository(path) for path in paths if path != STDIN}):
            changes.add(top, since)
        changes.add_others(paths, ignore)
    except _GitError as error:
        raise InputError(f"--since {since}: git cannot say what changed: {error}") from error
    return Selection(frozenset(changes.files), frozenset(changes.folders), since, changes.deleted)


class _Changes:
    """Collects what changed, a working tree after the other; paths are real ones."""

    def __init__(self, since: str, paths: Sequence[str], ignore: Sequence[str]) -> None:
        self._since = since
        self._roots = frozenset(os.path.realpath(path) for path in paths if path != STDIN)
        self._ignore = ignore
        self.deleted = False
        self.files: set[str] = set()
        self.folders: set[str] = set()
        self._tops: set[str] = set()
        self._tracked: dict[str, frozenset[str]] = {}

    def add(self, top: str, since: str) -> None:
        """Add the changes of a working tree, and of those in it."""
        real = os.path.realpath(top)
        if real in self._tops:
            return
        self._tops.add(real)
        if os.path.realpath(_git(top, "rev-parse", "--show-toplevel").removesuffix("\n")) != real:
            raise _GitError(f"the repository in {top} is that of another folder (core.worktree)")
        revision = _base(top, since)
        for name in _changed_names(top, revision):
            path = os.path.realpath(Path(top, name))
            if not Path(path).is_dir():
                self.files.add(path)
            elif before := _commit_of(top, revision, name):
                self._add_submodule(path, before)
            else:  # a repository that is not tracked, or was not in that revision
                self.folders.add(path)
        self.deleted = self.deleted or any(
            self._is_article(real, name) and not (new and self._is_article(real, new))
            for name, new in _deleted_files(top, revision)
        )

    def _is_article(self, top: str, name: str) -> bool:
        """Return whether a file is, or was, an article of the corpus, as far as its path says."""
        path = str(Path(top, name))
        root = next((folder for folder in parents(path) if folder in self._roots), None)
        return (
            root is not None
            and not any(part.startswith(".") for part in Path(path).relative_to(root).parts)
            and format_of(path) is not None
            and not is_ignored(path, self._ignore)
        )

    def _add_submodule(self, top: str, revision: str) -> None:
        try:
            self.add(top, revision)
        except (InputError, _GitError):  # the commit that it had is not known there
            self.folders.add(top)

    def add_others(self, paths: Sequence[str], ignore: Sequence[str]) -> None:
        """Add what changed where links lead, in a repository of its own, or where git does not look."""
        tops: dict[str, str] = {}
        for file in list_files(paths, ignore):
            if file == STDIN:
                continue
            real = os.path.realpath(file)
            folder = str(Path(real).parent)
            top = tops[folder] if folder in tops else tops.setdefault(folder, _top(folder))
            if not top:
                self.files.add(real)
            elif top not in self._tops and not any(parent in self.folders for parent in parents(real)):
                try:
                    if _is_unchanged_submodule(top, self._tops):
                        self._tops.add(top)
                    else:
                        self.add(top, self._since)
                except (InputError, _GitError):  # a revision that only its neighbours know
                    self.folders.add(top)
            if top in self._tops and not self._is_tracked(top, real):
                self.files.add(real)

    def _is_tracked(self, top: str, real: str) -> bool:
        """Return whether git compares a file at all: one that it ignores may have changed."""
        if top not in self._tracked:
            names = _git(top, "ls-files", "-z").split("\0")
            self._tracked[top] = frozenset(f"{top}/{name}" for name in names if name)
        return real in self._tracked[top]


def _repository(path: str) -> str:
    """Return the top of the working tree that a path is in."""
    folder = Path(path) if Path(path).is_dir() else Path(path).parent
    try:
        return _git(folder, "rev-parse", "--show-toplevel").removesuffix("\n")
    except _GitError as error:
        raise InputError(f"--since: {path} is in no git repository that can be read ({error})") from error


def _top(folder: str) -> str:
    """Return the top of the working tree that a real folder is in, '' for none."""
    return next((parent for parent in parents(folder) if os.path.lexists(f"{parent}/.git")), "")


def _is_unchanged_submodule(top: str, tops: set[str]) -> bool:
    """Return whether a working tree is a submodule of one that was compared and showed no change."""
    parent = _top(str(Path(top).parent))
    if parent not in tops:
        return False
    return _mode(parent, "ls-files", "--stage", "-z", "--", os.path.relpath(top, parent)) == SUBMODULE_MODE


def _base(top: str, since: str) -> str:
    """Return the commit to compare a working tree with."""
    try:
        revision = _git(top, "rev-parse", "--verify", "--end-of-options", f"{since}^{{commit}}").strip()
        if not revision.isalnum():  # ^HEAD, which is what is not in HEAD
            raise _GitError("not one revision")
    except _GitError as error:
        raise InputError(
            f"--since {since}: no such revision in {top}; in a shallow clone, fetch it first"
        ) from error
    try:
        return _git(top, "merge-base", revision, "HEAD").strip()
    except _GitError:
        logger.warning("--since %s: its history is not known here; comparing with the revision itself", since)
        return revision


def _changed_names(top: str, revision: str) -> Iterator[str]:
    """Name what was added or changed in a working tree, by paths in it; folders are repositories."""
    diff = ("diff", "--name-only", "-z", "--no-relative", "--no-ext-diff", "--ignore-submodules=none")
    # All but what was deleted: what is in conflict as well.
    for name in _git(top, *diff, "--diff-filter=d", revision, "--").split("\0"):
        if name:
            yield name
    for name in _git(top, "ls-files", "-z", "--others", "--exclude-standard").split("\0"):
        if name:
            yield name.removesuffix("/")
    # Files whose changes git was asked not to see.
    for line in _git(top, "ls-files", "-z", "-v").split("\0"):
        flag, _, name = line.partition(" ")
        if name and (flag.islower() or flag == "S") and is_there(Path(top, name)):
            yield name


def _deleted_files(top: str, revision: str) -> Iterator[tuple[str, str]]:
    """Name the files of a revision that are not in the working tree, with their new names, '' for none."""
    diff = ("diff", "--name-status", "-z", "--no-relative", "--no-ext-diff", "--find-renames")
    fields = iter(_git(top, *diff, "--diff-filter=DR", revision, "--").split("\0"))
    for status in fields:
        if status:
            name, new = next(fields), next(fields) if status.startswith("R") else ""
            if not is_there(Path(top, name)):
                yield name, new


def _commit_of(top: str, revision: str, name: str) -> str:
    """Return the commit of a submodule in a revision, '' where it was none."""
    entry = _git(top, "ls-tree", "-z", revision, "--", name)
    mode, _, details = entry.partition(" ")
    return details.split()[1] if mode == SUBMODULE_MODE else ""


def _mode(top: str, *arguments: str) -> str:
    try:
        return _git(top, *arguments).partition(" ")[0]
    except _GitError:
        return ""


class _GitError(Exception):
    """git ended with an error; the message is its own."""


def _git(folder: str | Path, *arguments: str) -> str:
    """Return what git says in a folder."""
    # Inside a git hook these name the repository of the hook, from another folder than ours.
    environment = {name: value for name, value in os.environ.items() if name not in HOOK_VARIABLES}
    environment["GIT_NO_REPLACE_OBJECTS"] = "1"  # a commit in the place of another would hide what changed
    command = ["git", "-C", str(folder), *_LOOKING, *arguments]
    try:
        run = subprocess.run(command, capture_output=True, check=False, env=environment)
    except ValueError as error:  # a zero byte in the name of a revision
        raise _GitError(str(error)) from error
    except OSError as error:
        raise InputError(f"--since needs git, which cannot be run: {error.strerror or error}") from error
    if run.returncode != 0:
        raise _GitError(" ".join(os.fsdecode(run.stderr).split()))
    return os.fsdecode(run.stdout)
