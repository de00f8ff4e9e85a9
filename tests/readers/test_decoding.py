from __future__ import annotations

import codecs

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aligner.model import InputError
from aligner.readers.decoding import decode

TEXT = "L’été « indien » : 5 € à Besançon.\r\nŒuvre d’art, cœur et naïveté.\n"


@pytest.mark.parametrize(
    ("mark", "encoding", "name"),
    [
        (b"", "utf-8", "utf-8"),
        (codecs.BOM_UTF8, "utf-8", "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
        (b"", "utf-16-le", "utf-16-le"),
        (b"", "utf-16-be", "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),
        (b"", "cp1252", "cp1252"),
    ],
)
def test_reads_without_the_mark_and_with_the_line_ends_as_they_are(
    mark: bytes, encoding: str, name: str
) -> None:
    assert decode(mark + TEXT.encode(encoding)) == (TEXT, name)


def test_one_accent_in_windows_1252() -> None:
    assert decode("Le café ouvre lundi.".encode("cp1252")) == ("Le café ouvre lundi.", "cp1252")


def test_one_broken_byte_does_not_change_the_encoding() -> None:
    data = TEXT.encode() * 20
    text, name = decode(data[:100] + b"\xff" + data[100:])
    assert name == "utf-8"
    assert text.count("\ufffd") == 1


def test_shift_jis_is_decoded_by_guess() -> None:
    text, _ = decode(("市は今日、川に新しい橋を開通させた。" * 20).encode("shift_jis"))
    assert "新しい橋" in text


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 \x00\x01", "PDF"),
        (b"PK\x03\x04rest", "zip"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x01\x02\x03\x04abc", "binary"),
    ],
)
def test_what_is_no_text_says_what_it_is(data: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what):
        decode(data)


LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), min_size=1)


@given(LETTERS, st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "utf-32")))
def test_what_says_its_encoding_comes_back(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assume(not data.startswith((b"%PDF-", b"PK\x03\x04", b"GIF8", b"PAR1")))
    assert decode(data)[0] == text.removeprefix("\ufeff")


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused_with_a_reason(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except InputError as error:
        text = str(error)
    text.encode("utf-8")
