"""What is around a passage of a text."""

from __future__ import annotations


def around(text: str, start: int, end: int, most: int) -> tuple[str, str]:
    """Return at most ``most`` characters before and after a passage, from and to whole words."""
    before, after = text[max(0, start - most) : start], text[end : end + most]
    if start > most and " " in before:
        before = before.partition(" ")[2]
    if end + most < len(text):
        after = after.rpartition(" ")[0]
    return before, after
