"""Bad places: names, links, pipes, sockets, rights, depth."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

from tests.torture.cases import FRENCH, Case, Fate, file

DEEP = 1_200
"""Folders in each other: deeper than functions can call each other."""


def make_socket(path: Path) -> None:
    """Bound by a short name: the name of a socket may have 107 bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    here = os.open(path.parent, os.O_RDONLY)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(f"/proc/self/fd/{here}/{path.name}")
    finally:
        os.close(here)


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def link(name: str, target: str, fate: Fate = "skipped") -> Case:
    """A symbolic link."""

    def make(path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(target)

    return Case(name, make, fate)


def nested(name: str, depth: int) -> Callable[[Path], None]:
    """Folders in each other with an article in the last; made one by one, for no path may be long enough."""

    def make(path: Path) -> None:
        path.mkdir()
        here = os.open(path, os.O_RDONLY)
        for _ in range(depth):
            os.mkdir(name, dir_fd=here)
            below = os.open(name, os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below
        bottom = os.open("bottom.txt", os.O_WRONLY | os.O_CREAT, dir_fd=here)
        os.write(bottom, f"{FRENCH} Au fond.".encode())
        os.close(bottom)
        os.close(here)

    return make


def make_multiplying(path: Path) -> None:
    """Links to links: as many paths as leaves of a tree of ten to the tenth."""
    path.mkdir()
    for level in range(10):
        folder = path / f"level{level}"
        folder.mkdir()
        (folder / "article.txt").write_text(f"{FRENCH} Étage {level}.", encoding="utf-8")
        for n in range(10):
            (folder / f"link{n}").symlink_to(f"../level{(level + 1) % 10}")


def make_closed(path: Path) -> None:
    """A folder that nobody may open; the test takes the right of root to open it away."""
    path.mkdir()
    (path / "inside.txt").write_text(FRENCH, encoding="utf-8")
    path.chmod(0)


def make_secret(path: Path) -> None:
    path.write_text(FRENCH, encoding="utf-8")
    path.chmod(0)


def make_listed_only(path: Path) -> None:
    """A folder whose names can be read, and nothing else of what is in it."""
    path.mkdir()
    (path / "inside.txt").write_text(FRENCH, encoding="utf-8")
    path.chmod(0o444)


def entries(name: str) -> int | None:
    """One, but for names that the report spells like another's."""
    return None if "udcff" in name or "\udcff" in name or "#" in name else 1


def names() -> list[Case]:
    """Articles under every name that the file system takes."""
    odd = {
        "line-break": "a\nb.txt",
        "return": "a\rb.txt",
        "escape": "a\x1b[31mb.txt",
        "tab": "a\tb.txt",
        "not-utf-8": "a\udcff\udcfe.txt",
        "spelled-out": "a\\udcff\\udcfe.txt",
        "latin-1": "\udce9t\udce9.txt",
        "longest": "a" * 251 + ".txt",
        "longest-accents": "é" * 125 + ".txt",
        "dash": "-rf.txt",
        "dashes": "--help.txt",
        "dots": "...txt",
        "three-dots": "....txt",
        "space": " .txt",
        "end-space": "a .txt",
        "bars": "a|b|" * 50 + ".txt",
        "hash": "rows.csv#b.txt",
        "quote": "a'b\"c.txt",
        "semicolon": "a;touch taken;.txt",
        "dollar": "$(touch taken).txt",
        "backslash": "a\\b.txt",
        "star": "*.txt",
        "question": "?.txt",
        "percent": "%2e%2e%2fa.txt",
        "colon": "a:b.txt",
        "html": "<script>document.title=1<script>.txt",
        "amp": "&lt;.txt",
        "override": "\u202etxt.exe.txt",
        "composed": "é.txt",
        "decomposed": "e\u0301.txt",
        "upper": "A.TXT",
        "emoji": "🦊.txt",
        "nfkc": "ﬁ.txt",
        "windows": "CON.txt",
        "template": "{{7*7}}.txt",
        "formula": "=1+1.txt",
        "csv": 'a,"b",c.txt',
        "zero": "\u200b.txt",
    }
    cases = [
        file(
            f"names/{name}",
            f"{FRENCH} ({why})",
            "nothing" if name.startswith(".") else "either",
            entries(name),
        )
        for why, name in odd.items()
    ]
    rows = f'id,text\nb.txt,"{FRENCH.replace(chr(34), "")}"\n'
    return [*cases, file("names/rows.csv", rows, "either", None)]


def links() -> list[Case]:
    """Links in circles, to nowhere, to devices, and what is no file."""
    return [
        link("itself.txt", "itself.txt"),
        link("one.txt", "two.txt"),
        link("two.txt", "one.txt"),
        link("nowhere.txt", "nowhere/at/all"),
        link("long-way.txt", "a" * 300),
        link("endless.txt", "/dev/zero"),
        link("random.jsonl", "/dev/urandom"),
        link("terminal.txt", "/dev/tty"),
        link("memory.txt", "/proc/self/mem"),
        link("zero.parquet", "/dev/zero"),
        link("zero.tmx", "/dev/zero"),
        link("zero.tsv", "/dev/zero"),
        link("zero.csv.gz", "/dev/zero"),
        link("zero.html", "/dev/zero"),
        link("inner/up", "..", "nothing"),
        link("here", ".", "nothing"),
        link("circle/one", "../circle", "nothing"),
        Case("pipe.txt", make_pipe, "skipped"),
        Case("pipe.jsonl", make_pipe, "skipped"),
        Case("pipe.parquet", make_pipe, "skipped"),
        Case("pipe.tsv", make_pipe, "skipped"),
        Case("pipe.tmx", make_pipe, "skipped"),
        Case("pipe.md.gz", make_pipe, "skipped"),
        Case("socket.txt", make_socket, "skipped"),
        Case("socket.parquet", make_socket, "skipped"),
        Case("deep", nested("d", DEEP), "read", 1),
        Case("multiplying", make_multiplying, "read", 10),
        Case("too-deep", nested("deep", DEEP), "skipped", None),
    ]


def rights() -> list[Case]:
    """What may not be opened."""
    return [
        Case("secret.txt", make_secret, "skipped"),
        Case("secret.jsonl", make_secret, "skipped"),
        Case("secret.parquet", make_secret, "skipped"),
        Case("secret.tmx", make_secret, "skipped"),
        Case("secret.tsv", make_secret, "skipped"),
        Case("secret.txt.gz", make_secret, "skipped"),
        Case("closed", make_closed, "skipped"),
        Case("listed-only", make_listed_only, "skipped"),
    ]
