"""Attacks of every kind, run in batches: places, options given twice, what is read, long rows."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

from aligner.storage.marks import CACHE_TEXT, REPORT_MARK, REPORT_TABLES
from tests.cli.articles import FRENCH, GLUED
from tests.gate.repository import commit_all, git
from tests.torture.forms import FAULT, paragraph, unit
from tests.torture.further import EN, FR, RULES, Further, Make, also, writes
from tests.torture.offices import archive, opened, word

SEEN, UNREAD, EITHER = (1,), (2,), (1, 2)
NO_DETECTOR = ("--no-detector", "--no-cache")
CHECK = ("check", "articles", *RULES)
GOOD = GLUED.replace("troisde", "trois de")


def everything() -> dict[str, list[Further]]:
    """All of them, by family."""
    families = (
        places,
        twice,
        settings,
        lists,
        repositories,
        packages,
        rows,
        alignments,
        endless,
        outputs,
        baselines,
    )
    return {family.__name__: list(family()) for family in families}


def _moved(name: str, change: Callable[[bytes], bytes] = bytes) -> Make:
    """Put the faulty article in another place, changed as bytes."""

    def make(folder: Path) -> None:
        data = (folder / FR).read_bytes()
        (folder / FR).unlink()
        file = folder / "articles" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(change(data))

    return make


def _linked(name: str, target: str) -> Make:
    return lambda folder: (folder / "articles" / name).symlink_to(target)


def _pipe(name: str) -> Make:
    return lambda folder: os.mkfifo(folder / "articles" / name)


def _socket(folder: Path) -> None:
    """Bind by a short name: those of sockets are."""
    before = Path.cwd()
    os.chdir(folder / "articles")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("s.txt")
    os.chdir(before)


def _marked(name: str, marks: dict[str, str]) -> Make:
    """Hide the article in a folder that is marked as one of ours."""
    files = [writes(f"articles/sub/{mark}", text) for mark, text in marks.items()]
    return also(_moved(name), *files)


def places() -> Iterator[Further]:
    """The fault where nobody looks: files under other names, links, pipes, marked folders."""
    report = dict.fromkeys((*REPORT_TABLES, REPORT_MARK), "{}")
    made: dict[str, tuple[Make, tuple[int, ...]]] = {
        "a pipe for text": (_pipe("p.txt"), UNREAD),
        "a pipe for rows": (_pipe("p.tsv"), UNREAD),
        "a pipe for a package": (_pipe("p.docx"), UNREAD),
        "a pipe for JSON": (_pipe("p.json"), SEEN),
        "a pipe of no type": (_pipe("p.xyz"), SEEN),
        "a socket": (_socket, UNREAD),
        "zeros": (_linked("z.txt", "/dev/zero"), UNREAD),
        "nothing": (_linked("z.txt", "/dev/null"), UNREAD),
        "a terminal": (_linked("z.txt", "/dev/tty"), UNREAD),
        "a circle of one": (_linked("loop", "."), SEEN),
        "a circle of two": (also(_linked("x", "y"), _linked("y", "x")), EITHER),
        "a circle of two texts": (also(_linked("x.txt", "y.txt"), _linked("y.txt", "x.txt")), UNREAD),
        "a link to nowhere": (_linked("x.txt", "gone.txt"), UNREAD),
        "a link upwards": (_linked("up", ".."), SEEN),
        "the files of this process": (_linked("fd", "/proc/self/fdinfo"), EITHER),
        **{
            f"under the name {name!r}": (_moved(name), UNREAD)
            for name in (
                *("passerelle.txt~", "passerelle.txt.", "passerelle.txt.bak", "passerelle.txt ", "a.txt\n"),
                *("passerelle.orig", "passerelle.rst", "passerelle.tex", "passerelle.xml", "passerelle.srt"),
                *("passerelle", "README", "a.txt.gz.gz", "a.txt.gz", "a.gz", "a.docx", "a.parquet", "a.tmx"),
                *("a.json5", "a.txt.part", "a.eml", "a.adoc", "a.org", "a.wiki", "a.textile", "a.mdx"),
            )
        },
        "packed with bzip2": (_moved("p.txt.bz2", bz2.compress), UNREAD),
        "packed with xz": (_moved("p.txt.xz", lzma.compress), UNREAD),
        "packed twice": (_moved("p.txt.gz.gz", lambda d: gzip.compress(gzip.compress(d))), UNREAD),
        "packed before something else": (_moved("p.txt.gz", lambda d: gzip.compress(d) + b"junk"), UNREAD),
        "packed and cut": (_moved("p.txt.gz", lambda d: gzip.compress(d)[:-5]), UNREAD),
        "packed, a wrong sum": (_moved("p.txt.gz", lambda d: gzip.compress(d)[:-8] + b"\0" * 8), UNREAD),
        "as JSON": (_moved("p.json", lambda d: json.dumps({"text": d.decode()}).encode()), UNREAD),
        "emptied": (_moved("passerelle.txt", lambda d: b""), UNREAD),
        "only marks": (_moved("passerelle.txt", lambda d: "\u00a0\u200b\ufeff".encode()), UNREAD),
        "100 folders deep": (_moved("d/" * 100 + "p.txt"), SEEN),
        "beside a twin in capitals": (writes("articles/PASSERELLE.txt", GOOD), SEEN),
        "beside a twin in the other form": (
            also(_moved("e\u0301te\u0301.txt"), writes("articles/\u00e9t\u00e9.txt", GOOD)),
            SEEN,
        ),
        "in a cache": (_marked("sub/p.txt", {"CACHEDIR.TAG": CACHE_TEXT}), UNREAD),
        "in a report": (_marked("sub/p.txt", report), UNREAD),
        "among the pages of a report": (_marked("sub/pairs/p.html", report), UNREAD),
        "deep in a report": (_marked("sub/a/b/p.md", report), UNREAD),
        "in a folder with a dot behind": (_moved("sub./p.txt"), SEEN),
        "in a folder with an ending": (_moved("sub.txt/p.txt"), SEEN),
        "in a folder of blanks": (_moved(" /p.txt"), SEEN),
        "in a folder like a row": (_moved("a.csv#1/p.txt"), SEEN),
    }
    for name, (make, codes) in made.items():
        yield Further(f"place: {name}", CHECK, make, codes)


def twice() -> Iterator[Further]:
    """Options given twice, of which only the last would count."""
    lists = also(writes("a", f"{FR}\n"), writes("b", f"{EN}\n"))
    options = {
        "--files-from": ("a", "b"),
        "--since": ("HEAD", "HEAD~1"),
        "--select": ("EXT101", "FLU"),
        "--ignore": ("FLU", "EXT101"),
        "--baseline": ("a", "b"),
        "--config": ("a", "b"),
        "--fail-on": ("major", "critical"),
        "--min-confidence": ("0.1", "1"),
        "--pairs": ("a", "b"),
        "--out": ("new", "newer"),
        "--jobs": ("1", "2"),
    }
    for option, (one, other) in options.items():
        command = ("check", "articles", *NO_DETECTOR, option, one, option, other)
        yield Further(f"twice: {option}", command, lists, UNREAD, said=f"{option} is given twice")
        glued = ("check", "articles", *NO_DETECTOR, f"{option}={one}", "--quiet", f"{option}={other}")
        yield Further(f"twice: {option}=", glued, lists, UNREAD, said=f"{option} is given twice")
    yield Further("twice: flags", (*CHECK, "--no-cache", "--no-detector", "--quiet", "-q"), codes=SEEN)
    yield Further("twice: formats", (*CHECK, "--format", "text", "--format", "json=new.json"), codes=SEEN)


SETTINGS: dict[str, tuple[str, tuple[int, ...]]] = {
    "nothing selected": ('select = [""]', SEEN),
    "an empty selection": ("select = []", SEEN),
    "nothing ignored": ('ignore = [""]', SEEN),
    "a blank ignored": ('ignore = [" "]', SEEN),
    "an empty excerpt": ('[[suppress]]\ncode = "EXT101"\nexcerpt = ""\nreason = "x"', UNREAD),
    "an empty path": ('[[suppress]]\ncode = "EXT101"\npath = ""\nreason = "x"', UNREAD),
    "an empty code": ('[[suppress]]\ncode = ""\npath = "*"\nreason = "x"', UNREAD),
    "an empty fingerprint": ('[[suppress]]\nfingerprint = ""\nreason = "x"', UNREAD),
    "an excerpt of blanks": ('[[suppress]]\ncode = "EXT101"\nexcerpt = "  "\nreason = "x"', EITHER),
    "a path of another article": (
        '[[suppress]]\ncode = "EXT101"\npath = "a/passerelle.txt"\nreason = "x"',
        SEEN,
    ),
    "a path that ends alike": ('[[suppress]]\ncode = "EXT101"\npath = "erelle.txt"\nreason = "x"', SEEN),
    "all files ignored": ('[read]\nignore = ["*"]', UNREAD),
    "an empty glob": ('[read]\nignore = [""]', UNREAD),
    "a folder ignored": ('[read]\nignore = ["articles"]', SEEN),
    "here ignored": ('[read]\nignore = ["."]', SEEN),
    "confidence not a number": ("[confidence]\nEXT101 = nan", UNREAD),
    "confidence of no check": ("[confidence]\nEXT999 = 0.1", UNREAD),
    "a limit on everything": ('[gate.max]\n"*" = 5', UNREAD),
    "a limit on nothing": ('[gate.max]\n"" = 5', UNREAD),
    "a limit in small letters": ("[gate.max]\next101 = 5", UNREAD),
    "a limit below zero": ("[gate.max]\nEXT101 = -1", UNREAD),
    "a limit of true": ("[gate.max]\nEXT101 = true", UNREAD),
    "a limit of another": ("[gate.max]\nEXT102 = 5", SEEN),
    "a limit of zero": ("[gate.max]\nEXT101 = 0", SEEN),
    "a rate below zero": ("[gate.max-per-1000-words]\nEXT101 = -1", UNREAD),
    "an endless rate": ("[gate.max-per-1000-words]\nEXT101 = 1e400", UNREAD),
    "an unknown cause": ('[gate]\ncauses = ["Extraction"]', UNREAD),
    "an empty severity": ('[gate]\nfail-on = ""', UNREAD),
    "allowed: nothing": ('allow = [""]', SEEN),
    "allowed: a glob": ('allow = ["*"]', SEEN),
    "the gate twice": ("gate = {}\n[gate]\n", UNREAD),
    "the gate misspelled": ('[Gate]\nfail-on = "none"', UNREAD),
    "the gate in quotes": ('["gate "]\nfail-on = "none"', UNREAD),
    "suppressions in a text": ('suppress = "EXT101"', UNREAD),
    "a key with a dot": ('"gate.fail-on" = "none"', UNREAD),
    "a baseline in a folder": ('[gate]\nbaseline = "articles"', UNREAD),
    "a baseline of true": ("[gate]\nbaseline = true", UNREAD),
}


def settings() -> Iterator[Further]:
    """Settings that look as if they waived something."""
    check = ("check", "articles", *NO_DETECTOR)
    for name, (text, codes) in SETTINGS.items():
        run = check if "select" in text or text.startswith("ignore") else CHECK
        yield Further(f"setting: {name}", run, writes("aligner.toml", text), codes)
    for name in ("gate.fail-on", "suppress", "select", "read", "jobs", "ui"):
        for value in ("1.5", "[[1]]", "{a = {b = 1}}", "1979-05-27T07:32:00Z"):
            text = f"[tool.aligner]\n{name} = {value}\n"
            yield Further(f"pyproject: {name} = {value}", CHECK, writes("pyproject.toml", text), UNREAD)


def lists() -> Iterator[Further]:
    """Lists of files that name the article in other ways, or something else."""
    given: dict[str, tuple[str, tuple[int, ...]]] = {
        "with a stroke behind": (f"{FR}/\n", EITHER),
        "with a row": (f"{FR}#1\n", UNREAD),
        "by its link": ("link/passerelle.txt\n", SEEN),
        "by a way round": ("articles/../articles/./passerelle.txt\n", SEEN),
        "with two strokes": ("articles//passerelle.txt\n", SEEN),
        "from above": ("..\n", UNREAD),
        "from the top of the disk": ("/\n", UNREAD),
        "with a comment": (f"# changed\n{FR}\n", UNREAD),
        "with a home": (f"~/{FR}\n", UNREAD),
        "with a variable": (f"$PWD/{FR}\n", UNREAD),
        "as an address": (f"file://{FR}\n", UNREAD),
        "spelled with percents": ("articles%2Fpasserelle.txt\n", UNREAD),
        "with strokes of Windows": ("articles\\passerelle.txt\n", UNREAD),
        "in capitals": (f"{FR.upper()}\n", UNREAD),
        "with a mark in between": (f"{EN}\n\ufeff{FR}\n", UNREAD),
        "with a colon and a line": (f"{FR}:3\n", UNREAD),
        "as git shows a change": (f"M\t{FR}\n", UNREAD),
        "as git shows a new name": (f"{EN} => {FR}\n", UNREAD),
        "a thousand times": (f"{FR}\n" * 1000, SEEN),
        "behind ten thousand": (f"{EN}\n" * 10_000 + f"{FR}\n", SEEN),
        "a file of no type": ("articles/p.pages\n", UNREAD),
    }
    make = also(lambda folder: (folder / "link").symlink_to("articles"), writes("articles/p.pages", GLUED))
    for name, (text, codes) in given.items():
        run = (*CHECK, "--files-from", "-")
        yield Further(f"listed: {name}", run, make, codes, stdin=text.encode())


def _commit(folder: Path, name: str = FR) -> None:
    (folder / name).write_text(FRENCH, encoding="utf-8")
    commit_all(folder)


def _sparse(folder: Path) -> None:
    """The changed article is outside of what is checked out, and there nevertheless."""
    _commit(folder)
    git(folder, "sparse-checkout", "set", "--no-cone", "/articles/footbridge.txt")
    (folder / "articles").mkdir(exist_ok=True)
    (folder / FR).write_text(GLUED, encoding="utf-8")


def _conflict(folder: Path) -> None:
    """Both sides changed the article; the marks of the conflict are in it, with the fault."""
    _commit(folder)
    git(folder, "checkout", "--quiet", "-b", "other")
    (folder / FR).write_text(GLUED, encoding="utf-8")
    commit_all(folder)
    git(folder, "checkout", "--quiet", "main")
    (folder / FR).write_text(FRENCH.replace("trois de", "deux de"), encoding="utf-8")
    commit_all(folder)
    git(folder, "merge", "--quiet", "--no-commit", "-X", "theirs", "other")


def _stashed(folder: Path) -> None:
    _commit(folder)
    (folder / FR).write_text(GLUED, encoding="utf-8")
    git(folder, "stash", "--quiet")


def _worktree(folder: Path) -> None:
    """Another working tree of the same repository lies in the corpus, and holds the fault."""
    _commit(folder)
    git(folder, "worktree", "add", "--quiet", "-b", "other", "articles/tree")
    (folder / "articles" / "tree" / FR).write_text(GLUED, encoding="utf-8")


def _bare(folder: Path) -> None:
    _commit(folder)
    git(folder, "clone", "--quiet", "--bare", ".", "articles/bare.git")
    (folder / FR).write_text(GLUED, encoding="utf-8")


def _repository_of_nothing(folder: Path) -> None:
    """A folder that git takes for another repository hides what is in it."""
    _commit(folder)
    (folder / "articles" / "sub").mkdir()
    git(folder / "articles" / "sub", "init", "--quiet")
    (folder / FR).rename(folder / "articles" / "sub" / "p.txt")
    (folder / "articles" / "sub" / "p.txt").write_text(GLUED, encoding="utf-8")


def _file_for_git(folder: Path) -> None:
    _commit(folder)
    (folder / "articles" / ".git").write_text("gitdir: /gone\n", encoding="utf-8")
    (folder / FR).write_text(GLUED, encoding="utf-8")


def _submodule(folder: Path) -> None:
    """Articles of another repository, which a clone does not fetch unless it is asked to."""
    _commit(folder)
    other = folder / "other"
    other.mkdir()
    (other / "p.txt").write_text(FRENCH, encoding="utf-8")
    commit_all(other)
    add = ("-c", "protocol.file.allow=always", "submodule", "add", "--quiet", str(other))
    git(folder, *add, "articles/sub dir")
    commit_all(folder)


def _not_fetched(folder: Path) -> None:
    _submodule(folder)
    git(folder, "submodule", "deinit", "--force", "articles/sub dir")


def _changed_submodule(folder: Path) -> None:
    _submodule(folder)
    (folder / "articles" / "sub dir" / "p.txt").write_text(GLUED, encoding="utf-8")


def repositories() -> Iterator[Further]:
    """Repositories that git sees less of than we do."""
    since = (*CHECK, "--since", "HEAD")
    made: dict[str, tuple[Make, tuple[int, ...]]] = {
        "sparse": (_sparse, EITHER),
        "a submodule": (_submodule, (0,)),
        "a submodule with a change": (_changed_submodule, SEEN),
        "a submodule that is not there": (_not_fetched, UNREAD),
        "a merge at work": (_conflict, SEEN),
        "stashed": (_stashed, (0,)),
        "another tree inside": (_worktree, SEEN),
        "a bare one inside": (_bare, EITHER),
        "one without commits inside": (_repository_of_nothing, SEEN),
        "a file in the place of one": (_file_for_git, EITHER),
    }
    for name, (make, codes) in made.items():
        yield Further(f"repository: {name}", since, make, codes)
    yield Further("repository: no submodule, everything", CHECK, _not_fetched, UNREAD, said="not checked out")
    for name in (
        "--",
        "-h",
        "--output=taken",
        "HEAD --",
        "HEAD\0",
        "",
        " ",
        "HEAD..HEAD",
        "HEAD...HEAD",
        "@{u}",
    ):
        yield Further(f"repository: since {name!r}", (*CHECK, "--since", name), _commit, (*UNREAD, 0))


def packages() -> Iterator[Further]:
    """Documents damaged in further ways: the fault is seen, or the file refused."""
    body = "".join(map(paragraph, GOOD.split("\n")))
    fault = paragraph(FAULT)
    whole = word(body + fault)
    forms: dict[str, tuple[str, bytes | str, tuple[int, ...]]] = {
        "behind a program": ("a.docx", b"#!/bin/sh\n" * 20 + whole, EITHER),
        "before a picture": ("a.docx", whole + b"\x89PNG" * 50, EITHER),
        "half": ("a.docx", whole[: len(whole) // 2], UNREAD),
        "with strokes of Windows": (
            "a.docx",
            archive({"word\\document.xml": _document(body + fault)}),
            EITHER,
        ),
        "in capitals": ("a.docx", archive({"WORD/Document.XML": _document(body + fault)}), EITHER),
        "with two texts": (
            "a.docx",
            archive({"word/document.xml": _document(body), "word/document2.xml": _document(fault)}),
            (0, 1, 2),
        ),
        "as bare XML": ("a.docx", _document(body + fault), UNREAD),
        "in UTF-16": (
            "a.docx",
            archive({"word/document.xml": _document(body + fault).encode("utf-16")}),
            EITHER,
        ),
        "of no text": ("a.docx", word(""), UNREAD),
        "an ODT for a DOCX": ("a.docx", opened(f"<t:p>{FAULT}</t:p>" * 9), UNREAD),
        "a DOCX for an ODT": ("a.odt", whole, UNREAD),
        "a hidden run": (
            "a.docx",
            word(body + f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{FAULT}</w:t></w:r></w:p>"),
            (0, 1),
        ),
        "in a choice": (
            "a.docx",
            word(
                f"{body}<mc:AlternateContent xmlns:mc='m'><mc:Choice>{fault}</mc:Choice>"
                "</mc:AlternateContent>"
            ),
            (0, 1, 2),
        ),
        "a billion blanks": ("a.odt", opened(f"<t:p>{FAULT}<t:s t:c='999999999'/>a</t:p>" * 3), EITHER),
        "blanks below zero": ("a.odt", opened(f"<t:p>{FAULT}<t:s t:c='-5'/>a</t:p>" * 3), EITHER),
        "blanks in words": ("a.odt", opened(f"<t:p>{FAULT}<t:s t:c='many'/>a</t:p>" * 3), EITHER),
        "100,000 levels": (
            "a.odt",
            opened("<t:section>" * 100_000 + FAULT + "</t:section>" * 100_000),
            EITHER,
        ),
        "tracked deletion": (
            "a.odt",
            opened(f"<t:tracked-changes><t:p>{FAULT}</t:p></t:tracked-changes><t:p>{GOOD}</t:p>"),
            (0, 1),
        ),
        "a memory that nothing closes": ("a.tmx", f"<tmx><body>{unit()}", UNREAD),
        "a memory of another root": ("a.tmx", f"<html><body>{unit()}</body></html>", EITHER),
        "a memory behind blanks": ("a.tmx", f"\n\n<tmx><body>{unit()}</body></tmx>", EITHER),
        "a memory of two roots": ("a.tmx", f"<tmx>{unit()}</tmx><tmx>{unit()}</tmx>", EITHER),
        "a memory in a wrong encoding": (
            "a.tmx",
            f'<?xml version="1.0" encoding="UTF-8"?><tmx>{unit()}</tmx>'.encode("latin-1"),
            UNREAD,
        ),
        "a memory in no encoding": (
            "a.tmx",
            f'<?xml version="1.0" encoding="x"?><tmx>{unit()}</tmx>',
            UNREAD,
        ),
        "a memory of version 1.1": ("a.tmx", f'<?xml version="1.1"?><tmx>{unit()}</tmx>', EITHER),
        "a catalogue cut": ("fr.po", f'msgid "Yes."\nmsgstr "{FAULT}', EITHER),
        "a catalogue of one key": ("fr.po", f'msgstr "{FAULT}"\n', UNREAD),
        "a catalogue with an unknown key": (
            "fr.po",
            f'msgid "It was shut."\nmsgstr "{FAULT}"\nmsgfoo "x"\n',
            EITHER,
        ),
        "a catalogue with octal letters": (
            "fr.po",
            'msgid "It was shut."\nmsgstr "\\303\\211tait ferm\\351 dans troisde ses piles."\n',
            EITHER,
        ),
        "XLIFF of version 9": ("a.xlf", '<xliff version="9"><file/></xliff>', UNREAD),
        "XLIFF of nothing": ("a.xlf", "<xliff/>", UNREAD),
        "XLIFF in JSON": ("a.xlf", '{"xliff": []}', UNREAD),
        "Parquet of its two ends": ("a.parquet", b"PAR1PAR1", UNREAD),
        "Parquet with a long foot": ("a.parquet", b"PAR1" + b"\0" * 8 + b"\xff\xff\xff\x7fPAR1", UNREAD),
        "Parquet that is locked": ("a.parquet", b"PARE" + b"\0" * 60 + b"PARE", UNREAD),
        "rows of arrays": ("a.jsonl", json.dumps([["text", GLUED]]) + "\n", UNREAD),
        "rows of text in a list": ("a.jsonl", json.dumps({"text": [GLUED]}) + "\n", UNREAD),
        "rows with not a number": ("a.jsonl", f'{{"id": NaN, "text": {json.dumps(GLUED)}}}\n', SEEN),
        "rows with a huge number": (
            "a.jsonl",
            f'{{"id": {"9" * 5000}, "text": {json.dumps(GLUED)}}}\n',
            EITHER,
        ),
        "rows with single quotes": ("a.jsonl", "{'text': 'dans troisde ses piles'}\n", UNREAD),
        "rows that are packed": ("a.jsonl", gzip.compress(json.dumps({"text": GLUED}).encode()), UNREAD),
        "a table with one long name": ("a.csv", "text" * 100_000 + f'\n"{GLUED}"\n', UNREAD),
        "a table with a name in blanks": (
            "a.csv",
            f' Text \n"{GLUED.replace(chr(34), chr(34) * 2)}"\n',
            SEEN,
        ),
        "a table of 10,000 columns": ("a.csv", "text" + ",a" * 10_000 + f"\n{'x,' * 3}\n", (0, 2)),
    }
    for name, (file, content, codes) in forms.items():
        yield Further(
            f"package: {name}",
            CHECK,
            also(_moved("gone", bytes), _removed, writes(f"articles/{file}", content)),
            codes,
        )


def _removed(folder: Path) -> None:
    (folder / "articles" / "gone").unlink()


def _document(inside: str) -> str:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<w:document xmlns:w="{space}"><w:body>{inside}</w:body></w:document>'


def rows() -> Iterator[Further]:
    """Bitexts with rows that are too short, too long, or too wide."""
    head, good = "fr\ten\n", "Il pleut à Lyon depuis hier.\tIt has been raining in Lyon since yesterday.\n"
    bad = "Elle a été fermée dans troisde ses salles.\tIt was closed in three of its rooms.\n"
    tables: dict[str, tuple[str, tuple[int, ...], tuple[int, ...]]] = {
        "a cell too many": (head + good + bad.replace("\n", "\tx\n"), UNREAD, UNREAD),
        "a tab in a text": (head + good + bad.replace("dans ", "dans\t"), UNREAD, UNREAD),
        "blank cells too many": (head + good + bad.replace("\n", "\t \t\n"), SEEN, (0,)),
        "a cell too few": (head + good + "Elle a été fermée dans troisde ses salles.\n", SEEN, (0,)),
        "a column twice": (f"fr\ten\tfr\n{good}{bad}", UNREAD, UNREAD),
        "names in capitals": (f"FR\tEN\n{good}{bad}", SEEN, (0,)),
        "names in blanks": (f" fr \t en \n{good}{bad}", SEEN, (0,)),
        "a zero in a row": (head + good + bad.replace("salles", "sal\0les"), EITHER, (0, 2)),
        "lines of blanks": (head + "\t\n \t \n" + good + bad, SEEN, (0,)),
        "line separators": (head + good + bad.replace("fermée ", "fermée\u2028"), EITHER, (0, 2)),
        "CR for an end": (head + good + bad.replace("\n", "\r"), EITHER, (0, 2)),
        "only names": (head, UNREAD, (0, 2)),
        "only blanks": (head + "\t\n" * 9, UNREAD, (0, 2)),
        "a row of 9 MB": (head + good + "a" * 9_000_000 + "\tb\n", UNREAD, UNREAD),
        "not UTF-8": (head + good + bad.replace("é", "\udce9"), EITHER, (0, 2)),
    }
    for name, (text, checked, graded) in tables.items():
        made = writes("rows.tsv", text.encode("utf-8", "surrogateescape"))
        yield Further(f"rows: check, {name}", ("check", "rows.tsv", *RULES), made, checked)
        yield Further(f"rows: grade, {name}", ("grade", "rows.tsv", *NO_DETECTOR), made, graded)
    sides = "mot pont ville " * 3_000 + "\t" + "word bridge town " * 3_000
    yield Further(
        "rows: grade, 9,000 words",
        ("grade", "rows.tsv", *NO_DETECTOR),
        writes("rows.tsv", f"{head}{sides}\n"),
        (0,),
    )
    clean = also(writes("rows.tsv", head + good + bad), writes("clean.tsv", head + good))
    for name, extra, codes in (
        ("--fit one row", ("--fit", "clean.tsv"), (0,)),
        ("--fit of itself", ("--fit", "rows.tsv", "--report"), (0,)),
        ("--fit from standard input", ("--fit", "-"), UNREAD),
        ("--fit a folder", ("--fit", "articles"), UNREAD),
        ("--fit an article", ("--fit", FR), UNREAD),
        ("--report in lines", ("--report", "--format", "jsonl"), (0,)),
        ("--language of a bitext", ("--language", "fr"), (0,)),
    ):
        yield Further(f"rows: grade {name}", ("grade", "rows.tsv", *NO_DETECTOR, *extra), clean, codes)
    for name, data in {
        "nothing": b"",
        "zeros": b"\0\0\0",
        "a name": b"fr\ten",
        "half": b"fr\ten\nOui",
    }.items():
        for reported in (False, True):
            run = ("grade", "-", *NO_DETECTOR, *(("--report",) if reported else ()))
            yield Further(f"rows: grade{' --report' * reported} of {name}", run, codes=(0, 2), stdin=data)


BEADS: dict[str, tuple[str, tuple[int, ...]]] = {
    "a segment twice": ('{"fr": [0, 0], "en": [0]}', UNREAD),
    "a gap": ('{"fr": [0, 2], "en": [0]}', UNREAD),
    "another order": ('{"fr": [1, 0], "en": [0]}', (0, 2)),
    "a segment in two": ('{"fr": [0], "en": [0]}\n{"fr": [0], "en": [1]}', UNREAD),
    "nothing": ('{"fr": [], "en": []}', UNREAD),
    "true": ('{"fr": [true], "en": [0]}', UNREAD),
    "a fraction": ('{"fr": [0.0], "en": [0]}', UNREAD),
    "a text": ('{"fr": ["0"], "en": [0]}', UNREAD),
    "null": ('{"fr": null, "en": [0]}', UNREAD),
    "below zero": ('{"fr": [-1], "en": [0]}', UNREAD),
    "beyond the end": ('{"fr": [6, 7], "en": [6]}', UNREAD),
    "a pair that is a number": ('{"pair": 5, "fr": [0], "en": [0]}', UNREAD),
    "a pair of others": ('{"pair": "x|y", "fr": [0], "en": [0]}', UNREAD),
    "the other way round": (f'{{"pair": "{EN}|{FR}", "fr": [0], "en": [0]}}', (0, 2)),
    "a list": ("[]", UNREAD),
    "not a number": ('{"fr": [NaN], "en": [0]}', UNREAD),
    "blank lines": ("\n\n", (0,)),
}
BREAKS: dict[str, tuple[int, ...]] = {
    "": (0,),
    "$": (0,),
    "(?i)^(la|the) ": (0, 2),
    "(?P<x>a)(?P=y)": UNREAD,
    r"\p{L}": UNREAD,
    "[[a]": (0, 2),
    "x" * 10_000: (0,),
    "(": UNREAD,
    "(?s:.)*": (0, 2),
    "\udcff": (0, 2),
    "\0": (0, 2),
    "(?<=a+)b": UNREAD,
    "(" * 200 + ")" * 200: (0, 2),
}


def alignments() -> Iterator[Further]:
    """`align` with beads, breaks and words."""
    align = ("align", FR, EN, "--no-cache")
    for name, (text, codes) in BEADS.items():
        for form in (("--format", "jsonl"), ("--words",)):
            run = (*align, "--beads", "b.jsonl", *form)
            yield Further(f"beads: {form[-1]}, {name}", run, writes("b.jsonl", f"{text}\n"), codes)
    for pattern, codes in BREAKS.items():
        yield Further(f"break: {pattern[:20]!r}", (*align, "--break", pattern), codes=codes, shown=True)
    yield Further("words: with a format", (*align, "--words", "--format", "tsv"), codes=UNREAD)
    yield Further("words: into a folder", (*align, "--words", "--out", "articles"), codes=UNREAD)
    yield Further("words: of itself", ("align", FR, FR, "--words", "--no-cache"), codes=UNREAD)
    long = also(
        writes("fr.txt", "mot pont ville " * 700 + "\n"), writes("en.txt", "word bridge town " * 700 + "\n")
    )
    run = ("align", "fr.txt", "en.txt", "--words", "--presegmented", "--no-cache")
    yield Further("words: 2,100 in a line", run, long, (0,), said="only the first")
    many = also(
        writes("fr.txt", ("mot pont ville " * 2_000 + "\n") * 4),
        writes("en.txt", ("word town bridge " * 2_000 + "\n") * 5),
    )
    run = ("align", "fr.txt", "en.txt", "--presegmented", "--no-cache", "--format", "tsv")
    yield Further("words: lines of 6,000", run, many, (0,))
    score = ("score", "fr.txt", "fr.txt", "--presegmented", "--no-cache")
    yield Further("words: a score of 6,000", score, many, UNREAD, said="too many for TER")


def endless() -> Iterator[Further]:
    """Files named by options that never end."""
    for option in ("--baseline", "--config", "--pairs", "--beads", "--review", "--files-from"):
        yield Further(
            f"endless: {option}", (*CHECK, option, "/dev/zero"), codes=UNREAD, said="longer than 256 MiB"
        )
    yield Further("endless: --terms", ("lint", "articles", *RULES, "--terms", "/dev/zero"), codes=(0, 2))
    align = ("align", FR, EN, "--no-cache", "--beads", "/dev/zero")
    yield Further("endless: align --beads", align, codes=UNREAD, said="longer than 256 MiB")
    for command in (("grade", "/dev/zero"), ("score", FR, "/dev/zero"), ("diff", "/dev/zero", "/dev/zero")):
        yield Further(f"endless: {command[0]}", command, codes=UNREAD)


def outputs() -> Iterator[Further]:
    """Output in the place of what is read: it stays."""
    tables = also(writes("rows.tsv", "fr\ten\nOui.\tYes.\n"), writes("clean.tsv", "fr\ten\nOui.\tYes.\n"))
    linked = also(
        tables, _linked("x.fr", "passerelle.txt"), lambda folder: (folder / "l.txt").hardlink_to(folder / FR)
    )
    kept = (FR, EN, "rows.tsv", "clean.tsv")
    commands: dict[str, tuple[str, ...]] = {
        "grade": ("grade", "rows.tsv", *NO_DETECTOR, "--out", "rows.tsv"),
        "grade --fit": ("grade", "rows.tsv", *NO_DETECTOR, "--fit", "clean.tsv", "--out", "clean.tsv"),
        "lint": ("lint", "articles", *RULES, "--out", FR),
        "lint one": ("lint", FR, *RULES, "--out", f"./articles/../{FR}"),
        "align": ("align", FR, EN, "--no-cache", "--out", EN),
        "align --words": ("align", FR, EN, "--no-cache", "--words", "--out", FR),
        "align moses": ("align", FR, EN, "--no-cache", "--format", "moses", "--out", "articles/x"),
        "check": (*CHECK, "--format", f"json={FR}"),
        "check sarif": (*CHECK, "--format", f"sarif={EN}"),
        "check --write-baseline": (*CHECK, "--baseline", FR, "--write-baseline"),
        "pair": ("pair", "articles", "--no-cache", "--out", EN),
        "fix": ("fix", "articles", *NO_DETECTOR, "--select", "EXT101", "--out", FR),
        "lint by a link": ("lint", "articles", *RULES, "--out", "articles/x.fr/"),
    }
    for name, command in commands.items():
        yield Further(f"output: {name}", command, linked, UNREAD, kept=kept)
    yield Further(
        "output: beside", ("lint", "articles", *RULES, "--out", "articles/new.md"), tables, (0,), kept=kept
    )
    report = ("report/summary.json", "report/findings.jsonl", "report/beads.jsonl")
    for out, command in zip(
        report,
        (
            ("export", "report", "--format", "tsv"),
            ("export", "report", "--format", "xlsx"),
            ("diff", "report", "report"),
        ),
        strict=True,
    ):
        run = (*command, "--out", out)
        yield Further(f"output: {command[-1]} over {out}", run, codes=UNREAD, reported=True, kept=report)
    again = also(tables, writes("report/bitext.tmx", "old"))
    yield Further(
        "output: into a report",
        ("export", "report", "--out", "report/bitext.tmx"),
        again,
        (0,),
        reported=True,
    )


def baselines() -> Iterator[Further]:
    """Baselines edited by hand: each entry knows one finding, of that article."""
    entry = {"path": FR, "code": "EXT101", "excerpt": "troisde"}
    more = writes(FR, GLUED.replace("Le chantier", "Il y a troisde ces ponts. Le chantier"))

    def known(*entries: object, **others: object) -> bytes:
        return json.dumps({"schema": 2, "findings": list(entries), **others}).encode()

    given: dict[str, tuple[bytes, tuple[int, ...]]] = {
        "one entry for two": (known(entry), SEEN),
        "the same entry twice": (known(entry, entry), (0, 1)),
        "an entry in capitals": (known({**entry, "code": "ext101"}), EITHER),
        "another case of the path": (
            known({**entry, "path": FR.upper()}, {**entry, "path": FR.upper()}),
            SEEN,
        ),
        "a path with ./": (known(*[{**entry, "path": f"./{FR}"}] * 2), (0, 1)),
        "a path with /../": (known(*[{**entry, "path": f"x/../{FR}"}] * 2), EITHER),
        "a path with a row": (known(*[{**entry, "path": f"{FR}#1"}] * 2), SEEN),
        "a row of an article": (known(*[{**entry, "row": "1"}] * 2), EITHER),
        "further keys": (known({**entry, "count": 99}), EITHER),
        "the findings twice": (b'{"schema": 2, "findings": [], ' + known(entry)[1:], EITHER),
        "findings null": (b'{"schema": 2, "findings": null}', UNREAD),
        "a schema of 2.0": (b'{"schema": 2.0, "findings": []}', EITHER),
        "a schema to come": (b'{"schema": 99, "findings": []}', UNREAD),
        "two documents": (known(entry) + known(entry), UNREAD),
        "a mark in front": (b"\xef\xbb\xbf" + known(entry), EITHER),
        "an entry that is a text": (known("EXT101"), UNREAD),
        "lines": (json.dumps(entry).encode() + b"\n", UNREAD),
    }
    for name, (content, codes) in given.items():
        make = also(more, writes("known.json", content))
        yield Further(f"baseline: {name}", (*CHECK, "--baseline", "known.json"), make, codes)
        yield Further(
            f"baseline: by itself, {name}",
            CHECK,
            also(more, writes(".aligner-baseline.json", content)),
            codes,
        )
    own = ".aligner-baseline.json"
    links: dict[str, Make] = {
        "a folder": lambda folder: (folder / own).mkdir(),
        "a circle": lambda folder: (folder / own).symlink_to(own),
    }
    for name, make in links.items():
        yield Further(f"baseline: {name}", CHECK, make, EITHER)
