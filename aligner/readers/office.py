"""Articles in documents of word processors (``.docx``, ``.odt``): packages of XML, opened within limits.

ECMA-376 (Office Open XML) and ISO/IEC 26300 (OpenDocument). Text boxes follow the paragraph that they hang
on, notes follow the article in the order of their marks; running heads, comments and tables of contents are
no part of it, and of tracked changes the text counts as if they were accepted.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from aligner.model import InputError
from aligner.readers.markup import Element, parse
from aligner.readers.plain import Content

MAX_XML_BYTES = 32 * 2**20
"""The longest part of a package that is read, unpacked: a novel with all its marks reaches 20 MiB."""
ADVICE = "save the document again, or its text as .txt"
_LOCKED = b"\xd0\xcf\x11\xe0"
"""Beginning of what an office puts around a document with a password, and of documents before 2007."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; ``style`` is the name of its style in lower case, "title" for the title."""

    text: str
    style: str = ""


class Package:
    """The parts of a packed document, each read within a limit."""

    def __init__(self, data: bytes) -> None:
        if data.startswith(_LOCKED):
            raise InputError(
                "protected by a password, or of an old office; save it as .docx without password"
            )
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise InputError(f"not a document that can be opened ({error}); {ADVICE}") from error

    def part(self, name: str) -> Element | None:
        """Return the root element of a part; None where there is none.

        Raises ``InputError`` for one that is damaged, protected or longer than ``MAX_XML_BYTES``.
        """
        try:
            with self._archive.open(name) as packed:
                data = packed.read(MAX_XML_BYTES + 1)
        except KeyError:
            return None
        except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError) as error:
            raise InputError(f"damaged or protected by a password ({error}); {ADVICE}") from error
        if len(data) > MAX_XML_BYTES:
            raise InputError(
                f"its text swells to more than {MAX_XML_BYTES // 2**20} MiB when unpacked; {ADVICE}"
            )
        return parse(data, ADVICE)


def content(paragraphs: Iterable[Paragraph]) -> Content:
    """Join paragraphs with blank lines; the first in the style of a title is the title."""
    filled = [
        Paragraph(_trimmed(paragraph.text), paragraph.style)
        for paragraph in paragraphs
        if paragraph.text.strip()
    ]
    title = next((paragraph.text for paragraph in filled if paragraph.style == "title"), "")
    metadata = {"title": " ".join(title.split())} if title else {}
    return Content("\n\n".join(paragraph.text for paragraph in filled), "utf-8", metadata)


def _trimmed(text: str) -> str:
    return "\n".join(line.strip(" \t") for line in text.strip().split("\n"))
