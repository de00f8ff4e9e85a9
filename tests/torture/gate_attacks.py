"""Attacks on the gate as data: a corpus with one fault in it, and a command that must not pass."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.cli.articles import ENGLISH, FRENCH, GLUED
from tests.gate.repository import commit_all, git

FAULTY = "articles/passerelle.txt"
RULES = ("--no-detector", "--no-cache", "--select", "EXT101")
"""Options of every attack: the rule that finds the fault, and nothing that takes time."""


@dataclass(frozen=True, slots=True)
class Attack:
    """One attempt: what is made in an empty folder, the arguments of `aligner check`, the exit code owed."""

    name: str
    make: Callable[[Path], object]
    arguments: tuple[str, ...]
    code: int = 1
    stdin: bytes | None = None


def corpus(folder: Path, faulty: str | bytes = FAULTY, english: str = "articles/footbridge.txt") -> None:
    """Write both articles, the French one with its fault."""
    file = folder / os.fsdecode(faulty)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(GLUED, encoding="utf-8")
    (folder / english).parent.mkdir(parents=True, exist_ok=True)
    (folder / english).write_text(ENGLISH, encoding="utf-8")


NAMES = (
    b"plain.txt",
    "été.txt".encode(),
    b"a b.txt",
    b'quo"te.txt',
    b'"quoted".txt',
    b"tab\there.txt",
    b"new\nline.txt",
    b"bell\a.txt",
    b"back\\slash.txt",
    b"back\\303slash.txt",
    b" leading.txt",
    b"#hash.txt",
    b"-dash.txt",
    b"$(date).txt",
    "l’été à Ñandú/🐻.txt".encode(),
    b"latin-\xe9.txt",
    b"carriage\r.txt",
    b"a#1.txt",
    b"b.csv#1.txt",
    b"UPPER.TXT",
)


def quoted(name: bytes) -> bytes:
    """Quote a name as git does by default."""
    plain = {7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 34: '"', 92: "\\"}
    said = "".join(
        f"\\{plain[c]}" if c in plain else f"\\{c:03o}" if c < 32 or c > 126 else chr(c) for c in name
    )
    return f'"{said}"'.encode() if said.encode() != name else name


def lists() -> list[Attack]:
    """Lists of files in every form that a program writes."""
    forms: dict[str, Callable[[bytes], bytes]] = {
        "zero bytes": lambda name: name + b"\0",
        "zero bytes, no end": lambda name: b"articles/footbridge.txt\0" + name,
        "as git quotes": lambda name: quoted(name) + b"\n",
        "as git quotes, CRLF": lambda name: quoted(name) + b"\r\n",
        "as git quotes, byte order mark": lambda name: b"\xef\xbb\xbf" + quoted(name) + b"\n",
        "as git quotes, UTF-16": lambda name: (quoted(name) + b"\r\n").decode().encode("utf-16"),
        "as git quotes, UTF-16 BE": lambda name: b"\xfe\xff" + quoted(name).decode().encode("utf-16-be"),
        "as git quotes, UTF-32": lambda name: (quoted(name) + b"\n").decode().encode("utf-32"),
        "as git quotes, blanks at the end": lambda name: quoted(name) + b"  \t\n",
        "as git quotes, blanks before": lambda name: b"  " + quoted(name) + b"\n",
        "in a folder's way": lambda name: b"./articles/../" + name + b"\0",
    }
    attacks = []
    for name in NAMES:
        path = b"articles/" + name
        for form, write in forms.items():
            attacks.append(
                Attack(
                    f"list: {os.fsdecode(name)!r} {form}",
                    partial(corpus, faulty=path),
                    ("articles", "--files-from", "-"),
                    stdin=write(path),
                )
            )
        if b"\n" not in name and b"\r" not in name:
            attacks.append(
                Attack(
                    f"list: {os.fsdecode(name)!r} raw",
                    partial(corpus, faulty=path),
                    ("articles", "--files-from", "-"),
                    stdin=path + b"\n",
                )
            )
    trailing = Attack(
        "list: blank at the end of the name itself",
        lambda folder: corpus(folder, "articles /passerelle.txt"),
        ("articles ", "articles", "--files-from", "-"),
        stdin=b"articles /passerelle.txt \r\n",
    )
    return [*attacks, trailing]


def folders_and_names() -> list[Attack]:
    """Folders in a list, and names that are not there."""
    there = (
        b"articles\n",
        b"articles/\n",
        b".\n",
        b"./articles/../articles",
        b"articles/deep\n",
        b'"articles"\r\n',
        b"articles\0",
        b"link\n",
        b"link/deep/passerelle.txt\n",
    )
    gone = (
        b"gone.txt\n",
        b"articles/passerelle\n",
        b"articles/*.txt\n",
        b"articles/deep/passerelle.txt\rarticles/footbridge.txt\r",
        "articles/deep/passerelle.txt\n".encode("utf-16-le"),
        "articles/deep/passerelle.txt\n".encode("utf-16-be"),
        b'"articles/deep/passerelle.txt\n',
        b"'articles/deep/passerelle.txt'\n",
        b"articles/deep/passerelle.txt articles/footbridge.txt\n",
        b"articles/deep/passerelle.txt#1\n",
        b"deep/passerelle.txt\n",
        b"a/articles/deep/passerelle.txt\n",
        b"M\tarticles/deep/passerelle.txt\n",
        b"\xff\xfebroken",
        b"articles/footbridge.txt\ngone.txt\n",
        b"\\303\\251.txt\n",
    )

    def make(folder: Path) -> None:
        corpus(folder, "articles/deep/passerelle.txt")
        (folder / "link").symlink_to("articles", target_is_directory=True)

    arguments = ("articles", "--files-from", "-")
    return [
        *(Attack(f"folder: {data!r}", make, arguments, stdin=data) for data in there),
        *(Attack(f"gone: {data!r}", make, arguments, 2, data) for data in gone),
    ]


IDS = ("corpus.csv#12", "x.tmx#", "a/../b", "a.jsonl.gz#3", "#", "##1", "..", "/etc/passwd#2", "a\nb", "é")
TABLES = ("list.csv", "list.csv#1.csv", "old.tmx#/list.csv", "a.jsonl#b/list.csv", "é #/l.csv")


def table(path: str, identity: str) -> Callable[[Path], object]:
    """Write a table, or JSON lines, with both articles, of which the faulty one has some id."""
    rows = [{"id": identity, "text": GLUED}, {"id": "english", "text": ENGLISH}]

    def make(folder: Path) -> None:
        file = folder / "articles" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if path.endswith(".csv"):
            cells = [",".join('"' + row[n].replace('"', '""') + '"' for n in ("id", "text")) for row in rows]
            file.write_text("\n".join(["id,text", *cells]) + "\n", encoding="utf-8")
        else:
            file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")

    return make


def keys() -> list[Attack]:
    """Keys that look like others: ids with signs of paths, files and folders with signs of rows."""
    attacks = []
    for path in (*TABLES, "list.jsonl", "list.csv#1.jsonl"):
        for identity in IDS if path in ("list.csv", "list.jsonl") else IDS[:2]:
            attacks.append(
                Attack(
                    f"key: {path!r} {identity!r}",
                    table(path, identity),
                    ("articles", "--files-from", "-"),
                    stdin=f"articles/{path}\0".encode(),
                )
            )
    for name in ("list.csv#1.txt", "old.tmx#/a.txt", "a.jsonl#.txt", "x.parquet.gz#2/y.txt", "#.txt"):
        attacks.append(
            Attack(
                f"key: article {name!r}",
                partial(corpus, faulty=f"articles/{name}"),
                ("articles", "--files-from", "-"),
                stdin=f"articles/{name}\0".encode(),
            )
        )
    return attacks


MAY_HOLD = (
    "a.dotx b.DOT c.ott d.pdf e.zip f.xlz g.pages h.doc i.rtf j.epub k.sdlppx l.pot m.mo n.xlsx o.pptx "
    "p.7z q.tar.gz r.mobi s.rst t.adoc u.tex v.srt w.eml x.mhtml y.xhtml z.wps aa.idml bb.numbers "
    "cc.wpd dd.dita"
).split()
COUNTED = (
    "a.png b.JPG c.svg d.py e.css f.js g.woff2 h.mp3 i.mp4 .hidden .hidden.docx j.toml k.yaml l.lock m.webp "
    "LICENSE Makefile n.ico package.json"
).split()


def unread(
    words: str = FRENCH,
    may_hold: tuple[str, ...] = tuple(MAY_HOLD),
    counted: tuple[str, ...] = tuple(COUNTED),
) -> list[Attack]:
    """Files of types that are not read, in a corpus without fault."""

    def make(name: str, content: str = "PK") -> Callable[[Path], object]:
        def write(folder: Path) -> None:
            corpus(folder)
            (folder / FAULTY).write_text(FRENCH, encoding="utf-8")
            (folder / "articles" / name).write_text(content, encoding="utf-8")

        return write

    attacks = []
    for name in may_hold:
        attacks.append(Attack(f"unread: {name}", make(name), ("articles",), 2))
        listed = f"articles/{name}\n".encode()
        attacks.append(
            Attack(f"unread: {name} listed", make(name), ("articles", "--files-from", "-"), 2, listed)
        )
        attacks.append(Attack(f"unread: {name} allowed", make(name), ("articles", "--allow-skipped"), 0))
    attacks += [Attack(f"counted: {name}", make(name), ("articles",), 0) for name in counted]
    for name in ("article", "article.fr", "article.txt.bak", "article.txt~", "news.xml", "story.article"):
        attacks.append(Attack(f"unread: {name} with words", make(name, words), ("articles",), 2))
        attacks.append(Attack(f"unread: {name} without", make(name, "0 1 2"), ("articles",), 0))
    story = json.dumps([{"text": words}])
    attacks.append(Attack("unread: articles.json", make("articles.json", story), ("articles",), 2))

    def ignoring(folder: Path) -> None:
        make("a.PDF")(folder)
        (folder / "aligner.toml").write_text('[read]\nignore = ["*.pdf"]\n', encoding="utf-8")

    attacks.append(Attack("unread: ignored on purpose", ignoring, ("articles",), 0))
    return attacks


SETTINGS = {
    "gate.max unknown": "[gate.max]\nEXT999 = 0\n",
    "gate.max unknown family": "[gate.max]\nXYZ = 0\n",
    "gate.max unknown beginning": "[gate.max]\nACC9 = 0\n",
    "per 1,000 words unknown": "[gate.max-per-1000-words]\nFLU999 = 0.5\n",
    "no causes": "[gate]\ncauses = []\n",
    "causes no list": '[gate]\ncauses = ""\n',
    "causes of lists": "[gate]\ncauses = [[]]\n",
    "causes unknown": '[gate]\ncauses = ["nobody"]\n',
    "confidence unknown": "[confidence]\nEXT999 = 1.0\n",
    "suppress unknown": '[[suppress]]\ncode = "EXT999"\nreason = "x"\n',
    "max not a number": "[gate.max]\nmajor = nan\n",
    "max negative": "[gate.max]\nmajor = -1\n",
    "max true": "[gate.max]\nmajor = true\n",
    "lower case": "[gate.max]\next101 = 0\n",
    "ignore no text": "[read]\nignore = [1]\n",
    "ignore empty": "[read]\nignore = []\n",
    "ignore everything": '[read]\nignore = ["*"]\n',
    "unknown key of read": '[read]\nignored = ["*.pdf"]\n',
    "fail-on unknown": '[gate]\nfail-on = "worst"\n',
}


def limits() -> list[Attack]:
    """Settings under which a gate would never fail."""

    def make(text: str) -> Callable[[Path], object]:
        def write(folder: Path) -> None:
            corpus(folder)
            (folder / "aligner.toml").write_text(text, encoding="utf-8")

        return write

    return [Attack(f"settings: {name}", make(text), ("articles",), 2) for name, text in SETTINGS.items()]


def _nested(folder: Path) -> None:
    corpus(folder, "README.txt", "articles/footbridge.txt")
    commit_all(folder)
    corpus(folder / "articles" / "nested", "passerelle.txt", "footbridge.txt")
    commit_all(folder / "articles" / "nested")


def _nested_ignored(folder: Path) -> None:
    corpus(folder, "README.txt", "articles/footbridge.txt")
    (folder / ".gitignore").write_text("nested/\n", encoding="utf-8")
    commit_all(folder)
    corpus(folder / "articles" / "nested", "passerelle.txt", "footbridge.txt")
    commit_all(folder / "articles" / "nested")


def _submodule(folder: Path, *, changed: bool = True, hidden: bool = False) -> None:
    other = folder / "elsewhere"
    corpus(other, "passerelle.txt", "footbridge.txt")
    (other / "passerelle.txt").write_text(FRENCH if changed else GLUED, encoding="utf-8")
    commit_all(other)
    top = folder / "top"
    corpus(top, "README.txt", "articles/footbridge.txt")
    commit_all(top)
    command = ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other), "articles/sub"]
    git(top, *command)
    commit_all(top)
    if hidden:
        git(top, "config", "diff.ignoreSubmodules", "all")
        git(top, "config", "-f", ".gitmodules", "submodule.articles/sub.ignore", "all")
        commit_all(top)
    if changed:
        (top / "articles" / "sub" / "passerelle.txt").write_text(GLUED, encoding="utf-8")


def _submodule_committed(folder: Path) -> None:
    _submodule(folder)
    commit_all(folder / "top" / "articles" / "sub")


def _submodule_untracked(folder: Path) -> None:
    _submodule(folder)
    git(folder / "top" / "articles" / "sub", "checkout", "--quiet", ".")
    (folder / "top" / "articles" / "sub" / "new.txt").write_text(GLUED, encoding="utf-8")


def _submodule_of_submodule(folder: Path) -> None:
    _submodule(folder)
    sub = folder / "top" / "articles" / "sub"
    git(sub, "checkout", "--quiet", ".")
    git(
        sub, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(folder / "elsewhere"), "x"
    )
    commit_all(sub)
    commit_all(folder / "top")
    (sub / "x" / "passerelle.txt").write_text(GLUED, encoding="utf-8")


def _linked(folder: Path) -> None:
    corpus(folder / "top", "README.txt", "articles/footbridge.txt")
    commit_all(folder / "top")
    corpus(folder / "other", "passerelle.txt", "footbridge.txt")
    (folder / "other" / "passerelle.txt").write_text(FRENCH, encoding="utf-8")
    commit_all(folder / "other")
    (folder / "other" / "passerelle.txt").write_text(GLUED, encoding="utf-8")
    (folder / "top" / "articles" / "link").symlink_to(folder / "other", target_is_directory=True)


def _linked_nowhere(folder: Path) -> None:
    corpus(folder / "top", "README.txt", "articles/footbridge.txt")
    corpus(folder / "other", "passerelle.txt", "footbridge.txt")
    (folder / "top" / "articles" / "link").symlink_to(folder / "other", target_is_directory=True)
    commit_all(folder / "top")


def _flagged(flag: str) -> Callable[[Path], object]:
    def make(folder: Path) -> None:
        corpus(folder)
        (folder / FAULTY).write_text(FRENCH, encoding="utf-8")
        commit_all(folder)
        git(folder, "update-index", flag, FAULTY)
        (folder / FAULTY).write_text(GLUED, encoding="utf-8")

    return make


def _edited(folder: Path, name: str = FAULTY) -> None:
    corpus(folder, name)
    (folder / name).write_text(FRENCH, encoding="utf-8")
    commit_all(folder)
    (folder / name).write_text(GLUED, encoding="utf-8")


def _configured(*config: str) -> Callable[[Path], object]:
    def make(folder: Path) -> None:
        _edited(folder)
        git(folder, "config", *config)

    return make


def _conflict(folder: Path) -> None:
    _edited(folder)
    git(folder, "checkout", "--quiet", "--", ".")
    git(folder, "checkout", "--quiet", "-b", "topic")
    (folder / FAULTY).write_text(GLUED, encoding="utf-8")
    commit_all(folder)
    git(folder, "checkout", "--quiet", "main")
    (folder / FAULTY).write_text(GLUED.replace("samedi", "dimanche"), encoding="utf-8")
    commit_all(folder)
    command = [
        "git",
        "-C",
        str(folder),
        "-c",
        "user.name=T",
        "-c",
        "user.email=t@example.org",
        "merge",
        "topic",
    ]
    subprocess.run(command, check=False, capture_output=True)


def _row(path: str) -> Callable[[Path], object]:
    def make(folder: Path) -> None:
        table(path, "corpus.csv#12")(folder)
        file = folder / "articles" / path
        faulty = file.read_text(encoding="utf-8")
        file.write_text(faulty.replace("troisde", "trois de"), encoding="utf-8")
        commit_all(folder)
        file.write_text(faulty, encoding="utf-8")

    return make


def revisions() -> list[Attack]:
    """Changes that git shows in another way than as a file of the repository."""
    here, top = ("articles", "--since", "HEAD"), ("top/articles", "--since", "HEAD")
    odd = ("articles/été.txt", 'articles/a"b.txt', "articles/new\nline.txt", "articles/ x .txt")
    return [
        Attack("since: untracked repository", _nested, here),
        Attack("since: ignored repository", _nested_ignored, here, 0),  # its own HEAD holds it all
        Attack("since: submodule edited", _submodule, top),
        Attack("since: submodule hidden", lambda f: _submodule(f, hidden=True), top),
        Attack("since: submodule committed", _submodule_committed, top),
        Attack("since: submodule with a new file", _submodule_untracked, top),
        Attack("since: submodule added", lambda f: _submodule(f, changed=False), (*top[:2], "HEAD~1")),
        Attack("since: submodule unchanged", lambda f: _submodule(f, changed=False), top, 0),
        Attack("since: submodule of a submodule", _submodule_of_submodule, top),
        Attack("since: link to another repository", _linked, top),
        Attack("since: standard input", _edited, ("articles", "-", "--since", "HEAD"), 2, GLUED.encode()),
        Attack("since: link to no repository", _linked_nowhere, top),
        Attack("since: assumed unchanged", _flagged("--assume-unchanged"), here),
        Attack("since: not to be looked at", _flagged("--skip-worktree"), here),
        Attack("since: in conflict", _conflict, here),
        Attack("since: all names relative", _configured("diff.relative", "true"), here),
        Attack("since: no untracked files", _configured("status.showUntrackedFiles", "no"), here),
        Attack("since: a diff program", _configured("diff.external", "true"), here),
        Attack("since: colours", _configured("color.ui", "always"), here),
        *(
            Attack(f"since: {path} row", _row(path), here)
            for path in ("list.jsonl", "list.csv#1.jsonl", "l.csv")
        ),
        *(Attack(f"since: {name!r}", partial(_edited, name=name), here) for name in odd),
        *(
            Attack(f"since: {since!r}", _edited, ("articles", f"--since={since}"), 2)
            for since in ("", "gone", "--help", "HEAD~99", "HEAD:articles", "^HEAD", "HEAD..HEAD")
        ),
    ]


def _baseline(
    entry: dict[str, str], schema: int = 2, path: str = "list.jsonl", identity: str = "1"
) -> Callable[[Path], object]:
    def make(folder: Path) -> None:
        table(path, identity)(folder)
        content = {"schema": schema, "findings": [entry]}
        (folder / "known.json").write_text(json.dumps(content), encoding="utf-8")

    return make


def baselines() -> list[Attack]:
    """Entries that are about another article, and baselines that are none."""
    arguments = ("articles", "--baseline", "known.json")
    entry = {"path": "articles/list.jsonl", "code": "EXT101", "excerpt": "troisde"}
    known = entry | {"row": "1"}
    traversal = "x/../../articles/other.txt"
    wrong: dict[str, tuple[object, ...]] = {
        "": ("", []),
        "null": ("null",),
        "list": ("[]",),
        "no findings": ('{"schema": 2}',),
        "findings no list": ('{"schema": 2, "findings": 3}',),
        "entry no table": ('{"schema": 2, "findings": [[]]}',),
        "entry null": ('{"schema": 2, "findings": [null]}',),
        "path no text": (json.dumps({"schema": 2, "findings": [known | {"path": 1}]}),),
        "row no text": (json.dumps({"schema": 2, "findings": [known | {"row": 1}]}),),
        "zero byte": (json.dumps({"schema": 2, "findings": [known | {"path": "a\0b"}]}),),
        "deep": ('{"schema": 2, "findings": ' + "[" * 100_000,),
        "other schema": ('{"schema": 99, "findings": []}',),
    }

    def damaged(text: str) -> Callable[[Path], object]:
        def make(folder: Path) -> None:
            corpus(folder)
            (folder / "known.json").write_text(text, encoding="utf-8")

        return make

    return [
        Attack("baseline: known", _baseline(known), arguments, 0),
        Attack(
            "baseline: known, older schema",
            _baseline(entry | {"path": "articles/list.jsonl#1"}, 1),
            arguments,
            0,
        ),
        Attack("baseline: another row", _baseline(known | {"row": "2"}), arguments),
        Attack("baseline: no row", _baseline(entry), arguments),
        Attack("baseline: row in the path", _baseline(entry | {"path": "articles/list.jsonl#1"}), arguments),
        Attack(
            "baseline: id with /../",
            _baseline(
                {"path": "articles/other.txt", "code": "EXT101", "excerpt": "troisde"}, 2, identity=traversal
            ),
            arguments,
        ),
        Attack(
            "baseline: id with /../, older schema",
            _baseline(
                {"path": "articles/other.txt", "code": "EXT101", "excerpt": "troisde"}, 1, identity=traversal
            ),
            arguments,
        ),
        Attack(
            "baseline: id that ends as a file",
            _baseline({"path": "articles/x", "code": "EXT101", "excerpt": "troisde"}, 2, identity="/../x"),
            arguments,
        ),
        *(
            Attack(f"baseline: damaged, {name}", damaged(str(text[0])), arguments, 2)
            for name, text in wrong.items()
        ),
    ]


FAMILIES: dict[str, Callable[[], list[Attack]]] = {
    family.__name__: family
    for family in (lists, folders_and_names, keys, unread, limits, revisions, baselines)
}
"""What makes the attacks of each kind."""
