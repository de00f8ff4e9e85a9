"""Our decision at a full stop is Punkt's own: nltk is the reference."""

from __future__ import annotations

import random

import pytest

from aligner.lab.bench.splitting import punkt
from aligner.lexicon.words import lexicon
from aligner.model import LANGUAGES, Language
from aligner.text.punkt import breaks_between, parameters

PAIRS = 4000


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_decision_is_nltk_s(language: Language) -> None:
    known, reference = parameters(language), punkt(language)
    rng = random.Random(1)
    words, short, starters = list(lexicon(language)), sorted(known.abbreviations), sorted(known.starters)

    def word() -> str:
        drawn = (
            rng.choice(words),
            rng.choice(short),
            rng.choice(starters),
            rng.choice("abcdefgÉM"),
            str(rng.randint(1, 3000)),
            f"{rng.choice(words)}-{rng.choice(words)}",
            f"{rng.randint(1, 9)},{rng.randint(1, 99)}",
        )
        chosen = rng.choice(drawn)
        return rng.choice((chosen, chosen.capitalize(), chosen.upper()))

    pairs = [(f"{word()}.", word() + rng.choice(("", ",", ".", ")", "…", "»", "?"))) for _ in range(PAIRS)]
    assert [breaks_between(*pair, language) for pair in pairs] == [
        reference.text_contains_sentbreak(" ".join(pair)) for pair in pairs
    ]
