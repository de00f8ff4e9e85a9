"""Files in a folder that are not read: which of them may hold an article, which are only counted."""

from __future__ import annotations

import mimetypes
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePath
from typing import Literal

from aligner.model import InputError
from aligner.readers.decoding import decode, signature
from aligner.readers.formats import suffix_of

Family = Literal["document", "other", "counted"]
"""A file that may hold an article; one that holds none but is listed; pictures, code and the like."""

_MEDIA = ("image/", "audio/", "video/", "font/")
_MIME_TYPES = mimetypes.MimeTypes()
"""The types that Python itself knows, without the tables of the machine."""
UNKNOWN = "?"
"""The type of a file without an ending."""
_SAMPLE = 2**16
_FEWEST_WORDS = 20
"""Words in a file of a type that nothing is known of, or in one string of JSON, that may be an article."""
_RESULTS = re.compile(r"<testsuites?[\s>]")
"""The root of results of tests, as `aligner check` writes them, which quote articles."""
_TAG = re.compile(r"<[^<>]{0,2000}>")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LONG_STRING = re.compile(r'"((?:[^"\\\n]|\\.){400,}+)"')
"""A string in JSON that is as long as a paragraph: sentences of notes and gold data are shorter."""


# Saves 1 ms a call, one call a file.
@cache
def _types() -> Mapping[str, frozenset[str]]:
    """Return the endings and names of files that are known and not read."""
    table = tomllib.loads(Path(__file__).with_name("data").joinpath("types.toml").read_text("utf-8"))
    return {name: frozenset(words) for name, words in table.items()}


def type_of(path: str) -> str:
    """Return the type of a file as people name it: its ending, or its name where it has none."""
    suffix = suffix_of(path)
    return f".{suffix}" if suffix else UNKNOWN if path != "-" else path


def family(path: str) -> Family:
    """Return the family of a file type that is not read, by its name, or else by its content."""
    name, suffix = PurePath(path).name.lower(), suffix_of(path)
    types = _types()
    if suffix in types["documents"]:
        return "document"
    if name in types["names"] or suffix in types["counted"] or _is_media(suffix):
        return "counted"
    if suffix == "json":
        strings = _LONG_STRING.finditer(_beginning(path))
        return "document" if any(_is_prose(string[1]) for string in strings) else "counted"
    return "document" if _holds_words(path) else "other"


def _is_media(suffix: str) -> bool:
    kind = _MIME_TYPES.guess_type(f"x.{suffix}", strict=False)[0] if suffix else None
    return kind is not None and kind.startswith(_MEDIA)


def _beginning(path: str) -> str:
    if not Path(path).is_file():  # a pipe would never end
        return ""
    try:
        with Path(path).open("rb") as file:
            return decode(file.read(_SAMPLE))[0]
    except (OSError, InputError):
        return ""


def _holds_words(path: str) -> bool:
    """Return whether a file begins with words, or else as a document or an archive does."""
    if not Path(path).is_file():  # a pipe would never end
        return False
    try:
        with Path(path).open("rb") as file:
            data = file.read(_SAMPLE)
    except OSError:
        return True  # nobody can say what is in it
    if signature(data) is not None:
        return signature(data) in ("document", "packed")
    try:
        text = decode(data)[0]
    except InputError:
        return False
    return not _RESULTS.search(text[:1000]) and _is_prose(_TAG.sub(" ", text))


def _is_prose(text: str) -> bool:
    return sum(1 for _ in _WORD.finditer(text)) >= _FEWEST_WORDS
