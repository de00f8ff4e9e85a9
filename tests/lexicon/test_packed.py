"""Words are found in packed lines as in a table of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aligner.lexicon.packed import SortedLines

WORDS = st.text(st.sampled_from("aàbé'-œ"), min_size=1, max_size=4)


@given(st.dictionaries(WORDS, st.sampled_from(["", "1", "1,2", "x" * 300])), WORDS)
def test_words_are_found_as_in_a_table(table: dict[str, str], sought: str) -> None:
    rows = sorted((word.encode(), word, rest) for word, rest in table.items())
    written = (f"{word}\t{rest}\n" if rest else f"{word}\n" for _, word, rest in rows)
    lines = SortedLines("".join(("\n", *written)).encode())
    for word in (*table, sought):
        assert lines.rest_of(word) == table.get(word)
        beginning = [(each, rest) for _, each, rest in rows if each.startswith(word)]
        assert list(lines.beginning(word)) == beginning


def test_a_long_list_is_searched_in_blocks() -> None:
    words = [f"w{number:05}" for number in range(5_000)]
    lines = SortedLines("\n".join(("head", *words, "")).encode(), start=len("head"))
    assert all(lines.rest_of(word) == "" for word in words)
    assert all(
        lines.rest_of(word) is None for word in ("", "v", "w", "w0000", "w000000", "w05000", "x", "\ud800")
    )
    assert [word for word, _ in lines.beginning("w0123")] == [f"w0123{digit}" for digit in range(10)]
