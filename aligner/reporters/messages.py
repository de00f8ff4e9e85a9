"""Errors, warnings and reasons in French: they are raised in English, and worded anew where they are shown.

A message is known again by its template, in ``data/messages_fr.toml``; what no template fits stays English.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from aligner.model import Language

MAX_CHARACTERS = 4000
"""Characters of a message that is put into French: longer ones are no words of ours."""
DEEPEST = 8
"""Messages in messages, and places in front of them, that are looked through."""
_VALUE = re.compile(r"\{(\d*)(\*?)\}")
_BEFORE = re.compile(r" (?=[:;?!»])|(?<=«) ")


class _Template(NamedTuple):
    """A message: its longest literal part, how it is known again, and its French parts, texts and values."""

    weight: int
    literal: str
    pattern: re.Pattern[str]
    french: tuple[str | tuple[int, bool], ...]


def in_language(message: str, ui: Language) -> str:
    """Return a message in the language of the interface."""
    return message if ui == "en" or len(message) > MAX_CHARACTERS else _in_french(message)[0]


def known(template: str) -> bool:
    """Return whether an English template has a French one."""
    return template in _wordings()


# Saves .3 ms a message; a report lists thousands of files that are skipped for a few reasons.
@lru_cache(4096)
def _in_french(message: str, depth: int = 0) -> tuple[str, int]:
    """Word a message anew; also return how many characters of it the templates used have of their own.

    What most of it is known by wins: a template for the whole, with those for the messages in it, or one for
    what follows a path and a colon.
    """
    translation, weight = message, 0
    for template in _templates():
        if template.literal in message and (match := template.pattern.fullmatch(message)):
            text, literal = _filled(template, match, depth + 1)
            if literal > weight:
                translation, weight = text, literal
    head, colon, tail = message.partition(": ")
    if colon and depth < DEEPEST:
        text, literal = _in_french(tail, depth + 1)
        if literal and literal >= weight:
            translation, weight = f"{head}\u00a0: {text}", literal
    return translation, weight


def _filled(template: _Template, match: re.Match[str], depth: int) -> tuple[str, int]:
    parts: list[str] = []
    weight = template.weight
    for part in template.french:
        if isinstance(part, str):
            parts.append(part)
            continue
        number, is_message = part
        value = match[number + 1]
        if is_message and depth < DEEPEST:
            value, literal = _in_french(value, depth)
            weight += literal
        parts.append(value)
    return "".join(parts), weight


# Saves 2 ms a message.
@cache
def _wordings() -> dict[str, str]:
    data = files("aligner.reporters").joinpath("data", "messages_fr.toml").read_text("utf-8")
    return {english: french for room in tomllib.loads(data).values() for english, french in room.items()}


# Saves 40 ms a message.
@cache
def _templates() -> tuple[_Template, ...]:
    return tuple(_template(english, french) for english, french in _wordings().items())


def _template(english: str, french: str) -> _Template:
    literals = english.split("{}")
    pattern = re.compile("(.*?)".join(map(re.escape, literals)), re.DOTALL)
    parts: list[str | tuple[int, bool]] = []
    place = 0
    for count, value in enumerate(_VALUE.finditer(french)):
        parts += [_spaced(french[place : value.start()]), (int(value[1] or count), bool(value[2]))]
        place = value.end()
    parts.append(_spaced(french[place:]))
    return _Template(sum(map(len, literals)), max(literals, key=len), pattern, tuple(parts))


def _spaced(text: str) -> str:
    """Put no-break spaces where French has them."""
    return _BEFORE.sub("\u00a0", text)
