"""Makes characters that have no look of their own, or that steer a terminal or a page, harmless to show."""

from __future__ import annotations

import re

# Controls are shown by their Unicode pictures. Tab, line feed and carriage return stay in running text.
_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
# The two overrides of direction as well: they would show what follows them backwards.
_IN_TEXT = {code: picture for code, picture in _PICTURES.items() if chr(code) not in "\t\n\r"} | {
    code: f"\\u{code:04x}" for code in (0x202D, 0x202E)
}

# C1 controls and the marks that turn the direction of text would act on what follows them in a terminal.
_STEERING = [*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029]
_IN_LINE = _PICTURES | {code: f"\\u{code:04x}" for code in _STEERING}

# No-break spaces are part of how French is written; every other white space may break a line.
_BREAKING_SPACE = re.compile(r"[^\S\u00a0\u2007\u202f]+")


def flat(text: str) -> str:
    """Put a text on one line: white space as single spaces, no-break spaces as they are."""
    return _BREAKING_SPACE.sub(" ", text).strip(" ")


def visible(text: str) -> str:
    """Show control characters by their pictures, overrides of direction by their codes.

    Line breaks and tabs stay.
    """
    return text.translate(_IN_TEXT)


def one_line(text: str) -> str:
    """Show a text on one line of a terminal, with nothing left in it that steers the terminal."""
    return flat(text).translate(_IN_LINE)


def printable_path(path: str) -> str:
    """Show a path on one line, every character of it: a line break in a name is shown by its picture."""
    return path.translate(_IN_LINE)
