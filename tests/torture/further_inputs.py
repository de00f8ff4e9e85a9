"""Attacks through what is read: names, rows, standard input, texts of many numbers, for each command."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.cli.articles import ENGLISH, FRENCH, GLUED
from tests.torture.further import EN, FR, RULES, Further, writes

Make = Callable[[Path], object]
NO_DETECTOR = ("--no-detector", "--no-cache")
NAMES: tuple[str, ...] = (
    "a\nb.txt",
    "a\r::error::b.txt",
    "\x1b[2J.txt",
    "::error::x.txt",
    "##[error]x.txt",
    "=1+1.txt",
    "@SUM(A1).txt",
    "-rf.txt",
    "a#1.txt",
    "b.jsonl#2.txt",
    "a|b.txt",
    "\udcff\udcfe.txt",
    "\u202egpj.txt",
    "a" * 251 + ".txt",
    "$(touch taken).txt",
    "a\x9b31mb.txt",
)
COMMANDS: dict[str, tuple[str, ...]] = {
    "lint": ("lint", "odd", *RULES),
    "lint jsonl": ("lint", "odd", *RULES, "--format", "jsonl", "--out", "found.jsonl"),
    "fix": ("fix", "odd", "--select", "EXT101", *NO_DETECTOR),
    "fix --write": ("fix", "odd", "--select", "EXT101", *NO_DETECTOR, "--write"),
    "pair": ("pair", "odd", "articles", "--no-cache"),
    "pair csv": ("pair", "odd", "articles", "--no-cache", "--format", "csv", "--out", "pairs.csv"),
    "audit": ("audit", "odd", EN, "--out", "new", *RULES),
    "junit": ("check", "odd", EN, *RULES, "--format", "junit=found.xml", "--format", "gitlab=found.json"),
    "sarif": ("check", "odd", EN, *RULES, "--format", "sarif=found.sarif", "--format", "github"),
}
OF_FILE: dict[str, tuple[str, ...]] = {
    "align": ("align", "{}", EN, "--no-cache"),
    "align html": ("align", "{}", EN, *NO_DETECTOR, "--format", "html", "--out", "pair.html"),
    "align tmx": ("align", "{}", EN, "--no-cache", "--format", "tmx"),
    "score": ("score", "{}", FR, "--no-cache"),
    "baseline": ("check", "articles", *RULES, "--baseline", "{}"),
    "grade": ("grade", "{}", EN, "--out", "grades.tsv", *NO_DETECTOR),
}
"""Commands on one file; ``{}`` is its name."""
CODES: dict[str, tuple[int, ...]] = {"junit": (1,), "sarif": (1,), "baseline": (2,)}


def everything() -> Iterator[Further]:
    """All of them."""
    yield from names()
    yield from rows()
    yield from streams()
    yield from texts()
    yield from words()


def names() -> Iterator[Further]:
    """Articles under odd names."""
    for number, name in enumerate(NAMES):
        make = writes(f"odd/{name}", GLUED)
        for command, arguments in COMMANDS.items():
            yield Further(
                f"name: {command} {name!r}",
                arguments,
                make,
                CODES.get(command, (0,)),
                shown=command in ("lint", "fix", "pair", "audit", "sarif"),
                account="odd",
            )
        command, arguments = list(OF_FILE.items())[number % len(OF_FILE)]
        yield Further(
            f"name: {command} {name!r}",
            tuple(each.replace("{}", f"odd/{name}") for each in arguments),
            make,
            CODES.get(command, (0,)),
            shown=command == "align",
        )


IDS: tuple[object, ...] = (
    *("a\nb", "a\x1b[2Jb", "::error::x", "##vso[x]y", "=1+1", "-1", "@A1", "\tx", "x/../y", "..", "#", "a#b"),
    *("\u202ex", "a" * 5_000, "", " ", 0, -0.0, 1e300, True, None, [], {"a": 1}, "\ud800", "\0", "|", "0"),
)


def rows() -> Iterator[Further]:
    """Rows with odd ids and titles."""
    for command in ("lint", "pair", "audit", "junit", "sarif"):
        made = [{"id": each, "text": GLUED, "title": each, "url": each, "lang": each} for each in IDS]
        content = "".join(f"{json.dumps(row)}\n" for row in made)
        yield Further(
            f"rows: {command}",
            COMMANDS[command],
            writes("odd/rows.jsonl", content),
            (2,) if command in ("junit", "sarif") else (0,),
            shown=command not in ("junit",),
            account="odd",
        )
    for suffix, line in {
        "csv": '"{}","' + FRENCH.replace('"', '""') + '"\n',
        "tsv": "{}\t" + " ".join(FRENCH.split()) + "\n",
    }.items():
        texts = [str(each).replace("\t", " ").replace("\n", " ").replace("\0", "") for each in IDS[:13]]
        content = f"id{',' if suffix == 'csv' else chr(9)}text\n" + "".join(line.format(t) for t in texts)
        make = writes(f"odd/rows.{suffix}", content)
        yield Further(f"rows: {suffix}", COMMANDS["audit"], make, (0,), shown=True, account="odd")


STREAMS: dict[str, bytes] = {
    "nothing": b"",
    "blank": b" \n\n",
    "zero bytes": b"\0" * 5_000,
    "not UTF-8": b"\xff\xfe\xfd\xfc",
    "half UTF-16": FRENCH.encode("utf-16")[:-1],
    "one long line": b"mot " * 3 * 2**20,
    "deep": b"[" * 100_000,
    "rows cut": b'{"text": "La passerelle rouvre samedi matin.", "id": "a"}\n{"text": "La',
    "rows of nothing": b'{"text": null}\n{"text": ""}\n',
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 99,
    "a package": b"PK\3\4" + b"\0" * 99,
    "packed": b"\x1f\x8b\x08\0",
    "escapes": b"\x1b[2J\x1b]0;x\x07" * 99,
    "commands": b"::error::La passerelle rouvre samedi matin.\n##[error]Elle est belle.\n",
}
READS: dict[str, tuple[str, ...]] = {
    "lint": ("lint", "-", *RULES),
    "audit": ("audit", "-", "--out", "new", *RULES),
    "check": ("check", "-", *RULES),
    "pair": ("pair", "-", "--no-cache"),
    "grade": ("grade", "-", *NO_DETECTOR),
    "files": ("check", "articles", *RULES, "--files-from", "-"),
}


def streams() -> Iterator[Further]:
    """Standard input that is no article: said, never a pass of the gate."""
    readable = ("half UTF-16", "rows cut", "commands")
    for name, data in STREAMS.items():
        for command, arguments in READS.items():
            codes: tuple[int, ...] = (2,)
            if command == "grade":
                codes = (0, 2)
            elif command == "files" and name in ("nothing", "blank", "zero bytes"):
                codes = (0,)  # no name in the list: nothing was changed
            elif name in readable and command != "files":
                codes = (0, 1, 2) if (command, name) != ("check", "rows cut") else (2,)
            yield Further(
                f"stdin: {command}, {name}", arguments, codes=codes, stdin=data, shown=command == "lint"
            )


def texts() -> Iterator[Further]:
    """Texts that steer what shows them."""
    hostile = (
        "::error::taken",
        "  ::stop-commands::x",
        "##[error]taken",
        "\x1b[2J\x1b]0;taken\x07",
        "a\x08\x08\x08b",
        "\u202etxet",
        "\u2028::error::x",
        "</script><script>alert(1)</script>",
        "{{7*7}} ${7*7} {0.__class__}",
        "=cmd|' /C calc'!A0",
        "]]>&lt;&#0;",
        "%0A::error::x",
    )
    for text in hostile:
        faulty = GLUED.replace("« Nous", f"{text}\n{text} troisde {text}\n\n« Nous")
        for command in ("lint", "fix", "fix --write", "sarif", "junit", "audit"):
            yield Further(
                f"text: {command} {text!r}",
                COMMANDS[command],
                writes("odd/a.txt", faulty),
                CODES.get(command, (0,)) if "\x08" not in text else (0, 2),  # which is binary
                shown=command not in ("junit", "fix --write"),
            )
        suppress = f'title = {json.dumps(text)}\n[[suppress]]\ncode = "EXT101"\nreason = {json.dumps(text)}\n'
        unused = suppress.replace("EXT101", "EXT102") + f"excerpt = {json.dumps(text)}\n"
        for name, given in {"used": suppress, "unused": unused}.items():
            yield Further(
                f"text: suppression {name} {text!r}",
                ("check", "articles", "--no-detector", "--no-cache", "--select", "EXT101,EXT102"),
                writes("aligner.toml", given.replace("\x7f", "\\u007f")),
                (0,) if name == "used" else (1,),
                shown=True,
            )
        term = text.replace('"', '""')
        yield Further(
            f"text: glossary {text!r}",
            ("check", "articles", *NO_DETECTOR, "--select", "TRM", "--terms", "terms.csv"),
            writes("terms.csv", f'fr,en\n"passerelle","{term}"\n"{term}","footbridge"\n'),
            (0, 1),
            shown=True,
        )


def words() -> Iterator[Further]:
    """Passages and glossaries that grow, each with its time."""
    many = {
        "103 three-digit numbers": (
            " ".join(str(100 + n * 7 % 900) for n in range(103)),
            " ".join(str(100 + n * 11 % 900) for n in range(103)),
        ),
        "1,000 numbers": (
            " ".join(f"{n},5" for n in range(1_000)),
            " ".join(f"{n}.7" for n in range(1_000)),
        ),
        "300 amounts": (
            ", ".join(f"{n} millions d'euros" for n in range(300)),
            ", ".join(f"€{n + 1} million" for n in range(300)),
        ),
        "300 dates": (
            ", ".join(f"le {n % 28 + 1} mars {1900 + n}" for n in range(300)),
            ", ".join(f"{n % 28 + 2} March {1900 + n}" for n in range(300)),
        ),
        "300 names": (
            ", ".join(f"Marc Dupont{chr(97 + n % 26)}{n}" for n in range(300)),
            ", ".join(f"Marc Durand{chr(97 + n % 26)}{n}" for n in range(300)),
        ),
        "300 percentages and hours": (
            ", ".join(f"{n} % à {n % 24} h {n % 60}" for n in range(300)),
            ", ".join(f"{n + 1}% at {n % 12}:{n % 60:02} p.m." for n in range(300)),
        ),
    }
    for name, (fr, en) in many.items():

        def make(folder: Path, fr: str = fr, en: str = en) -> None:
            writes(FR, FRENCH.replace("Le chantier", f"On a compté {fr}. Le chantier"))(folder)
            writes(EN, ENGLISH.replace("The work", f"They counted {en}. The work"))(folder)

        options = ("--out", "new", "--select", "ACC", *NO_DETECTOR)
        yield Further(f"many: {name}", ("audit", "articles", *options), make, (0,), account="articles")
    terms = "".join(f"mot{n} passerelle,word{n} footbridge\n" for n in range(3_000))
    yield Further(
        "many: 3,000 terms",
        ("check", "articles", *NO_DETECTOR, "--select", "TRM", "--terms", "terms.csv"),
        writes("terms.csv", f"fr,en\n{terms}"),
        (0, 1),
    )
    nested = partial(_nested, depth=60)
    yield Further("many: folders in each other", ("lint", "odd", *RULES), nested, (0,), account="odd")


def _nested(folder: Path, depth: int) -> None:
    place = folder.joinpath("odd", *["d" * 20] * depth)
    place.mkdir(parents=True)
    (place / "a.txt").write_text(GLUED, encoding="utf-8")
