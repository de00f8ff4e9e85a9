"""Garbles correct sentences as articles are garbled that were scraped, spun or machine-translated."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from aligner.lab.train.detector.context import Context
from aligner.lab.train.detector.faults import KINDS, Kinds, corrupt
from aligner.lab.train.detector.faults_of_syntax import corrupt_syntax
from aligner.lab.train.detector.tagger import Tagger
from aligner.lab.train.detector.texts import Text
from aligner.lab.train.detector.tokens import Token, render, tokenise
from aligner.lab.train.detector.word_statistics import Statistics
from aligner.model import OTHER, Language

FAULTS = ((1, 2, 3), (6, 3, 1))
"""How many faults a sentence gets, and how often."""
WITH_MORE = 0.25
"""Share of sentences with a fault of syntax that get another fault."""
DOUBT = 0.6
"""Weight of a generated fault: now and then what comes out is as correct as before."""
TOKENISED = 0.04
"""Share of sentences that are written with a space before every sign, as some corpora are."""


@dataclass(frozen=True, slots=True)
class Generator:
    """Garbles sentences; ``distractors`` are other sentences, of which parts run in."""

    statistics: Statistics
    distractors: Mapping[Language, Sequence[str]]
    tagger: Tagger

    def garbled(self, text: str, language: Language, rng: random.Random, kinds: Kinds = KINDS) -> Text:
        """Return the sentence with one to three faults, or as it is if none finds a place."""
        count = rng.choices(*FAULTS)[0]
        return self._rendered(
            corrupt(tokenise(text, language), self._context(language, rng), count, kinds), language, rng
        )

    def garbled_syntax(self, text: str, language: Language, rng: random.Random) -> Text:
        """Return the sentence with a fault that its parse shows, and now and then another one."""
        tokens, context = tokenise(text, language), self._context(language, rng)
        tokens = corrupt_syntax(tokens, self.tagger(text, language), context)
        if rng.random() < WITH_MORE:
            tokens = corrupt(tokens, context, 1)
        return self._rendered(tokens, language, rng)

    def _context(self, language: Language, rng: random.Random) -> Context:
        distractor = tokenise(rng.choice(self.distractors[language]), language)
        return Context(language, self.statistics[language], self.statistics[OTHER[language]], distractor, rng)

    def _rendered(self, tokens: list[Token], language: Language, rng: random.Random) -> Text:
        if rng.random() < TOKENISED and tokens:
            spaced = (
                replace(t, space=not before.text.endswith(("'", "’"))) for before, t in pairwise(tokens)
            )
            tokens = [tokens[0], *spaced]
        text, marks = render(tokens)
        return Text(text, language, marks, DOUBT if marks else 1.0)
