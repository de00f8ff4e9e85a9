"""What every kind of fault works with: the tokens of one sentence, and what it may draw on."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from aligner.lab.train.detector.resources import Tongue
from aligner.lab.train.detector.tokens import Token, faulty, like
from aligner.model import Language

TRIES = 6
"""Places that a kind tries before it gives up on a sentence."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a fault may draw on: the language, what is known of both, another sentence, and chance."""

    language: Language
    here: Tongue
    other: Tongue
    spare: Sequence[Token]
    rng: random.Random
    blind: bool = False
    """True where the other side is beside it: a fault need not be audible in the sentence alone."""

    def audible(self, left: Token | None, new: Token | None, right: Token | None, least: float = 0.0) -> bool:
        """Whether a change leaves neighbours that do not stand together; unsure cases pass by chance.

        ``least`` is the chance where the neighbours sound well: of some kinds of change most are wrong
        for what stands farther off ("elles doivent être fâché").
        """
        names = [t.text if t else mark for t, mark in ((left, "<s>"), (new, ""), (right, "</s>"))]
        if new is None:
            strange = self.here.strangeness(names[0], names[2])
        else:
            strange = max(self.here.strangeness(*names[:2]), self.here.strangeness(*names[1:]))
        return self.rng.random() < max(strange, least, 0.5 if self.blind else 0.0)


Tokens = list[Token]
Kind = Callable[[Tokens, Scene], Tokens | None]


def at(tokens: Sequence[Token], i: int) -> Token | None:
    """The token at ``i``; None outside the sentence."""
    return tokens[i] if 0 <= i < len(tokens) else None


def places(tokens: Tokens, scene: Scene, wanted: Callable[[Token], bool]) -> list[int]:
    """A few places to try, at random, among the sound tokens that are wanted."""
    found = [i for i, token in enumerate(tokens) if not token.fault and wanted(token)]
    scene.rng.shuffle(found)
    return found[:TRIES]


def mark(tokens: Tokens, i: int, fault: str) -> None:
    """Mark the token at ``i``; past the end, the last word."""
    while i >= len(tokens) or (i > 0 and not tokens[i].is_word and i == len(tokens) - 1):
        i -= 1
    tokens[i] = faulty(tokens[i], fault)


def drop(
    tokens: Tokens, i: int, fault: str, scene: Scene, count: int = 1, least: float = 0.0
) -> Tokens | None:
    """Take ``count`` tokens out and mark what follows; None if the gap cannot be scores."""
    left, right = at(tokens, i - 1), at(tokens, i + count)
    if right is None or not scene.audible(left, None, right, least):
        return None
    kept = [*tokens[:i], *tokens[i + count :]]
    if i == 0:
        kept[0] = replace(kept[0], text=like(kept[0].text, "A"))
    mark(kept, i, fault)
    return kept
