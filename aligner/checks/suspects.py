"""What the two checks of the detector share: suspect words gathered into passages, and how surely."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from aligner.checks.base import Messages
from aligner.lexicon.lists import collective_nouns, contents_of_cans
from aligner.lexicon.morphology import readings
from aligner.model import Language, Segment, Severity, WordScore
from aligner.text.splitting import is_sentence
from aligner.text.words import WORD

LONG = 3
"""Suspect words from which a passage is major, if one of them is likelier wrong than not."""
SURE = 0.95
"""Probability from which a single word is major (in newstest, one in 8,000 words is; half of these, and more,
are faults that it came with)."""

GARBLED_SHARE = 0.12
"""Share of the other sentences of an article that are found garbled from which it is garbled text."""
EVEN = 0.5

FLOOR = 1e-4
"""Probability that no word falls below, nor rises above one less: scores have four decimals."""

DOUBTED = 0.2
"""Probability from which the detector doubts a word."""
SHORT = 8
"""Words of a sentence; a shorter one needs more to be reported: it may be a cry, an answer or a caption."""

_NOUN_LIKE_MODAL = re.compile(
    r"(?:(?<!\w)(?P<before>[^\W\d_]+(?:['’]s?)?)\s+(?P<noun>can|will|might|must)|\bWill)\s+"
    r"(?:was|is|has|had|did|does|(?!always|perhaps|is)[a-z]{3,}(?<![su])s)\b"
)
"""A can or a will that does something: what follows a modal has no ending."""
_PLURAL_VERB = re.compile(r"are|were|have|haven[’']t|aren[’']t|weren[’']t")
_BEFORE_NOUN = frozenset("the a an his her their its my our your this that living".split())

Probability = Callable[[WordScore], float]


class Thresholds(NamedTuple):
    """Probability of a word from which a passage begins, and down to which it goes on."""

    high: float
    low: float


class Passage(NamedTuple):
    """Neighbouring words that are suspected together: the likeliest fault and its probability.

    ``sentence`` is the number of words of the whole sentence that it is in, 0 in what is none: a caption,
    a heading, a list.
    """

    start: int
    end: int
    type: str
    probability: float
    words: int
    sentence: int

    @property
    def severity(self) -> Severity:
        """Major for what is sure or long."""
        long = self.words >= LONG and self.probability >= EVEN
        return "major" if long or self.probability >= SURE else "minor"


class Curve(NamedTuple):
    """From the log odds of a sentence's words to the log likelihood ratio that it is garbled."""

    slope: float
    offset: float


SENTENCE: Mapping[Language, Curve] = {"fr": Curve(1.141, 1.095), "en": Curve(1.094, 0.522)}
"""From the words of a sentence to how much they speak for its being garbled: what ``sentences`` is in the
detector's card, which `aligner train detector` fits to the dev part of ``corpora/garbled`` and to 700 news
sentences of each language, so that at most 2 % of the correct passages are found, 18 to an article."""
PRIOR = (1.0, 4.0)
"""Sentences, garbled and correct, taken to have been seen before an article is read: what is known of the
texts that are handed in. Its own sentences then tell how garbled it is."""
ROUNDS = 20
"""Times that the share of garbled sentences and the probabilities are worked out from each other."""


def sentence_probabilities(sentences: Sequence[Sequence[WordScore]], curve: Curve) -> list[float]:
    """Return the probability 0..1 that each sentence of an article is garbled, from its words' scores.

    The evidence against a sentence is the log of the summed odds of its words: one sure word, or several
    doubtful ones. How garbled the whole article seems counts too: the same doubt weighs more among broken
    sentences than in clean prose (expectation maximisation of the share, after Saerens, Latinne and
    Decaestecker, "Adjusting the Outputs of a Classifier to New a Priori Probabilities", 2002).
    """
    evidence = [curve.slope * math.log(summed_odds(words)) + curve.offset for words in sentences]
    garbled, correct = PRIOR
    share = garbled / (garbled + correct)
    probabilities: list[float] = []
    for _ in range(ROUNDS):
        prior = math.log(share / (1.0 - share))
        probabilities = [1.0 / (1.0 + math.exp(-min(max(e + prior, -30.0), 30.0))) for e in evidence]
        share = (math.fsum(probabilities) + garbled) / (len(probabilities) + garbled + correct)
    return probabilities


def shares_of_others(
    words: Sequence[WordScore], segments: Sequence[Segment], language: Language
) -> Mapping[int, float]:
    """Return what share of an article's other sentences is garbled, by the start of each that was scored."""
    scored = [(segment.start, own_words) for segment, own_words in by_segment(words, segments) if own_words]
    probabilities = sentence_probabilities([own_words for _, own_words in scored], SENTENCE[language])
    garbled, correct = PRIOR
    sum_of_all, others = math.fsum(probabilities) + garbled, len(scored) - 1 + garbled + correct
    return {start: (sum_of_all - p) / others for (start, _), p in zip(scored, probabilities, strict=True)}


