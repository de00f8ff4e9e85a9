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
_STEERING = [*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029, 0xFEFF]
_IN_LINE = _PICTURES | {code: f"\\u{code:04x}" for code in _STEERING}

# No-break spaces are part of how French is written; every other white space may break a line.
_BREAKING_SPACE = re.compile(r"[^\S\u00a0\u2007\u202f]+")


# What programs that run builds take for commands to them in a log: "##[error]", "##vso[...]" and their like,
# and "::error::" at the beginning of a line.
_COMMAND = re.compile(r"##(?=\w*\[)")
_COMMAND_LINE = re.compile(r"^((?:\s|\x1b\[[\d;]*m)*):(?=:)", re.MULTILINE)


def flat(text: str) -> str:
    """Put a text on one line: white space as single spaces, no-break spaces as they are."""
    return _BREAKING_SPACE.sub(" ", text).strip(" ")


def _spelled(text: str) -> str:
    """Spell out what UTF-8 has no form for: bytes of a file name that are in another encoding."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def visible(text: str) -> str:
    """Show control characters by their pictures, overrides of direction by their codes.

    Line breaks and tabs stay.
    """
    return text.translate(_IN_TEXT)


def one_line(text: str) -> str:
    """Show a text on one line of a terminal, with nothing left in it that steers the terminal."""
    return _COMMAND.sub(r"#\\u0023", _spelled(flat(text)).translate(_IN_LINE))


def printable_path(path: str) -> str:
    """Show a path on one line with every character of it: a line break is shown as its control picture.

    One that begins as a command of a log does is shown from the working directory.
    """
    printable = _COMMAND.sub(r"#\\u0023", _spelled(path).translate(_IN_LINE))
    return f"./{printable}" if printable.lstrip().startswith("::") else printable


def without_commands(text: str) -> str:
    """Take the lines that a build would take for commands out of a text with colour codes for a terminal."""
    return _COMMAND_LINE.sub(r"\1\\u003a", text)


def in_log(text: str) -> str:
    """Show a message of one line or more, with nothing left in it that steers a terminal or a build."""
    printable = visible(_spelled(text).replace("\r", "\u240d")).translate(
        {code: f"\\u{code:04x}" for code in _STEERING}
    )
    return without_commands(_COMMAND.sub(r"#\\u0023", printable))
