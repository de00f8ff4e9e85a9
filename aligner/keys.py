"""Names a pair by the paths of its articles, so that no two pairs have the same name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol


class Keyed(Protocol):
    """An article, a finding in one, or what was not read: a key, and the row of a container, or its id."""

    @property
    def path(self) -> str:
        """The key."""
        ...

    @property
    def row(self) -> str | None:
        """The row that it was read from, or its id; None for a file of its own."""
        ...


def pair_key(fr_path: str, en_path: str) -> str:
    r"""Name a pair as beads and findings do, ``fr_path|en_path``; a bar within a path is spelled ``\|``.

    No two pairs have the same key: backslashes before a bar or at the end of a path occur twice.
    """
    escaped = (re.sub(r"(\\*)(\||\Z)", _escape_bar, path) for path in (fr_path, en_path))
    return "|".join(escaped)


def split_pair(key: str) -> tuple[str, str] | None:
    """Return the paths of the two articles in a key of ``pair_key``; None for any other text."""
    bar = re.search(r"(?<!\\)((?:\\\\)*)\|", key)
    if bar is None:
        return None
    fr, en = (
        re.sub(r"(\\*)(\||\Z)", _unescape_bar, side) for side in (key[: bar.end() - 1], key[bar.end() :])
    )
    return (fr, en) if pair_key(fr, en) == key else None


def _unescape_bar(bar: re.Match[str]) -> str:
    return bar[1][: len(bar[1]) // 2] + bar[2]


def _escape_bar(bar: re.Match[str]) -> str:
    return bar[1] + bar[0].replace("|", r"\|")


def stored(text: str) -> str:
    """Return a key as every file spells it: bytes of a file name that are no UTF-8 are spelled out."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def file_of(keyed: Keyed) -> str:
    """Return the file that something was read from: a key does not say by itself where its row begins."""
    return keyed.path if keyed.row is None else keyed.path.removesuffix(f"#{keyed.row}")


def is_there(path: Path) -> bool:
    """Return whether a path leads to anything; a name that no system takes leads nowhere."""
    try:
        path.stat()
    except (OSError, ValueError):  # over-long, in a closed folder, with a zero byte
        return False
    return True
