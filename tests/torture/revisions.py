"""Repositories in every state: what `aligner check --since` must see, or say that it cannot."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.cli.articles import FRENCH, GLUED
from tests.gate.repository import commit_all, git
from tests.torture.further import EN, FR, RULES, Further

SINCE = ("check", "articles", *RULES, "--since", "HEAD")
SEEN, UNKNOWN, EITHER = (1,), (2,), (1, 2)
Make = Callable[[Path], object]


def everything() -> Iterator[Further]:
    """All of them."""
    for name, (make, codes) in {**STATES, **SETTINGS, **HIDDEN}.items():
        yield Further(f"revision: {name}", SINCE, make, codes)
    for name, (since, make, codes) in REVISIONS.items():
        yield Further(f"revision: {name}", (*SINCE[:-1], since), make, codes)
    for name, (make, command, codes) in KNOWN.items():
        yield Further(f"around: {name}", command, make, codes)


def correct(folder: Path) -> None:
    """Commit the article without its fault."""
    (folder / FR).write_text(FRENCH, encoding="utf-8")
    commit_all(folder)


def faulty(folder: Path) -> None:
    """Put the fault back, in the working tree."""
    (folder / FR).write_text(GLUED, encoding="utf-8")


def states(change: Make) -> Make:
    """Commit, put the fault in, and change something else."""

    def make(folder: Path) -> None:
        correct(folder)
        faulty(folder)
        change(folder)

    return make


def _staged(folder: Path) -> None:
    git(folder, "add", "--all")


def _staged_and_back(folder: Path) -> None:
    git(folder, "add", "--all")
    (folder / FR).write_text(FRENCH, encoding="utf-8")


def _detached(folder: Path) -> None:
    git(folder, "checkout", "--quiet", "--detach")


def _unborn(folder: Path) -> None:
    git(folder, "checkout", "--quiet", "--orphan", "new")


def _renamed(folder: Path) -> None:
    (folder / FR).rename(folder / "articles" / "pont.txt")


def _renamed_by_case(folder: Path) -> None:
    (folder / FR).rename(folder / "articles" / "Passerelle.TXT")


def _moved_from_outside(folder: Path) -> None:
    (folder / FR).unlink()
    (folder / "drafts").mkdir()
    (folder / "drafts" / "p.txt").write_text(GLUED, encoding="utf-8")
    commit_all(folder)
    (folder / "drafts" / "p.txt").rename(folder / FR)


def _other_form(folder: Path) -> None:
    (folder / FR).rename(folder / "articles" / ("passerelle".replace("e", "e\u0301") + ".txt"))


def _mode(folder: Path) -> None:
    commit_all(folder)
    (folder / FR).chmod(0o755)


def _linked(folder: Path) -> None:
    (folder / "store").mkdir()
    (folder / FR).rename(folder / "store" / "p.txt")
    (folder / FR).symlink_to("../store/p.txt")


def _linked_before(folder: Path) -> None:
    (folder / "store").mkdir()
    (folder / FR).unlink()
    (folder / "store" / "p.txt").write_text(FRENCH, encoding="utf-8")
    (folder / FR).symlink_to("../store/p.txt")
    commit_all(folder)
    (folder / "store" / "p.txt").write_text(GLUED, encoding="utf-8")


def _linked_to_ignored(folder: Path) -> None:
    (folder / ".gitignore").write_text("store/\n", encoding="utf-8")
    _linked_before(folder)


def _linked_anew(folder: Path) -> None:
    (folder / "store").mkdir()
    (folder / FR).unlink()
    (folder / "store" / "good.txt").write_text(FRENCH, encoding="utf-8")
    (folder / "store" / "bad.txt").write_text(GLUED, encoding="utf-8")
    (folder / FR).symlink_to("../store/good.txt")
    commit_all(folder)
    (folder / FR).unlink()
    (folder / FR).symlink_to("../store/bad.txt")


def _folder_linked(folder: Path) -> None:
    (folder / "articles").rename(folder / "real")
    (folder / "articles").symlink_to("real")


def _file_for_folder(folder: Path) -> None:
    (folder / FR).unlink()
    (folder / FR).mkdir()
    (folder / FR / "p.txt").write_text(GLUED, encoding="utf-8")


def _worktree(folder: Path) -> None:
    """The corpus is in another working tree of the repository."""
    commit_all(folder)
    (folder / FR).write_text(FRENCH, encoding="utf-8")
    commit_all(folder)
    git(folder, "worktree", "add", "--quiet", "--detach", "tree")
    (folder / "articles").rename(folder / "others")
    (folder / "articles").symlink_to("tree/articles")
    (folder / "tree" / FR).write_text(GLUED, encoding="utf-8")


def _shallow(folder: Path) -> None:
    commit_all(folder)
    git(folder, "clone", "--quiet", "--depth", "1", f"file://{folder}", "clone")
    (folder / "articles").rename(folder / "others")
    (folder / "articles").symlink_to("clone/articles")


def _rewound_clock(folder: Path) -> None:
    """A change of the same length, with the times of before: git looks at neither, if it is told so."""
    path = folder / FR
    path.write_text(f"{FRENCH}", encoding="utf-8")
    commit_all(folder)
    state = path.stat()
    git(folder, "config", "core.trustctime", "false")
    git(folder, "config", "core.checkStat", "minimal")
    git(folder, "status")
    changed = GLUED.replace("samedi matin", "samedi  matin")
    assert len(changed.encode()) == state.st_size
    path.write_text(changed, encoding="utf-8")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


STATES: dict[str, tuple[Make, tuple[int, ...]]] = {
    "staged": (states(_staged), SEEN),
    "staged, and taken back in the tree": (states(_staged_and_back), (0,)),
    "detached": (states(_detached), SEEN),
    "no commit yet": (states(_unborn), UNKNOWN),
    "renamed": (states(_renamed), SEEN),
    "renamed by case": (states(_renamed_by_case), SEEN),
    "renamed to another form of Unicode": (states(_other_form), SEEN),
    "moved from outside": (states(_moved_from_outside), SEEN),
    "only another mode": (states(_mode), (0, 1)),
    "now a link": (states(_linked), SEEN),
    "a link whose target changed": (states(_linked_before), SEEN),
    "a link whose target is ignored": (states(_linked_to_ignored), SEEN),
    "a link to another target": (states(_linked_anew), SEEN),
    "a folder that is now a link": (states(_folder_linked), SEEN),
    "a file that is now a folder": (states(_file_for_folder), SEEN),
    "another working tree": (states(_worktree), SEEN),
    "a shallow clone": (states(_shallow), (0,)),
    "times of before": (states(_rewound_clock), SEEN),
}


def _set(*pairs: tuple[str, str]) -> Make:
    def make(folder: Path) -> None:
        for key, value in pairs:
            git(folder, "config", key, value)

    return states(make)


def _attributes(text: str, *pairs: tuple[str, str]) -> Make:
    def make(folder: Path) -> None:
        (folder / ".gitattributes").write_text(text, encoding="utf-8")
        correct(folder)
        for key, value in pairs:
            git(folder, "config", key, value)
        faulty(folder)

    return make


def _elsewhere(folder: Path) -> None:
    (folder / "elsewhere").mkdir()
    git(folder, "config", "core.worktree", str(folder / "elsewhere"))


def _replaced(folder: Path) -> None:
    """HEAD's commit is replaced with one that holds the fault already."""
    old = git(folder, "rev-parse", "HEAD").strip()
    new = commit_all(folder)
    git(folder, "reset", "--quiet", "--soft", old)
    git(folder, "replace", old, new)


