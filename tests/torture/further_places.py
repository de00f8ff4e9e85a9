"""Attacks on what is written: places that are none, files of others, caches that are damaged, workflows."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.torture.further import EN, FR, RULES, Further, write_articles, writes

Make = Callable[[Path], object]
XLIFF = (
    '<?xml version="1.0"?><xliff version="1.2"><file source-language="fr" target-language="en"><body>'
    '<trans-unit id="1"><source>La passerelle compte troisde ses piles dans la ville.</source>'
    "<target>The footbridge has three of its piers in the town.</target></trans-unit></body></file></xliff>"
)
TO_FILE: dict[str, tuple[str, ...]] = {
    "lint": ("lint", "articles", *RULES),
    "pair": ("pair", "articles", "--no-cache", "--format", "csv"),
    "align": ("align", FR, EN, "--no-cache", "--format", "tmx"),
    "grade": ("grade", "rows.tsv", "--no-detector", "--no-cache"),
    "diff": ("diff", "report", "report"),
    "export": ("export", "report"),
}
TO_FOLDER: dict[str, tuple[str, ...]] = {
    "audit": ("audit", "articles", *RULES),
    "check": ("check", "articles", *RULES, "--exit-zero"),
}
NO_FILE = ("articles", "", ".", "/", f"{FR}/x", "circle", "x" * 300, "/proc/none/x", "/dev/full", "shut/x")
NO_FOLDER = (
    "articles",
    FR,
    "",
    ".",
    "..",
    "/",
    "/dev/null",
    f"{FR}/x",
    "circle",
    "x" * 300,
    "/proc/x",
    "mine",
)


def everything() -> Iterator[Further]:
    """All of them."""
    yield from outs()
    yield from notes()
    yield from caches()
    yield from workflows()
    yield from fixes()


def _places(folder: Path) -> None:
    """Put beside the articles what is no place to write to."""
    (folder / "circle").symlink_to("circle")
    (folder / "mine").mkdir()
    (folder / "mine" / "notes.txt").write_text("mine", encoding="utf-8")
    (folder / "shut").symlink_to("/proc/self/fdinfo")
    (folder / "later").symlink_to("made/later")
    (folder / "there").write_text("old", encoding="utf-8")
    (folder / "rows.tsv").write_text("fr\ten\nOui, monsieur.\tYes, sir.\n", encoding="utf-8")


def outs() -> Iterator[Further]:
    """Names for --out."""
    kept = (FR, EN, "mine/notes.txt", "there", "rows.tsv")
    for command, arguments in TO_FILE.items():
        for out in NO_FILE:
            codes = (0, 2) if out == "" else (2,)
            yield _out(command, arguments, out, codes, kept)
        for out in ("new/deep/file", "later", "\udcff", "-", "a\nb", "::error::", "/dev/null"):
            yield _out(command, arguments, out, (0,), kept)
        yield _out(command, arguments, "there", (0,), kept[:3])
    for command, arguments in TO_FOLDER.items():
        for out in NO_FOLDER:
            yield _out(command, arguments, out, (2,), kept)
        for out in (
            "new/deep/folder/",
            "later",
            "\udcff",
            "-",
            "a\nb",
            "::error::",
            "articles/report",
            "./x/../y",
        ):
            yield _out(command, arguments, out, (0,), kept)


def _out(
    command: str, arguments: tuple[str, ...], out: str, codes: tuple[int, ...], kept: tuple[str, ...]
) -> Further:
    return Further(
        f"out: {command} {out[:40]!r}", (*arguments, "--out", out), _places, codes, reported=True, kept=kept
    )


def notes() -> Iterator[Further]:
    """Notes for translators, into files that are there and others."""
    check = ("check", "file.xlf", *RULES, "--format")
    make = writes("file.xlf", XLIFF)
    yield Further("notes: beside", (*check, "xliff=noted.xlf"), make, (1,), kept=("file.xlf",))
    yield Further("notes: into itself", (*check, "xliff=file.xlf"), make, (1,))
    for name in NO_FILE[:1] + NO_FILE[2:]:

        def both(folder: Path) -> None:
            _places(folder)
            make(folder)

        yield Further(f"notes: {name[:40]!r}", (*check, f"xliff={name}"), both, (2,), kept=("file.xlf",))
    other = ("check", "articles", *RULES, "--format", "xliff=noted.xlf")
    yield Further("notes: no such file", other)
    for name, text in {
        "cut": XLIFF[:-20],
        "empty": "",
        "german": XLIFF.replace('"fr"', '"de"'),
        "entity": XLIFF.replace("<xliff", '<!DOCTYPE x [<!ENTITY a "b">]><xliff', 1).replace(
            "trois", "&a;trois"
        ),
        "latin": XLIFF.replace('"1.0"', '"1.0" encoding="latin-1"', 1),
        "no encoding": XLIFF.replace('"1.0"', '"1.0" encoding="klingon"', 1),
        "no source": XLIFF.replace("source>", "sauce>"),
        "steering": XLIFF.replace("piles", "piles ::error::x \u202e"),
    }.items():
        codes = (0, 1, 2) if name in ("entity", "latin", "steering", "no source") else (2,)
        yield Further(
            f"notes: {name}", (*check, "xliff=noted.xlf"), writes("file.xlf", text), codes, kept=("file.xlf",)
        )


def caches() -> Iterator[Further]:
    """Caches that are no cache, or damaged: they cost time, and hide nothing."""
    command = ("check", "articles", "--no-detector", "--select", "EXT101", "--cache", "kept")
    for name, make in CACHES.items():
        yield Further(f"cache: {name}", command, make, (1,))


def _filled(damage: Callable[[Path], object]) -> Make:
    """Return what fills a cache by a run, and damages it."""

    def make(folder: Path) -> None:
        from tests.cli.articles import aligner

        write_articles(folder)
        here = Path.cwd()
        os.chdir(folder)
        try:
            options = ("--no-detector", "--select", "EXT101", "--cache", "kept", "--out", "filled")
            assert aligner("audit", "articles", *options).exit_code == 0
            damage(folder / "kept")
        finally:
            os.chdir(here)

    return make


def _bent(cache: Path, data: bytes | None, at: int | None = None) -> None:
    """Replace the content of every file, or cut it."""
    for file in cache.rglob("*"):
        if file.is_file():
            file.write_bytes(data if data is not None else file.read_bytes()[:at])


def _statements(cache: Path, *statements: str) -> None:
    import sqlite3

    for file in cache.glob("*.sqlite"):
        database = sqlite3.connect(file)
        for statement in statements:
            for (table,) in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            ).fetchall():
                try:
                    database.execute(statement.format(table=table))
                except sqlite3.Error:
                    continue
        database.commit()
        database.close()


def _folders(cache: Path) -> None:
    for file in cache.glob("*.sqlite*"):
        file.unlink()
        file.mkdir()


CACHES: dict[str, Make] = {
    "a file": writes("kept", "mine"),
    "a circle": lambda folder: (folder / "kept").symlink_to("kept"),
    "nowhere": lambda folder: (folder / "kept").symlink_to("gone/at/all"),
    "the articles": lambda folder: (folder / "kept").symlink_to("articles"),
    "zero bytes": _filled(partial(_bent, data=b"\0" * 9_000)),
    "empty": _filled(partial(_bent, data=b"")),
    "prose": _filled(partial(_bent, data=b"La passerelle rouvre.\n" * 400)),
    "cut": _filled(partial(_bent, data=None, at=5_000)),
    "only its head": _filled(partial(_bent, data=b"SQLite format 3\0")),
    "no table": _filled(lambda cache: _statements(cache, "DROP TABLE {table}")),
    "another table": _filled(
        lambda cache: _statements(cache, "DROP TABLE {table}", "CREATE TABLE {table} (a INTEGER)")
    ),
    "values of text": _filled(lambda cache: _statements(cache, "UPDATE {table} SET value = 'x'")),
    "data of zeros": _filled(lambda cache: _statements(cache, "UPDATE {table} SET data = zeroblob(99)")),
    "data of text": _filled(lambda cache: _statements(cache, "UPDATE {table} SET data = 'x'")),
    "no data": _filled(lambda cache: _statements(cache, "UPDATE {table} SET data = NULL")),
    "notes of others": _filled(lambda cache: _statements(cache, "UPDATE {table} SET note = '[]'")),
    "notes deep": _filled(
        lambda cache: _statements(cache, "UPDATE {table} SET note = '" + "[" * 9_000 + "'")
    ),
    "another version": _filled(lambda cache: _statements(cache, "PRAGMA user_version = 99")),
    "folders for files": _filled(_folders),
}


def workflows() -> Iterator[Further]:
    """What init writes is what it would run."""
    for ci in ("github", "gitlab"):
        for path in ("a\nb", "a\r- run: x", "${{ secrets.X }}", "\udcff", "\x1b[2J", "a\0b", "a\x85b"):
            yield Further(f"init: {ci} {path!r}", ("init", path, "--ci", ci), codes=(2,))
        for path in (
            "a b",
            "a: b",
            "a # b",
            "'a'",
            '"a"',
            "$(x)",
            "{a: b}",
            "a - b",
            "*",
            "été",
            "!x",
            "%x",
            "a\\b",
        ):
            yield Further(f"init: {ci} {path!r}", ("init", path, "--ci", ci), codes=(0,), workflow=path)
    for name, make in {
        "a folder": lambda folder: (folder / "aligner.toml").mkdir(),
        "nowhere": lambda folder: (folder / "aligner.toml").symlink_to("gone/at/all"),
        "a circle": lambda folder: (folder / "aligner.toml").symlink_to("aligner.toml"),
        "workflows in a file": writes(".github", "x"),
        "a workflow there": writes(".github/workflows/aligner.yml", "x"),
    }.items():
        yield Further(f"init: {name}", ("init", "--ci", "github"), make)
    settings = writes("aligner.toml", "x")  # they stay as they are, and the workflow is written beside them
    yield Further("init: there", ("init", "--ci", "github"), settings, codes=(0,), kept=("aligner.toml",))


def fixes() -> Iterator[Further]:
    """Files that cannot be changed stay as they are."""
    command = ("fix", ".", "--select", "EXT101", "--no-detector", "--no-cache", "--write")
    for name, content in {
        "a.jsonl": b'{"text": "La passerelle compte troisde ses piles dans la ville."}\n',
        "a.md": b"```\ntroisde\n```\n\nLa passerelle est belle et grande dans la ville.\n",
        "b.txt": "« La passerelle compte troisde ses piles dans la ville. » Elle est belle.\n".encode(),
        "c.txt": b"\0" * 90,
        "d.txt": b"",
    }.items():
        yield Further(f"fix: {name} {content[:20]!r}", command, writes(name, content), (0,), kept=(name,))
