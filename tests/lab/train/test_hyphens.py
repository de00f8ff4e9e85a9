"""Words that are written with a hyphen, and hardly ever without one."""

from __future__ import annotations

from aligner.lab.train.hyphens import hyphenated_words


def test_words_with_a_hyphen_are_listed_unless_they_are_words_without_it() -> None:
    text = ["His son-in-law has a long-term plan for the week-end.", "A long-term plan, by e-mail."] * 60
    assert hyphenated_words(text, "en") == ["long-term", "son-in-law"]
    assert hyphenated_words([*text, *["The longterm plan."] * 5], "en") == ["son-in-law"]


def test_inverted_verbs_are_no_words() -> None:
    text = ["Le porte-parole est-il là, dit-on au rez-de-chaussée ?"] * 10
    assert hyphenated_words(text, "fr") == ["porte-parole", "rez-de-chaussée"]