def _damaged_index(folder: Path) -> None:
    (folder / ".git" / "index").write_bytes(b"DIRC\0\0\0\2damaged")


def _no_objects(folder: Path) -> None:
    for path in (folder / ".git" / "objects").rglob("*"):
        if path.is_file():
            path.unlink()


SETTINGS: dict[str, tuple[Make, tuple[int, ...]]] = {
    "renames off": (_set(("diff.renames", "false")), SEEN),
    "renames as copies": (_set(("diff.renames", "copies"), ("diff.renameLimit", "1")), SEEN),
    "an order of files that is not there": (_set(("diff.orderFile", "gone")), EITHER),
    "submodules ignored": (_set(("diff.ignoreSubmodules", "all")), SEEN),
    "modes ignored": (_set(("core.fileMode", "false")), SEEN),
    "case ignored": (_set(("core.ignoreCase", "true")), SEEN),
    "names in other forms": (_set(("core.precomposeUnicode", "true"), ("core.quotePath", "true")), SEEN),
    "line ends changed": (_set(("core.autocrlf", "true"), ("core.safecrlf", "true")), EITHER),
    "no bare blanks": (_set(("core.whitespace", "cr-at-eol"), ("apply.whitespace", "fix")), SEEN),
    "bare": (_set(("core.bare", "true")), EITHER),
    "changes not looked for": (_set(("core.ignoreStat", "true")), SEEN),
    "cache of what is untracked": (_set(("core.untrackedCache", "true")), SEEN),
    "index split": (_set(("core.splitIndex", "true")), SEEN),
    "a pager and colours": (_set(("core.pager", "false"), ("color.ui", "always")), SEEN),
    "no prefix, noted words": (_set(("diff.noprefix", "true"), ("diff.wordRegex", ".")), SEEN),
    "column": (_set(("column.ui", "always"), ("log.showSignature", "true")), SEEN),
    "an alias of diff": (_set(("alias.diff", "!true"), ("alias.ls-files", "!true")), SEEN),
    "a version of repositories to come": (_set(("core.repositoryFormatVersion", "99")), EITHER),
    "another tree": (states(_elsewhere), EITHER),
    "a commit in the place of another": (states(_replaced), SEEN),
    "a damaged index": (states(_damaged_index), EITHER),
    "an index of nothing": (states(lambda folder: (folder / ".git" / "index").unlink()), EITHER),
    "objects gone": (states(_no_objects), EITHER),
    "HEAD damaged": (states(lambda folder: (folder / ".git" / "HEAD").write_text("x")), EITHER),
    "settings damaged": (states(lambda folder: (folder / ".git" / "config").write_text("[")), EITHER),
    "binary": (_attributes("*.txt binary\n"), SEEN),
    "not to be compared": (_attributes("*.txt -diff\n"), SEEN),
    "not to be exported": (_attributes("* export-ignore\n"), SEEN),
    "with words for letters": (_attributes("*.txt ident text eol=crlf\n"), SEEN),
    "shown by a program": (_attributes("*.txt diff=x\n", ("diff.x.textconv", "true")), SEEN),
    "cleaned by a program": (
        _attributes("*.txt filter=x\n", ("filter.x.clean", "sed 's/troisde/trois de/'")),
        (0,),  # what would be committed is correct
    ),
    "cleaned by a program that is not there": (
        _attributes("*.txt filter=x\n", ("filter.x.clean", "gone"), ("filter.x.required", "true")),
        EITHER,
    ),
}


