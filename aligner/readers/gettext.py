"""Rows of a ``.po`` file of gettext: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html.

An entry is a row, its plural another one. What is marked fuzzy is not translated: its target is empty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from aligner.model import LANGUAGES, OTHER, InputError, Language
from aligner.readers.bitext import TOO_LONG
from aligner.readers.decoding import decode
from aligner.readers.sources import MAX_ARTICLE_BYTES, MAX_PACKAGE_BYTES, read_bytes
from aligner.text.language import guess, nearer

_FIELD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d{1,2})\])?)\s*(".*")\s*\Z')
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"\s*\Z')
_ESCAPE = re.compile(r"\\([0-7]{1,3}|x[0-9a-fA-F]{2}|.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "", "b": "", "f": "\n", "v": "\n"}
_LANGUAGE = re.compile(r"^(?:X-)?Language:\s*([A-Za-z]+)", re.MULTILINE)
_MIN_CONFIDENCE = 0.9
_LOOKED_AT = 200


@dataclass(slots=True)
class _Entry:
    """One entry: the lines of its strings by name (``msgid``, ``msgstr[0]``, ...), and if it is fuzzy."""

    lines: dict[str, list[str]] = field(default_factory=dict)
    fuzzy: bool = False

    @property
    def strings(self) -> dict[str, str]:
        """Return its strings by name."""
        return {name: "".join(lines) for name, lines in self.lines.items()}

    def rows(self) -> Iterator[tuple[str, str]]:
        """Yield source and target of the entry, and of its plural."""
        strings = self.strings
        singular = strings.get("msgstr", strings.get("msgstr[0]", ""))
        yield strings.get("msgid", ""), "" if self.fuzzy else singular
        if "msgid_plural" in strings:
            yield strings["msgid_plural"], "" if self.fuzzy else strings.get("msgstr[1]", "")


def po_rows(path: str) -> Iterator[tuple[str, str]]:
    """Yield the rows ``(fr, en)`` of a ``.po`` file.

    Raises ``InputError`` for a line that is not in the format, or if no text is between French and English.
    """
    entries = list(_entries(decode(read_bytes(path, limit=MAX_PACKAGE_BYTES))[0]))
    header = next((entry.strings.get("msgstr", "") for entry in entries if _is_header(entry)), "")
    rows = [_flat(row) for entry in entries if not _is_header(entry) for row in entry.rows()]
    target = _target(header, rows)
    sources = " ".join(source for source, _ in rows[:_LOOKED_AT])
    language, probability = guess(sources, OTHER[target]) if sources.strip() else (OTHER[target], 1.0)
    if language != OTHER[target] and probability >= _MIN_CONFIDENCE:
        raise InputError("its msgids are not in the other of French and English; leave it out")
    for source, translation in rows:
        if max(len(source), len(translation)) > MAX_ARTICLE_BYTES:
            raise InputError(TOO_LONG)
        yield (translation, source) if target == "fr" else (source, translation)


def _target(header: str, rows: list[tuple[str, str]]) -> Language:
    """Return the language of the translations: from the header, or else detected from the text."""
    declaration = _LANGUAGE.search(header)
    if declaration:
        for language in LANGUAGES:
            if declaration[1].lower().startswith(language):
                return language
        raise InputError(f"translated into {declaration[1]!r}, not into French or English; leave it out")
    votes = Counter(nearer(text) for _, text in rows[:_LOOKED_AT] if text)
    return "fr" if votes["fr"] >= votes["en"] else "en"


def _is_header(entry: _Entry) -> bool:
    return not any(entry.lines.get("msgid", ())) and "msgctxt" not in entry.lines


def _flat(row: tuple[str, str]) -> tuple[str, str]:
    source, target = (" ".join(text.splitlines()).strip() for text in row)
    return source, target


def _entries(text: str) -> Iterator[_Entry]:
    """Yield the entries in order, without those kept as obsolete (``#~``)."""
    entry, name = _Entry(), ""
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip()
        if line.startswith("#") or not line:
            if name.startswith("msgstr"):
                yield entry
                entry, name = _Entry(), ""
            entry.fuzzy |= line.startswith("#,") and "fuzzy" in line
            continue
        match = _FIELD.match(line)
        if match and match[1] in ("msgctxt", "msgid") and name.startswith("msgstr"):
            yield entry
            entry = _Entry()
        if match:
            name = match[1]
            entry.lines[name] = []
        piece = _STRING.match(match[3] if match else line)
        if piece is None or not name:
            raise InputError(f"line {number} is no line of a .po file ({line[:40]!r}); correct it")
        entry.lines[name].append(_ESCAPE.sub(_unescaped, piece[1]))
    if name.startswith("msgstr"):
        yield entry


def _unescaped(escape: re.Match[str]) -> str:
    code = escape[1]
    if code[0] in "01234567":
        return chr(int(code, 8))
    return chr(int(code[1:], 16)) if len(code) == 3 else _ESCAPES.get(code, code)
