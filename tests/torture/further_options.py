"""Attacks through options: files that they name damaged in each way, values out of every range."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.torture.further import EN, FR, RULES, Further, writes

Make = Callable[[Path], object]
CHECK = ("check", "articles", *RULES)
NO_DETECTOR = ("--no-detector", "--no-cache")
CONTENTS: dict[str, bytes] = {
    "zero bytes": b"\0" * 40,
    "not UTF-8": b"\xff\xfe\xfd\xfc, \x80\n",
    "deep lists": b"[" * 100_000,
    "deep tables": b'{"a":' * 20_000,
    "deep settings": b"select = " + b"[" * 50_000,
    "a huge number": b"9" * 5_000,
    "cut": b'{"schema": 2, "findings": [{"path": "a',
    "escapes": b'\x1b[2J::error::x\n##[error]y\n"',
    "gzip": b"\x1f\x8b\x08\0\0\0\0\0\0\3cut",
}
FILES: dict[str, tuple[str, ...]] = {
    "--config": (*CHECK, "--config", "given"),
    "--baseline": (*CHECK, "--baseline", "given"),
    "--pairs": ("audit", "articles", *RULES, "--out", "new", "--pairs", "given"),
    "--terms": ("check", "articles", "--no-detector", "--no-cache", "--terms", "given"),
    "--beads": ("audit", "articles", *RULES, "--out", "new", "--beads", "given"),
    "align --beads": ("align", FR, EN, "--beads", "given", "--no-cache"),
    "--review": (*CHECK, "--review", "given"),
    "--fit": ("grade", "rows.tsv", "--fit", "given", "--no-detector", "--no-cache"),
    "marks": ("review", "report", "--summary", "--review", "given"),
    "--files-from": (*CHECK, "--files-from", "given"),
}


def everything() -> Iterator[Further]:
    """All of them."""
    yield from files()
    yield from values()
    yield from settings()
    yield from known()


def files() -> Iterator[Further]:
    """What an option names is damaged, a folder, or not there."""
    rows = b"fr\ten\nOui.\tYes.\n"

    def both(make: Make) -> Make:
        def write(folder: Path) -> None:
            writes("rows.tsv", rows)(folder)
            make(folder)

        return write

    for option, command in FILES.items():
        for name, content in CONTENTS.items():
            # As many zeros as names in a list are no name: nothing was changed.
            codes = (0,) if (option, name) == ("--files-from", "zero bytes") else (2,)
            make = both(writes("given", content))
            yield Further(f"option: {option}, {name}", command, make, codes, reported=True)
        for name, make in PLACES.items():
            codes = (0,) if (option, name) == ("marks", "gone") else (2,)
            yield Further(f"option: {option}, {name}", command, both(make), codes, reported=True)


PLACES: dict[str, Make] = {
    "gone": lambda folder: None,
    "a folder": lambda folder: (folder / "given").mkdir(),
    "a circle": lambda folder: (folder / "given").symlink_to("given"),
    "below a file": lambda folder: (folder / "given").symlink_to(f"{FR}/given"),
}

VALUES: tuple[tuple[str, ...], ...] = (
    *((*CHECK, "--jobs", jobs) for jobs in ("0", "-1", "1.5", "1e9", "", "nan", "٣x", "9" * 5_000)),
    *((*CHECK, "--min-confidence", p) for p in ("nan", "inf", "-inf", "-0.1", "1.1", "1e400", "", "x")),
    *(
        (*CHECK[:2], *NO_DETECTOR, "--select", s)
        for s in (",", "EXT101;ACC", "ext 101", "*", "EXT1011", "../EXT", "\0", "🦊")
    ),
    *((*CHECK, "--ignore", s) for s in ("EXT", "EXT101", "E", "EXT999")),
    *((*CHECK, "--fail-on", s) for s in ("", "worst", "MAJOR", "major ")),
    *((*CHECK, "--show", s) for s in ("", "all")),
    *((*CHECK, "--format", s) for s in ("", "=", "text=", "xliff", "xliff=n.xlf", "html", "sarif=", "TEXT")),
    (*CHECK, "--format", "json", "--format", "sarif"),
    (*CHECK, "--format", "sarif=articles"),
    (*CHECK, "--format", f"sarif={FR}/x"),
    (*CHECK, "--format", "sarif=" + "x" * 300),
    (*CHECK, "--since", "HEAD", "--files-from", "x"),
    (*CHECK, "--write-baseline", "--since", "HEAD"),
    (*CHECK, "--since", "HEAD"),
    (*CHECK, "--fail-on-behind", "de"),
    (*CHECK, "--config", ""),
    (*CHECK, "--baseline", ""),
    (*CHECK, "--files-from", ""),
    (*CHECK, "--pairs", ""),
    (*CHECK, "--terms", ""),
    (*CHECK, "--beads", ""),
    (*CHECK, "--review", ""),
    (*CHECK, "--encoder", ""),
    (*CHECK, "--scheduler", ""),
    ("check", "articles", "--no-cache", "--detector", ""),
    ("check", "articles", "--no-cache", "--detector", "articles"),
    ("check", "articles", "--no-cache", "--detector", FR),
    ("check", "articles", "--no-cache", "--detector", "gone"),
    ("check", "", *RULES),
    ("check", "articles", "", *RULES),
    ("check", *RULES),
    ("audit", "articles", "--out", "new", "--previous", "", *RULES),
    ("audit", "articles", "--out", "new", "--previous", "articles", *RULES),
    ("audit", "articles", "--out", "new", "--previous", "gone", *RULES),
    ("export", "report", "--min-score", "nan"),
    ("export", "report", "--min-score", "-1"),
    ("export", "report", "--exclude", "EXT9"),
    ("export", "report", "--exclude", "\0"),
    ("export", "report", "--kind", "none"),
    ("export", "report", "--format", "moses"),
    ("export", "report", "--format", "xlsx"),
    ("export", "report", "--format", "moses", "--out", "articles/"),
    ("export", "articles"),
    ("export", ""),
    ("export", FR),
    ("export", "/dev/null"),
    ("diff", "report", ""),
    ("diff", "", "report"),
    ("diff", "report"),
    ("diff", "report", "report/index.html"),
    ("review", "report", "--port", "-1"),
    ("review", "report", "--port", "65536"),
    ("review", "report", "--port", "1e3"),
    ("review", "articles", "--no-open"),
    ("review", "report", "--review", "articles", "--no-open"),
    ("explain", "EXT99"),
    ("explain", "\x1b[2J"),
    ("explain", "::error::"),
    ("explain", "../../etc/passwd"),
    ("explain", "EXT101" * 2_000),
    ("rule", "\0"),
    ("checks", "--write", "articles"),
    ("checks", "--write", f"{FR}/x"),
    ("align", FR, FR),
    ("align", FR, "articles"),
    ("align", FR, "gone"),
    ("align", FR),
    ("align",),
    ("align", FR, EN, "--break", "("),
    ("align", FR, EN, "--break", "a{99999999999}"),
    ("align", FR, EN, "--break", "(?P<a>"),
    ("align", FR, EN, "--break", "passerelle"),
    ("align", FR, EN, "--format", "moses"),
    ("align", FR, EN, "--format", "docx"),
    ("align", "--format", "tmx"),
    ("align", FR, EN, "--out", "articles"),
    ("align", FR, EN, "--out", f"{FR}/x"),
    ("align", FR, EN, "--presegmented", "--break", "x"),
    ("score", FR, EN),
    ("score", FR, "articles"),
    ("score", FR, FR, "--presegmented", "--nothing"),
    ("grade", FR, EN, FR),
    ("grade", "articles"),
    ("grade", "gone.tsv"),
    ("fix",),
    ("fix", "gone"),
    ("fix", "articles", "--select", "ACC301"),
    ("fix", "articles", "--select", ","),
    ("fix", "articles", "--select", "EXT999"),
    ("init", "--ci", "travis"),
    ("lint", "gone"),
    ("lint", "articles", "--out", "articles"),
    ("lint", "articles", "--select", "ALN"),
    ("pair", "articles", "--format", "xml"),
    ("pair", "articles", "--out", f"{EN}/x"),
    ("train", "nothing"),
    ("train", "encoder", "--data", "gone"),
    ("bench", "nothing"),
    ("bench", "align", "--data", "gone"),
    ("bench", "pair", "--data", "articles"),
    ("audti", "articles"),
    ("--nothing",),
    ("check", "--format"),
)
OF_ALL = frozenset({(*CHECK[:2], *NO_DETECTOR, "--select", ","), ("fix", "articles", "--select", ",")})
"""Selections of nothing, which are none: everything is run."""


def values() -> Iterator[Further]:
    """Values out of range: all are bad usage, and nothing is written."""
    for command in VALUES:
        codes = (0, 1) if command in OF_ALL else (2,)
        name = f"value: {' '.join(command)}"[:150]
        yield Further(name, command, codes=codes, reported=True, kept=(FR, EN, "report/summary.json"))


TABLES: dict[str, str] = {
    "min-confidence true": "min-confidence = true",
    "min-confidence a date": "min-confidence = 2026-11-29",
    "min-confidence not a number": "min-confidence = nan",
    "select a number": "select = 5",
    "select of lists": "select = [[]]",
    "jobs a text": 'jobs = "4"',
    "jobs endless": "jobs = inf",
    "gate a list": "gate = []",
    "gate.max a number": "[gate]\nmax = 3",
    "gate.max a text": '[gate.max]\nmajor = "0"',
    "gate.max endless": "[gate.max]\nmajor = inf",
    "gate.baseline a table": "[gate.baseline]\nx = 1",
    "gate.fail-on a list": '[gate]\nfail-on = ["major"]',
    "suppress a table": "[suppress]\nreason = 'x'",
    "suppress without reason": "[[suppress]]\ncode = 'EXT101'",
    "suppress with a blank reason": "[[suppress]]\ncode = 'EXT101'\nreason = '  '",
    "suppress of everything": "[[suppress]]\nreason = 'x'",
    "suppress code a list": "[[suppress]]\ncode = ['EXT101']\nreason = 'x'",
    "suppress unknown key": "[[suppress]]\ncode = 'EXT101'\nreason = 'x'\nexcept = 'y'",
    "confidence a list": "confidence = [1]",
    "confidence above one": "[confidence]\nEXT101 = 2",
    "read a text": "read = '*.pdf'",
    "pairs a list": "pairs = ['a.csv']",
    "cache a number": "cache = 7",
    "cache true": "cache = true",
    "cache empty": "cache = ''",
    "quiet a text": "quiet = 'no'",
    "title a list": "title = []",
    "ui unknown": "ui = 'de'",
    "detector true": "detector = true",
    "encoder a list": "encoder = []",
    "scheduler a number": "scheduler = 1",
    "text-kind unknown": "text-kind = 'spoken'",
    "text-kind a list": "text-kind = []",
    "suspicion above one": "suspicion = 1.01",
    "allow a number": "allow = 1",
    "a key twice": "jobs = 1\njobs = 2",
    "a control character": 'title = "a\x01b"',
    "a table of aligner": "[aligner]\njobs = 1",
    "a table of tools": "[tool.aligner]\njobs = 1",
}


def settings() -> Iterator[Further]:
    """Settings of the wrong type."""
    for name, text in TABLES.items():
        yield Further(f"settings: {name}", CHECK, writes("aligner.toml", text), said="aligner.toml")
    for name, text in {"tool a list": "tool = []", "aligner a list": "[tool]\naligner = []"}.items():
        codes = (1,) if name == "tool a list" else (2,)
        yield Further(f"settings: pyproject, {name}", CHECK, writes("pyproject.toml", text), codes)


KINDS: tuple[object, ...] = ([], ["finding"], {}, None, True, 0, "finding ", "Finding")
"""What is no kind of mark."""
MARK = {"kind": "finding", "fingerprint": "x", "code": "EXT101", "path": FR, "excerpt": "troisde"}


def known() -> Iterator[Further]:
    """Rows that name what is not there, or everything twice: none hides the fault."""

    def jsonl(*records: object) -> bytes:
        return "".join(f"{json.dumps(record)}\n" for record in records).encode()

    given: dict[str, tuple[str, bytes, tuple[int, ...]]] = {
        "pair twice": ("--pairs", f"fr,en\n{FR},{EN}\n{FR},{EN}\n".encode(), (1, 2)),
        "pair the other way round": ("--pairs", f"fr,en\n{EN},{FR}\n".encode(), (2,)),
        "pair of one with itself": ("--pairs", f"fr,en\n{FR},{FR}\n".encode(), (2,)),
        "pair of what is gone": ("--pairs", f"fr,en\n{FR},gone.txt\n".encode(), (2,)),
        "pair of what steers": ("--pairs", b"fr,en\n\x1b[2J,::error::\n", (2,)),
        "beads of another pair": ("--beads", jsonl({"pair": "a|b", "fr": [0], "en": [0]}), (1, 2)),
        "beads out of range": ("--beads", jsonl({"pair": f"{FR}|{EN}", "fr": [99], "en": [0]}), (2,)),
        "beads that cross": (
            "--beads",
            jsonl(*({"pair": f"{FR}|{EN}", "fr": [f], "en": [e]} for f, e in ((1, 2), (2, 1)))),
            (2,),
        ),
        "beads without pair": ("--beads", jsonl({"fr": [0], "en": [0]}), (1, 2)),
        "beads of huge numbers": ("--beads", jsonl({"pair": f"{FR}|{EN}", "fr": [10**30], "en": []}), (2,)),
        "mark of no fingerprint": ("--review", jsonl(MARK | {"fingerprint": "", "verdict": "false"}), (1, 2)),
        "mark of another": ("--review", jsonl(MARK | {"verdict": "false"}), (1,)),
        "mark of a family": ("--review", jsonl(MARK | {"code": "", "verdict": "false"}), (1, 2)),
        **{
            f"mark of the kind {kind!r}": ("--review", jsonl(MARK | {"kind": kind, "verdict": "false"}), (2,))
            for kind in KINDS
        },
        "mark unknown": ("--review", jsonl(MARK | {"verdict": "maybe"}), (2,)),
        "mark of surrogates": ("--review", jsonl(MARK | {"reason": "\ud800", "verdict": "false"}), (1, 2)),
        "marks of both verdicts": (
            "--review",
            jsonl(*({"kind": "pair", "fr": FR, "en": EN, "verdict": v} for v in ("right", "wrong"))),
            (1,),
        ),
        "marks of beads that are gone": (
            "--review",
            jsonl({"kind": "beads", "pair": f"{FR}|{EN}", "beads": [{"fr": [98], "en": [99]}]}),
            (1,),
        ),
        "terms twice": ("--terms", b"fr,en\npasserelle,footbridge\npasserelle,gangway\n", (1,)),
        "terms of patterns": ("--terms", b"fr,en\n(a+)+$,.*\n[,]\n", (1, 2)),
        "terms that steer": ("--terms", b"fr,en\npasserelle,\x1b[2J::error::\n", (1,)),
        "terms of one letter": ("--terms", b"fr,en\na,b\nl,m\n", (1,)),
        "terms of a million letters": ("--terms", b"fr,en\n" + b"a" * 10**6 + b",b\n", (1, 2)),
        "terms of formulas": ("--terms", b'fr,en\n"=1+1","@SUM(A1)"\n', (1,)),
        "baseline of another code": ("--baseline", _entry(code="EXT102"), (1,)),
        "baseline of another excerpt": ("--baseline", _entry(excerpt="trois"), (1,)),
        "baseline of no excerpt": ("--baseline", _entry(excerpt=""), (1, 2)),
        "baseline of a family": ("--baseline", _entry(code="EXT"), (1, 2)),
        "baseline of a glob": ("--baseline", _entry(path="articles/*"), (1,)),
        "baseline of a folder": ("--baseline", _entry(path="articles"), (1,)),
        "baseline of an absolute path": ("--baseline", _entry(path="/articles/passerelle.txt"), (1,)),
        "baseline of a path above": ("--baseline", _entry(path=f"../{FR}"), (1,)),
        "baseline of a schema of text": ("--baseline", _entry(schema="2"), (2,)),
        "baseline of a schema true": ("--baseline", _entry(schema=True), (2,)),
        "baseline of surrogates": ("--baseline", _entry(path="\ud800"), (1, 2)),
        "baseline of a huge excerpt": ("--baseline", _entry(excerpt="a" * 10**6), (1,)),
    }
    for name, (option, content, codes) in given.items():
        rules = RULES if option != "--terms" else ("--no-detector", "--no-cache", "--select", "EXT101,TRM")
        command = ("check", "articles", *rules, option, "given")
        yield Further(f"known: {name}", command, writes("given", content), codes)


def _entry(schema: object = 2, **changes: str) -> bytes:
    entry = {"path": FR, "code": "EXT101", "excerpt": "troisde"} | changes
    return json.dumps({"schema": schema, "findings": [entry]}).encode()
