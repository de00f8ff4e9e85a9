"""The words of an article, cut once: the views of them agree, and a sieve finds what its test finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aligner.checks.tokens import Runs, Sieve, tokens, vocabulary

TEXTS = st.text("aAéÉİß’ 1-", max_size=20)


@given(TEXTS)
def test_views_of_the_runs_agree(text: str) -> None:
    runs, cut = Runs(text), tokens(text)
    assert [text[token.start : token.end] for token in cut] == list(runs.spelled)
    assert [runs.token(number) for number in range(len(cut))] == list(cut)
    assert vocabulary(text) == {token.text for token in cut}
    words = frozenset(runs.spelled[::2])
    assert runs.tokens_of(words) == [token for token in cut if token.text in words]


@given(st.lists(st.frozensets(st.sampled_from("un deux trois quatre cinq".split()))))
def test_a_sieve_passes_what_its_test_does(texts: list[frozenset[str]]) -> None:
    asked: list[str] = []

    def is_long(word: str) -> bool:
        asked.append(word)
        return len(word) > 4

    sieve = Sieve(is_long)
    for words in texts:
        assert sorted(sieve.passing(words)) == sorted(word for word in words if len(word) > 4)
    failed = [word for word in asked if len(word) <= 4]
    assert len(failed) == len({*failed})