def _ignored(text: str, name: str) -> Make:
    """The faulty article is new, and git does not look at it."""

    def make(folder: Path) -> None:
        (folder / FR).unlink()
        (folder / ".gitignore").write_text("\n", encoding="utf-8")
        commit_all(folder)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        faulty(folder)

    return make


HIDDEN: dict[str, tuple[Make, tuple[int, ...]]] = {
    "ignored": (_ignored("passerelle.txt\n", ".gitignore"), SEEN),
    "ignored by pattern": (_ignored("*.txt\n", "articles/.gitignore"), SEEN),
    "ignored with its folder": (_ignored("/articles/\n", ".gitignore"), SEEN),
    "excluded": (_ignored("articles/pass*\n", ".git/info/exclude"), SEEN),
}


def _base(folder: Path) -> None:
    correct(folder)
    git(folder, "tag", "-a", "-m", "x", "v1")
    git(folder, "branch", "other")
    faulty(folder)
    commit_all(folder)


def _merged(folder: Path) -> None:
    """The fault came with a branch that was merged."""
    correct(folder)
    git(folder, "tag", "v1")
    git(folder, "checkout", "--quiet", "-b", "side")
    faulty(folder)
    commit_all(folder)
    git(folder, "checkout", "--quiet", "main")
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    commit_all(folder)
    git(folder, "merge", "--quiet", "--no-edit", "side")


def _unrelated(folder: Path) -> None:
    correct(folder)
    git(folder, "checkout", "--quiet", "--orphan", "alone")
    faulty(folder)
    commit_all(folder)


def _shallow_base(folder: Path) -> None:
    _base(folder)
    _shallow(folder)


REVISIONS: dict[str, tuple[str, Make, tuple[int, ...]]] = {
    "a note on a commit": ("v1", _base, SEEN),
    "its commit": ("v1^{commit}", _base, SEEN),
    "its tree": ("v1^{tree}", _base, UNKNOWN),
    "its file": (f"v1:{FR}", _base, UNKNOWN),
    "a branch": ("other", _base, SEEN),
    "before": ("HEAD~1", _base, SEEN),
    "by message": (":/A change", _base, UNKNOWN),
    "by time": ("main@{1}", _base, SEEN),
    "merged": ("v1", _merged, SEEN),
    "both parents": ("HEAD^@", _merged, UNKNOWN),
    "of another history": ("main", _unrelated, SEEN),
    "in a shallow clone": ("HEAD~1", _shallow_base, UNKNOWN),
    "zeros": ("0" * 40, _base, UNKNOWN),
    "of many letters": ("a" * 100_000, _base, UNKNOWN),
    "a steering one": ("\x1b[2J::error::", _base, UNKNOWN),
    "two": ("v1 other", _base, UNKNOWN),
    "of two lines": ("v1\nother", _base, UNKNOWN),
}


