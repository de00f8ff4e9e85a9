"""From bytes to text: byte order marks, UTF-8, UTF-16, Windows-1252 and, failing these, a guess."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping

from aligner.model import InputError

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES: Mapping[bytes, str] = {
    b"%PDF-": "a PDF document",
    b"PK\x03\x04": "a zip archive or office document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "gzip data",
    b"\x7fELF": "a program",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"SQLite format 3": "a database",
    b"PAR1": "a Parquet file",
}
_HOLDS: Mapping[bytes, str] = {
    b"%PDF-": "document",
    b"PK\x03\x04": "packed",
    b"\x1f\x8b": "packed",
    b"\xd0\xcf\x11\xe0": "document",
    b"SQLite format 3": "packed",
    b"PAR1": "packed",
}
"""Which of these may hold an article."""
_SAMPLE = 65_536
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_CONTROL_SHARE = 0.01  # of characters; text files seen in dev/ hold none
_MAX_BROKEN_SHARE = 0.02  # of characters replaced, below which broken UTF-8 is still taken for UTF-8
# Letters and marks that French and English use beyond ASCII; in Windows-1252 text they are nearly all
# of the others, while text of another 8-bit page read as Windows-1252 shows quite different ones.
_EXPECTED = frozenset("àâäæçéèêëîïôöœùûüÿÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸ«»“”‘’…–—€£§°·•\xa0©®™²³½ñáíóúãõßåøÅØÑÁÍÓÚ")
_MIN_EXPECTED_SHARE = 0.9


def signature(data: bytes) -> str | None:
    """Return what the first bytes of known binary data may hold, "document", "packed" or ""; else None."""
    for mark in _SIGNATURES:
        if data.startswith(mark):
            return _HOLDS.get(mark, "")
    return None


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of ``data`` without its byte order mark, and the name of the encoding.

    New lines stay as they are. Raises ``InputError`` for data that are not text, with the reason.
    """
    for mark, name in MARKS:
        if data.startswith(mark):
            return _text_or_error(data[len(mark) :].decode(name, errors="replace")), name
    for signature, name in _SIGNATURES.items():
        if data.startswith(signature):
            raise InputError(f"not text but {name}; convert it to .txt, .md or .html first")
    if b"\0" in data[:_SAMPLE]:
        encoding = _utf16_without_mark(data[:_SAMPLE])
        if encoding is None:
            raise InputError("not text but binary data; convert it to .txt, .md or .html first")
        return _text_or_error(data.decode(encoding, errors="replace")), encoding
    if b"\x1b$" in data[:_SAMPLE]:  # Japanese in seven bits, which would pass for ASCII
        return _guess(data)
    try:
        return _text_or_error(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError:
        return _decode_legacy(data)


def _utf16_without_mark(sample: bytes) -> str | None:
    """Detect UTF-16 without a byte order mark: every other byte of Latin text is zero."""
    half = max(1, len(sample) // 2)
    even_zeros, odd_zeros = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd_zeros > 0.5 and even_zeros < 0.05:
        return "utf-16-le"
    if even_zeros > 0.5 and odd_zeros < 0.05:
        return "utf-16-be"
    return None


def _decode_legacy(data: bytes) -> tuple[str, str]:
    repaired = data.decode("utf-8", errors="replace")
    broken = repaired.count("\ufffd")
    intact = sum(1 for c in repaired[:_SAMPLE] if c > "\x7f" and c != "\ufffd")
    if intact > broken and broken <= _MAX_BROKEN_SHARE * len(repaired):
        return _text_or_error(repaired), "utf-8"
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    if text and _expected_share(text) >= _MIN_EXPECTED_SHARE:
        return _text_or_error(text), "cp1252"
    return _guess(data)


def _expected_share(text: str) -> float:
    beyond_ascii = [c for c in text[:_SAMPLE] if c > "\x7f"]
    return sum(c in _EXPECTED for c in beyond_ascii) / max(1, len(beyond_ascii))


def _guess(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    match = from_bytes(data[:_SAMPLE]).best()
    if match is None:
        raise InputError("its encoding is not one that can be recognised; save it as UTF-8")
    return _text_or_error(data.decode(match.encoding, errors="replace")), match.encoding.replace("_", "-")


def _text_or_error(text: str) -> str:
    text = text.removeprefix("\ufeff")
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > _MAX_CONTROL_SHARE * len(sample):
        raise InputError("not text but binary data; convert it to .txt, .md or .html first")
    return text
