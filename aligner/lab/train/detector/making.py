"""Makes examples of clean text: as it stands, and made wrong on purpose."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from aligner.lab.datasets.corpora import Pair
from aligner.lab.train.detector.examples import LONGEST, Corpora, Example, Side, one_sided
from aligner.lab.train.detector.faults import AGREEMENT, GRAMMAR, KINDS, SLIPS, Kinds, spoil, with_slips
from aligner.lab.train.detector.resources import Tongues, folded
from aligner.lab.train.detector.scene import Scene
from aligner.lab.train.detector.tokens import Mark, Token, faulty, render, tokenise
from aligner.lab.train.detector.wordlists import DETERMINERS, PREPOSITIONS, SMALL
from aligner.lexicon.words import lexicon
from aligner.model import LANGUAGES, OTHER, Language

SPOILED_ALONE = 0.6
SPOILED_SIDES = 0.4
"""Share of the sides of pairs that are spoiled, each by itself: where only one of two ever is, a fault on one
side tells the network that the other is sound, and a bad translation seems to have a better source."""
SPOILED_SOURCES = 0.4
"""Share of the sources of real translations that are spoiled, for the same reason."""
LEFT_OUT = 0.08
"""Share of pairs of which one side loses a run of words."""
SPOILED_DENSELY = 0.85
DENSE = 8
"""Words to a fault where sentences are spoiled densely: more to learn in the same time, and unlike life."""
BLIND = 0.5
"""Share of spoiled pairs whose faults need the other side to be scores."""
TOKENISED = 0.06
"""Share of sentences that are written with a space before every sign, as many corpora are."""
FRAGMENTS = (3, 9)
"""Tokens of a fragment, from and to."""
PLENTY = ((1, 2, 3, 5), (4, 3, 2, 2))
"""How many faults a side of a pair has, and how often."""
MISMATCHED = 0.02
SHORTENED = 0.08


class Maker:
    """Makes examples from clean text; the same seed makes the same ones.

    ``slips`` is the weight of misspelt words among the kinds of faults; with ``dense`` most sentences are
    spoiled, and all through.
    """

    def __init__(
        self,
        tongues: Tongues,
        spares: Mapping[Language, Sequence[str]],
        seed: int,
        slips: float = SLIPS,
        *,
        dense: bool = False,
    ):
        self.tongues, self.spares, self.rng = tongues, spares, random.Random(seed)
        self.slips, self.dense = slips, dense

    def alone(self, text: str, language: Language, source: str, kinds: Kinds = KINDS) -> Example:
        """One sentence, spoiled or not; now and then only a clause of it."""
        rng = self.rng
        tokens = tokenise(text, language)
        if rng.random() < SHORTENED:
            tokens = _clause(tokens, rng)
        if rng.random() < (SPOILED_DENSELY if self.dense else SPOILED_ALONE):
            count = self._count(tokens, (1, 2, 3), (6, 3, 1))
            tokens = spoil(tokens, self._scene(language), count, with_slips(kinds, self.slips))
        return one_sided(Side(*self._written(tokens, text), edited=0.0), language, source)

    def agreement(self, text: str, language: Language, source: str) -> Example:
        """One sentence whose faults, if any, are of agreement alone."""
        tokens = tokenise(text, language)
        if self.rng.random() < SPOILED_ALONE:
            tokens = spoil(tokens, self._scene(language), self.rng.choice((1, 1, 2)), AGREEMENT)
        return one_sided(Side(*self._written(tokens, text), edited=0.0), language, source)

    def fragment(self, text: str, language: Language, source: str) -> Example | None:
        """A few words as they stand in a note, a caption or a list; None where the text has none."""
        tokens = _fragment(tokenise(text, language), language, self.rng)
        if tokens and self.rng.random() < SPOILED_ALONE:
            tokens = spoil(tokens, self._scene(language), 1, GRAMMAR)
        written, marks = render(tokens)
        if not tokens or (marks and written.lower() in text.lower()):  # a shorter fragment is as sound
            return None
        return one_sided(Side(written, marks, edited=0.0), language, source)

    def pair(self, pair: Pair, source: str) -> Example:
        """A bead, each of its sides spoiled or not."""
        rng = self.rng
        sides = {language: tokenise(text, language) for language, text in zip(LANGUAGES, pair, strict=True)}
        if rng.random() < MISMATCHED:
            return self._mismatched(pair[0], source)
        if rng.random() < LEFT_OUT:
            sides = self._left_out(sides, rng.choice(LANGUAGES))
        else:
            for language in LANGUAGES:
                if rng.random() < (SPOILED_DENSELY if self.dense else SPOILED_SIDES):
                    sides[language] = self._spoiled_beside(sides[language], language)
        fr, en = (Side(*self._written(sides[n], text)) for n, text in zip(LANGUAGES, pair, strict=True))
        return Example(fr, en, source)

    def with_its_source_spoiled(self, example: Example) -> Example:
        """A real translation as it is, or beside a source that was spoiled: the side that nobody edited."""
        sides = dict(zip(LANGUAGES, (example.fr, example.en), strict=True))
        sources = [(language, side.text) for language, side in sides.items() if side and not side.edited]
        if len(sources) != 1 or self.rng.random() >= SPOILED_SOURCES:
            return example
        ((language, text),) = sources
        tokens = self._spoiled_beside(tokenise(text, language), language)
        sides[language] = Side(*self._written(tokens, text), edited=0.0)
        return Example(sides["fr"], sides["en"], example.source)

    def _spoiled_beside(self, tokens: list[Token], language: Language) -> list[Token]:
        """One side of a pair, spoiled; half of the time so that only the other side tells."""
        scene = self._scene(language, blind=self.rng.random() < BLIND)
        return spoil(tokens, scene, self._count(tokens, *PLENTY), with_slips(KINDS, self.slips))

    def _count(self, tokens: Sequence[Token], counts: Sequence[int], weights: Sequence[int]) -> int:
        """How many faults a sentence gets."""
        return max(1, len(tokens) // DENSE) if self.dense else self.rng.choices(counts, weights)[0]

    def _scene(self, language: Language, *, blind: bool = False) -> Scene:
        other = OTHER[language]
        spare = tokenise(self.rng.choice(self.spares[language]), language)
        return Scene(language, self.tongues[language], self.tongues[other], spare, self.rng, blind)

    def _mismatched(self, fr: str, source: str) -> Example:
        en = self.rng.choice(self.spares["en"])
        every = tuple(Mark(0, len(text), "lexical") for text in (fr, en))
        return Example(Side(fr, every[:1], wrong=0.0), Side(en, every[1:], wrong=0.0), source)

    def _left_out(
        self, sides: dict[Language, list[Token]], language: Language
    ) -> dict[Language, list[Token]]:
        """Leave a run of words out of one side; what answers it on the other side is marked."""
        other = OTHER[language]
        tokens, count = sides[language], self.rng.randint(3, 8)
        if len(tokens) < count + 5:
            return sides
        start = self.rng.randrange(1, len(tokens) - count - 1)
        gone = tokens[start : start + count]
        glosses = {
            g for t in gone if len(t.text) > 3 for g in self.tongues[language].gloss.get(folded(t.text), ())
        }
        answers = [i for i, t in enumerate(sides[other]) if folded(t.text) in glosses]
        if len(answers) < 2 or answers[-1] - answers[0] > 2 * count:
            return sides
        marked = [
            faulty(t, "addition") if answers[0] <= i <= answers[-1] else t for i, t in enumerate(sides[other])
        ]
        return {language: [*tokens[:start], *tokens[start + count :]], other: marked}

    def _written(self, tokens: list[Token], original: str) -> tuple[str, tuple[Mark, ...]]:
        """Text and marks; sound sentences as they were spaced, the other apostrophe now and then."""
        drawn = self.rng.random()
        if drawn < TOKENISED and tokens:
            spaced = (replace(t, space=not _elided(before)) for before, t in pairwise(tokens))
            tokens = [tokens[0], *spaced]
        text, marks = render(tokens)
        if (
            drawn >= TOKENISED
            and not marks
            and len(tokens) > 2
            and self.rng.random() < 0.5
            and text.replace(" ", "") == original.replace(" ", "")
        ):
            text = original
        if self.rng.random() < 0.3:
            text = text.replace("'", "’") if "'" in text else text.replace("’", "'")
        return text, marks


def _clause(tokens: list[Token], rng: random.Random) -> list[Token]:
    """What stands between two signs, as a title or a caption would."""
    cuts = [-1, *(i for i, t in enumerate(tokens) if t.text in ",;:()"), len(tokens)]
    spans = [(a + 1, b) for a, b in pairwise(cuts) if b - a > 4]
    start, end = rng.choice(spans) if spans else (0, len(tokens))
    return [replace(tokens[start], space=False), *tokens[start + 1 : end]] if end > start else tokens


def _fragment(tokens: list[Token], language: Language, rng: random.Random) -> list[Token]:
    """From the start, or from a word that begins a phrase, up to another such word or to a sign."""
    opens = DETERMINERS[language] | PREPOSITIONS[language] | SMALL[language]
    starts = [i for i, t in enumerate(tokens) if i == 0 or folded(t.text) in opens]
    start = 0 if rng.random() < 0.4 else rng.choice(starts or [0])
    least, most = FRAGMENTS
    ends = [
        end
        for end in range(start + least, min(start + most, len(tokens)) + 1)
        if end == len(tokens) or not tokens[end].is_word or folded(tokens[end].text) in opens
        if folded(tokens[end - 1].text) not in opens and tokens[end - 1].text not in "'’"
    ]
    if not ends:
        return []
    found = tokens[start : rng.choice(ends)]
    first = found[0]
    if first.text != "I" and first.text.lower() in lexicon(language) and rng.random() < 0.7:
        first = replace(first, text=first.text.lower())
    while found and not found[-1].is_word and rng.random() < 0.6:
        found = found[:-1]
    return [replace(first, space=False), *found[1:]] if len(found) >= least - 1 else []


def _elided(token: Token) -> bool:
    """Whether what follows is written on to it: "l'"."""
    return token.text.endswith(("'", "’"))


@dataclass(frozen=True, slots=True)
class Shares:
    """How often each corpus of clean text is drawn: sentences alone, grammar of short ones, and beads.

    ``fragments`` counts what is cut out of short sentences and of parliament's; ``agreement`` sentences
    whose only faults are of agreement.
    ``slips`` and ``dense`` are as in ``Maker``.
    """

    articles: float
    alone: Mapping[str, float]
    grammar: Mapping[Language, float]
    beads: Mapping[str, float]
    fragments: Mapping[Language, float] = field(default_factory=dict)
    agreement: Mapping[str, float] = field(default_factory=dict)
    slips: float = SLIPS
    dense: bool = False


def synthetic(held: Corpora, tongues: Tongues, seed: int, shares: Shares) -> Iterator[Example]:
    """Examples made from clean text."""
    return _made(held, Maker(tongues, held.articles, seed, shares.slips, dense=shares.dense), shares)


def _made(held: Corpora, maker: Maker, shares: Shares) -> Iterator[Example]:
    rng = random.Random(maker.rng.random())
    pairs = {
        "news": held.news,
        "wce": [(row["fr"], row["postedit"]) for row in held.wce],
        "tatoeba": held.tatoeba,
        "europarl": held.europarl,
    }
    for place, language in enumerate(LANGUAGES):
        yield from _alone(held, maker, shares, rng, pairs, place, language)
    for text in (text for row in held.reviews for text in row["en"] if 8 < len(text) < LONGEST):
        yield maker.alone(text, "en", "reviews")
    for source, times in shares.beads.items():
        for pair in _drawn(rng, pairs[source], times):
            yield maker.pair(pair, source)


def _alone(
    held: Corpora,
    maker: Maker,
    shares: Shares,
    rng: random.Random,
    pairs: Mapping[str, Sequence[Any]],
    place: int,
    language: Language,
) -> Iterator[Example]:
    """Yield the texts of one language alone; ``place`` is its column in the pairs."""
    for text in _drawn(rng, held.articles[language], shares.articles):
        yield maker.alone(text, language, "articles")
    for source, times in shares.alone.items():
        for pair in _drawn(rng, pairs[source], times):
            yield maker.alone(pair[place], language, source)
    for pair in _drawn(rng, held.tatoeba, shares.grammar.get(language, 0.0)):
        yield maker.alone(pair[place], language, "tatoeba", GRAMMAR)
    for source, times in shares.agreement.items():
        for pair in _drawn(rng, pairs[source], times):
            yield maker.agreement(pair[place], language, source)
    for pair in _drawn(rng, [*held.tatoeba, *held.europarl[::3]], shares.fragments.get(language, 0.0)):
        if fragment := maker.fragment(pair[place], language, "fragments"):
            yield fragment


def _drawn(rng: random.Random, items: Sequence[Any], times: float) -> list[Any]:
    """Return ``times`` as many items: whole copies, and a sample for the rest."""
    whole, rest = divmod(int(len(items) * times), len(items))
    return [item for _ in range(whole) for item in items] + rng.sample(list(items), rest)