def is_doubted(words: Sequence[WordScore] | None, start: int, end: int) -> bool:
    """Return whether the detector doubts a word that touches a span, or there is no detector to ask."""
    return words is None or any(
        word.p_bad >= DOUBTED for word in words if start < word.end and word.start < end
    )


def summed_odds(words: Sequence[WordScore]) -> float:
    """Return the sum of the odds of the words that they are garbled, at least ``FLOOR``."""
    bounded = (min(max(word.p_bad, FLOOR), 1.0 - FLOOR) for word in words)
    return max(math.fsum(p / (1.0 - p) for p in bounded), FLOOR)


def by_segment(
    words: Sequence[WordScore], segments: Sequence[Segment]
) -> Iterator[tuple[Segment, Sequence[WordScore]]]:
    """Yield every segment with its words."""
    place = 0
    for segment in segments:
        while place < len(words) and words[place].start < segment.start:
            place += 1
        first = place
        while place < len(words) and words[place].end <= segment.end:
            place += 1
        yield segment, words[first:place]


def passages(
    words: Sequence[WordScore], segments: Sequence[Segment], thresholds: Thresholds, probability: Probability
) -> Iterator[Passage]:
    """Gather the suspect words of each segment.

    A passage holds a word of probability ``high`` at least, and its neighbours down to ``low``; one word
    below that between two of them is taken in.
    """
    for segment, own_words in by_segment(words, segments):
        yield from in_segment(own_words, segment, thresholds, probability)


def in_segment(
    words: Sequence[WordScore], segment: Segment, thresholds: Thresholds, probability: Probability
) -> Iterator[Passage]:
    """Gather the suspect words of one segment, as ``passages`` does."""
    suspects = [index for index, word in enumerate(words) if probability(word) >= thresholds.low]
    while suspects:
        size = 1
        while size < len(suspects) and suspects[size] - suspects[size - 1] <= 2:
            size += 1
        group = [words[index] for index in suspects[:size]]
        del suspects[:size]
        suspect = max(group, key=probability)
        if probability(suspect) >= thresholds.high:
            # Quotation marks are no words: two words and a mark are not long.
            words_there = sum(_has_letters(segment, word) for word in group)
            yield Passage(
                group[0].start,
                group[-1].end,
                suspect.type,
                probability(suspect),
                words_there,
                _words_of(segment),
            )


def _has_letters(segment: Segment, word: WordScore) -> bool:
    return any(map(str.isalnum, segment.text[word.start - segment.start : word.end - segment.start]))


def _words_of(segment: Segment) -> int:
    """Return the number of words of a whole sentence; 0 for anything else."""
    return len(WORD.findall(segment.text)) if is_sentence(segment.text) else 0


def wordings(**by_key: tuple[str, str]) -> Messages:
    """Build messages from pairs (English, French)."""
    return {key.replace("_", "-"): {"en": en, "fr": fr} for key, (en, fr) in by_key.items()}


def own(segments: Sequence[Segment], language: Language) -> list[Segment]:
    """Return the segments in their article's language; the others are for another check."""
    return [segment for segment in segments if segment.language == language]


def has_noun_like_modal(segment: Segment, passage: Passage) -> bool:
    """Return whether an English passage holds part of a noun like a modal and its verb ("the can holds")."""
    start, end = passage.start - segment.start, passage.end - segment.start
    nouns = _NOUN_LIKE_MODAL.finditer(segment.text)
    return any(noun.start() < end and start < noun.end() and _is_noun(noun) for noun in nouns)


def agrees_as_group(segment: Segment, passage: Passage) -> bool:
    """Return whether an English passage is but the plural verb of a collective noun ("the jury are")."""
    start, end = passage.start - segment.start, passage.end - segment.start
    verb = _PLURAL_VERB.fullmatch(segment.text, start, end) if start >= 0 else None
    before = WORD.findall(segment.text, 0, start)[-1:] if verb else []
    return bool(before) and before[0].lower() in collective_nouns()


def _is_noun(match: re.Match[str]) -> bool:
    """Return whether the word before "can" or "will" makes it a noun: "his", "political", "a trash can"."""
    before = (match["before"] or "the").lower()
    if before in _BEFORE_NOUN or before.endswith(("'", "’", "'s", "’s")):
        return True
    if match["noun"] == "can" and before in contents_of_cans():
        return True
    tags = [reading.tags for reading in readings(before, "en")]
    return bool(tags) and all("adj" in tag_set for tag_set in tags)
