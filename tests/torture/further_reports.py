"""Attacks on what reads a report: each file of it damaged in each way, for each command."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from tests.torture.further import RULES, Further

Damage = Callable[[bytes], bytes]
ANY: dict[str, Damage] = {
    "zero bytes": lambda data: b"\0" * len(data),
    "a zero byte": lambda data: data[: len(data) // 2] + b"\0" + data[len(data) // 2 :],
    "cut": lambda data: data[: len(data) // 2],
    "not UTF-8": lambda data: data[: len(data) // 3] + b"\xff\xfe" + data[len(data) // 3 :],
    "UTF-16": lambda data: data.decode().encode("utf-16"),
    "packed": lambda data: b"\x1f\x8b\x08\0" + data,
    "deep": lambda data: b"[" * 100_000,
    "a huge number": lambda data: b"9" * 5_000 + b"\n",
    "prose": lambda data: b"La passerelle rouvre samedi.\n",
}
"""Damages of any file."""
READ_BY: dict[str, tuple[str, ...]] = {
    "summary.json": ("diff", "diff new", "previous", "export", "workbook", "review"),
    "findings.jsonl": ("diff", "diff new", "previous", "workbook", "exclude"),
    "documents.csv": ("diff", "diff new", "previous"),
    "pairs.csv": ("diff", "diff new", "previous", "export"),
    "beads.jsonl": ("export",),
}
COMMANDS: dict[str, tuple[str, ...]] = {
    "diff": ("diff", "broken", "report"),
    "diff new": ("diff", "report", "broken", "--format", "json"),
    "previous": ("audit", "articles", "--out", "new", "--previous", "broken", *RULES),
    "export": ("export", "broken", "--format", "tsv"),
    "exclude": ("export", "broken", "--exclude", "EXT", "--format", "moses", "--out", "bitext"),
    "workbook": ("export", "broken", "--format", "xlsx", "--out", "findings.xlsx"),
    "review": ("review", "broken", "--summary"),
}


def everything() -> Iterator[Further]:
    """All of them."""
    yield from damaged()
    yield from bent()
    yield from folders()


def damaged() -> Iterator[Further]:
    """Every file in every way; only the first command that reads it meets all of them."""
    for file, commands in READ_BY.items():
        for number, command in enumerate(commands):
            for name, damage in list(ANY.items())[:: 1 if number == 0 else 4]:
                if name == "a zero byte" and file.endswith(".csv"):
                    continue  # a row's id may hold one
                yield _attack(f"{command}: {file}, {name}", command, file, damage)


def _attack(name: str, command: str, file: str, damage: Damage) -> Further:
    return Further(
        f"report: {name}", COMMANDS[command], partial(_damage, file, damage), said=file, reported=True
    )


def _damage(file: str, damage: Damage, folder: Path) -> None:
    """Put a report beside the good one, with one file damaged."""
    _copy(folder)
    (folder / "broken" / file).write_bytes(damage((folder / "report" / file).read_bytes()))


def _copy(folder: Path) -> None:
    (folder / "broken").mkdir()
    for each in (folder / "report").iterdir():
        if each.is_file():
            (folder / "broken" / each.name).write_bytes(each.read_bytes())


def summary(**changes: Any) -> Damage:
    """Change keys of the summary; None takes one away."""

    def damage(data: bytes) -> bytes:
        record = json.loads(data) | changes
        return json.dumps({k: v for k, v in record.items() if v is not None}).encode()

    return damage


def lines(**changes: Any) -> Damage:
    """Change keys of every record; None takes one away."""

    def damage(data: bytes) -> bytes:
        records = [json.loads(line) | changes for line in data.splitlines()]
        whole = [{k: v for k, v in record.items() if v is not None} for record in records]
        return b"".join(json.dumps(record).encode() + b"\n" for record in whole)

    return damage


def header(old: bytes, new: bytes) -> Damage:
    """Name a column in another way."""
    return lambda data: data.replace(old, new, 1)


BENT: tuple[tuple[str, str, str, Damage], ...] = (
    ("diff", "summary.json", "no counts", summary(counts=None)),
    ("diff", "summary.json", "counts a list", summary(counts=[])),
    ("diff", "summary.json", "counts of texts", summary(counts={"articles": "2", "pairs": 1, "words": 3})),
    ("diff", "summary.json", "no rates", summary(per_1000_words=None)),
    ("diff", "summary.json", "rates of lists", summary(per_1000_words={"minor": [], "major": 0})),
    ("diff", "summary.json", "score a text", summary(score="best")),
    ("diff", "summary.json", "score not a number", header(b'"score":', b'"score": NaN, "x":')),
    ("diff", "summary.json", "a list", lambda data: b"[]"),
    ("diff", "summary.json", "null", lambda data: b"null"),
    ("diff", "summary.json", "empty", lambda data: b""),
    ("diff", "summary.json", "another schema", summary(schema=99)),
    ("diff", "summary.json", "a schema of text", summary(schema="1")),
    ("diff", "summary.json", "a schema of lists", summary(schema=[1])),
    ("previous", "summary.json", "no counts", summary(counts=None)),
    ("previous", "summary.json", "another schema", summary(schema=0)),
    ("export", "summary.json", "no counts", summary(counts=None)),
    ("export", "summary.json", "counts without beads", summary(counts={"articles": 2})),
    ("diff", "findings.jsonl", "null", lambda data: b"null\n"),
    ("diff", "findings.jsonl", "lists", lambda data: b"[]\n[]\n"),
    ("diff", "findings.jsonl", "no fingerprint", lines(fingerprint=None)),
    ("diff", "findings.jsonl", "fingerprint a list", lines(fingerprint=[1])),
    ("diff", "findings.jsonl", "severity unknown", lines(severity="fatal")),
    ("diff", "findings.jsonl", "path a number", lines(path=7)),
    ("diff", "findings.jsonl", "values a text", lines(values="x")),
    ("diff", "findings.jsonl", "line a text", lines(line="three")),
    ("diff", "findings.jsonl", "start a table", lines(start={})),
    ("diff", "findings.jsonl", "suspicion a text", lines(suspicion="no")),
    ("workbook", "findings.jsonl", "confidence a text", lines(confidence="sure")),
    ("workbook", "findings.jsonl", "excerpt a list", lines(excerpt=["a"])),
    ("exclude", "findings.jsonl", "no path", lines(path=None)),
    ("exclude", "findings.jsonl", "start a text", lines(start="1")),
    ("diff", "findings.jsonl", "a line lost", lambda data: b""),
    ("diff", "documents.csv", "empty", lambda data: b""),
    ("diff", "documents.csv", "no path", header(b"path", b"file")),
    ("diff", "documents.csv", "words no number", header(b"words", b"wrods")),
    ("diff", "documents.csv", "only its header", lambda data: data.partition(b"\n")[0] + b"\n"),
    ("diff", "documents.csv", "a quote without end", lambda data: data + b'"a,b\n'),
    ("diff", "documents.csv", "short rows", lambda data: data + b"a,fr\n"),
    ("diff", "pairs.csv", "empty", lambda data: b""),
    ("diff", "pairs.csv", "score no number", header(b"score", b"points")),
    ("export", "pairs.csv", "no French", header(b"fr_path", b"path")),
    ("export", "pairs.csv", "only its header", lambda data: data.partition(b"\n")[0] + b"\n"),
    ("export", "beads.jsonl", "empty", lambda data: b""),
    ("export", "beads.jsonl", "no pair", lines(pair=None)),
    ("export", "beads.jsonl", "pair a list", lines(pair=["a", "b"])),
    ("export", "beads.jsonl", "numbers a text", lines(fr="01")),
    ("export", "beads.jsonl", "text a number", lines(fr_text=5)),
    ("export", "beads.jsonl", "similarity a text", lines(similarity="high")),
    ("export", "beads.jsonl", "half of them", lambda data: b"".join(data.splitlines(True)[:3])),
    ("exclude", "beads.jsonl", "start a text", lines(fr_start="0", fr_end="9")),
)


def bent() -> Iterator[Further]:
    """Files that are whole, and hold what they should not."""
    for command, file, name, damage in BENT:
        yield _attack(f"{command}: {file}, {name}", command, file, damage)


def folders() -> Iterator[Further]:
    """Files that are missing, or folders, or pipes."""

    def gone(file: str, folder: Path) -> None:
        _copy(folder)
        (folder / "broken" / file).unlink()

    def nested(file: str, folder: Path) -> None:
        gone(file, folder)
        (folder / "broken" / file).mkdir()

    def pipe(file: str, folder: Path) -> None:
        import os

        gone(file, folder)
        os.mkfifo(folder / "broken" / file)

    for file, commands in READ_BY.items():
        for name, make in (("gone", gone), ("a folder", nested), ("a pipe", pipe)):
            command = commands[0]
            said = "report folder" if (file, name) == ("summary.json", "gone") else file
            yield Further(
                f"report: {command}: {file} is {name}",
                COMMANDS[command],
                partial(make, file),
                said=said,
                reported=True,
            )
