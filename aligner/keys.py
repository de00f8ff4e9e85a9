"""Names a pair by the paths of its articles, so that no two pairs have the same name."""

from __future__ import annotations

import re


def pair_key(fr_path: str, en_path: str) -> str:
    r"""Name a pair as beads and findings do, ``fr_path|en_path``; a bar within a path is spelt ``\|``.

    No two pairs have the same key: backslashes before a bar or at the end of a path stand twice.
    """
    escaped = (re.sub(r"(\\*)(\||\Z)", _twice, path) for path in (fr_path, en_path))
    return "|".join(escaped)


def _twice(bar: re.Match[str]) -> str:
    return bar[1] + bar[0].replace("|", r"\|")


def stored(text: str) -> str:
    """Return a key as every file spells it: bytes of a file name that are no UTF-8 are spelled out."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")
