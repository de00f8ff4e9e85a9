"""What every kind of fault works with: the tokens of one sentence, and what it may draw on."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from aligner.lab.train.detector.tokens import Token, faulty, like
from aligner.lab.train.detector.word_statistics import LanguageStatistics
from aligner.model import Language

TRIES = 6
"""Places that a kind tries before it gives up on a sentence."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a fault may draw on: the language, what is known of both, another sentence, and chance."""

    language: Language
    statistics: LanguageStatistics
    other_statistics: LanguageStatistics
    distractor: Sequence[Token]
    rng: random.Random

    def noticeable(
        self, left: Token | None, new: Token | None, right: Token | None, least: float = 0.0
    ) -> bool:
        """Return whether a change leaves neighbours rarely seen together; unsure cases pass by chance.

        ``least`` is the chance where the neighbours go together: of some kinds of change most are wrong
        for a word farther off ("elles doivent être fâché").
        """
        names = [t.text if t else mark for t, mark in ((left, "<s>"), (new, ""), (right, "</s>"))]
        if new is None:
            strangeness = self.statistics.strangeness(names[0], names[2])
        else:
            strangeness = max(
                self.statistics.strangeness(*names[:2]), self.statistics.strangeness(*names[1:])
            )
        return self.rng.random() < max(strangeness, least)


Tokens = list[Token]
Kind = Callable[[Tokens, Context], Tokens | None]


def at(tokens: Sequence[Token], i: int) -> Token | None:
    """Return the token at ``i``; None outside the sentence."""
    return tokens[i] if 0 <= i < len(tokens) else None


def places(tokens: Tokens, context: Context, accepts: Callable[[Token], bool]) -> list[int]:
    """Return a few random places to try among the correct tokens that ``accepts`` allows."""
    indices = [i for i, token in enumerate(tokens) if not token.fault and accepts(token)]
    context.rng.shuffle(indices)
    return indices[:TRIES]


def mark(tokens: Tokens, i: int, fault: str) -> None:
    """Mark the token at ``i``; past the end, the last word."""
    while i >= len(tokens) or (i > 0 and not tokens[i].is_word and i == len(tokens) - 1):
        i -= 1
    tokens[i] = faulty(tokens[i], fault)


def drop(
    tokens: Tokens, i: int, fault: str, context: Context, count: int = 1, least: float = 0.0
) -> Tokens | None:
    """Take ``count`` tokens out and mark what follows; None if the gap would not be noticed."""
    left, right = at(tokens, i - 1), at(tokens, i + count)
    if right is None or not context.noticeable(left, None, right, least):
        return None
    remaining = [*tokens[:i], *tokens[i + count :]]
    if i == 0:
        remaining[0] = replace(remaining[0], text=like(remaining[0].text, "A"))
    mark(remaining, i, fault)
    return remaining