def _entry(path: str) -> str:
    entry = {"path": path, "code": "EXT101", "excerpt": "troisde"}
    return json.dumps({"schema": 2, "findings": [entry]})


def _baseline_above(folder: Path) -> None:
    """The known finding is that of another article, of the same path in another folder."""
    git(folder, "init", "--quiet")
    (folder / ".aligner-baseline.json").write_text(_entry(FR), encoding="utf-8")
    (folder / "deep").mkdir()
    for name in (FR, EN):
        (folder / "deep" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "deep" / name).write_text((folder / name).read_text(encoding="utf-8"), encoding="utf-8")


def _settings_above(text: str, name: str = "aligner.toml") -> Make:
    def make(folder: Path) -> None:
        git(folder, "init", "--quiet")
        (folder / name).write_text(text, encoding="utf-8")

    return make


def _pairs(text: str | bytes) -> Make:
    def make(folder: Path) -> None:
        data = text.encode() if isinstance(text, str) else text
        (folder / "pairs.csv").write_bytes(data)

    return make


CHECK = ("check", "articles", *RULES)
PAIRS = (*CHECK, "--pairs", "pairs.csv")
KNOWN: dict[str, tuple[Make, tuple[str, ...], tuple[int, ...]]] = {
    "a baseline above": (_baseline_above, ("check", "deep/articles", *RULES), SEEN),
    "a baseline above, its own article": (_baseline_above, CHECK, (0,)),
    "settings with another name": (
        _settings_above("[gate]\nfail-on = 'critical'\n", "Aligner.toml"),
        CHECK,
        SEEN,
    ),
    "settings of blanks": (_settings_above("\n \n"), CHECK, SEEN),
    "settings with a mark": (_settings_above("\ufeff[gate]\nfail-on = 'major'\n"), CHECK, EITHER),
    "settings with CRLF": (_settings_above("[gate]\r\nfail-on = 'major'\r\n"), CHECK, SEEN),
    "settings in UTF-16": (
        lambda folder: (folder / "aligner.toml").write_bytes("[gate]\n".encode("utf-16")),
        CHECK,
        UNKNOWN,
    ),
    "a baseline that is not there": (_settings_above("[gate]\nbaseline = 'gone.json'\n"), CHECK, EITHER),
    "pairs with a mark and semicolons": (_pairs(f"\ufefffr;en\n{FR};{EN}\n"), PAIRS, SEEN),
    "pairs with CR": (_pairs(f"fr,en\r{FR},{EN}\r"), PAIRS, EITHER),
    "pairs in UTF-16": (_pairs(f"fr,en\n{FR},{EN}\n".encode("utf-16")), PAIRS, EITHER),
    "pairs without names": (_pairs(f"{FR},{EN}\n"), PAIRS, UNKNOWN),
    "pairs with three columns": (_pairs(f"fr,en,note\n{FR},{EN},x\n"), PAIRS, EITHER),
    "pairs of names twice": (_pairs(f"fr,en,fr\n{FR},{EN},gone\n"), PAIRS, EITHER),
    "pairs with one cell": (_pairs(f"fr,en\n{FR}\n"), PAIRS, UNKNOWN),
    "pairs with empty cells": (_pairs("fr,en\n,\n"), PAIRS, EITHER),
    "pairs with blanks": (_pairs(f"fr,en\n {FR} , {EN} \n"), PAIRS, EITHER),
    "pairs with ./": (_pairs(f"fr,en\n./{FR},articles/../{EN}\n"), PAIRS, EITHER),
    "pairs with a zero": (_pairs(f"fr,en\n{FR}\0,{EN}\n"), PAIRS, UNKNOWN),
    "pairs of commas": (_pairs("fr,en\n" + "," * 100_000), PAIRS, UNKNOWN),
    "pairs of one article with two": (_pairs(f"fr,en\n{FR},{EN}\n{FR},articles/x.txt\n"), PAIRS, UNKNOWN),
}
