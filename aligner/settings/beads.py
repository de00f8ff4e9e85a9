"""Beads corrected by hand (``--beads``): a line ``{"pair", "fr": [0], "en": [0, 1]}``, as in beads.jsonl.

``pair`` may be left out where only one pair is aligned; other keys are left aside.
"""

from __future__ import annotations

import json
from pathlib import Path

from aligner.model import InputError
from aligner.settings.content import text_of

Beads = tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
"""(French, English) 0-based numbers of the segments of each bead."""


def read_beads(path: Path) -> dict[str, Beads]:
    """Read beads by the key of their pair, "" where it is left out.

    Raises InputError, with the line, for what is no bead, and where the file cannot be read.
    """
    try:
        text = text_of(path, "utf-8-sig", "surrogateescape")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    beads: dict[str, Beads] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            pair, bead = _bead(json.loads(line))
        except (ValueError, RecursionError) as error:
            raise InputError(f"{path}:{number}: not a bead: {error}") from None
        beads[pair] = (*beads.get(pair, ()), bead)
    return beads


def _bead(record: object) -> tuple[str, tuple[tuple[int, ...], tuple[int, ...]]]:
    if not isinstance(record, dict):
        raise ValueError('a line must be an object with "fr" and "en"')
    pair = record.get("pair", "")
    if not isinstance(pair, str):
        raise ValueError('"pair" must be a text')
    fr, en = (_numbers(record.get(side), side) for side in ("fr", "en"))
    if not fr and not en:
        raise ValueError("a bead must hold a segment")
    return pair, (fr, en)


def _numbers(value: object, side: str) -> tuple[int, ...]:
    if not isinstance(value, list) or any(type(number) is not int or number < 0 for number in value):
        raise ValueError(f'"{side}" must be a list of whole numbers from 0')
    if len(set(value)) < len(value):
        raise ValueError(f'"{side}" names a segment twice')
    return tuple(sorted(value))
