"""Rules of grammar as data: patterns over words, their forms in the lexicon and the detector's tags.

The rules are in ``data/grammar.fr.toml`` and ``data/grammar.en.toml``, one table each; ``_terms`` says what a
pattern may ask of a word. Besides, a rule may have: ``clash``, places and a feature ("1 3 number"), or one of
two ("1 3 gender|number"), of which their words' readings have no value in common; ``same``, places of the
same word ("1 2"); ``head``, places of a word and its head ("3 1"), as the detector sees it; ``agree``, the
contrary of ``clash``; ``unless``, an element that no word of the sentence may fit; ``witness``, the
probability of being garbled that some word found, or one beside it, must have; ``governed``, a table of
``_governed`` and the places of a word and of what follows it ("verbs 1 2");
``suggest``, the corrected words, where ``{2}`` is the word at a place, ``{2:verb.inf}`` its form with these
tags, ``{2=1}`` its form that agrees with another's and ``{right}`` what the table says; ``titles``, for rules
that hold in headlines and captions too. ``confidence`` is how probable a fault is where the rule finds one:
an estimate by its author, in steps of .05, that holds until the rule is seen to find something: then
``checks/evidence.py`` has what was measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from aligner.checks.evidence import Circumstances, Claim, Finder, surest
from aligner.checks.fluency._needs import NeedsIndex
from aligner.checks.fluency._rules import Clash, Rule, rules
from aligner.checks.fluency._short_forms import short_forms
from aligner.checks.fluency._suggestions import suggestion_of
from aligner.checks.fluency._terms import (
    NO_TAG,
    Element,
    Match,
    Word,
    is_open_ended,
    signs_beside_open,
    values_of,
)
from aligner.checks.suspects import shares_of_others
from aligner.detector.words import word_spans
from aligner.lexicon.morphology import Reading, readings
from aligner.model import Document, Hit, Language, Segment, Span, WordTag
from aligner.text.prose import Identical
from aligner.text.splitting import is_sentence

_NEAR = 1
"""Words beside those found where the witness of a rule may be."""
_PARTS: Mapping[str, frozenset[str]] = {
    "NOUN": frozenset(("noun",)),
    "PROPN": frozenset(("noun", "name")),
    "ADJ": frozenset(("adj", "pastpart", "prespart", "num")),
    "VERB": frozenset(("verb",)),
    "AUX": frozenset(("verb", "modal")),
    "DET": frozenset(("det",)),
    "PRON": frozenset(("pron",)),
    "ADP": frozenset(("prep",)),
    "ADV": frozenset(("adv",)),
}
"""Parts of speech of the lexicon that go with those of the detector."""
_SURE = 0.8
"""Probability from which the detector's part of speech is believed, of those that the lexicon allows."""
_LATIN = re.compile(
    r"\ba\s(?:priori|posteriori|fortiori|contrario|minima|maxima|pari|cappella|silentio)\b", re.IGNORECASE
)
"""Phrases in which "a" is no verb of French, nor an article of English."""
_KEPT = 4
_WORDS_KEPT = 32_768


# Saves 0.6 ms a call, several calls a word.
@cache
def _index(language: Language) -> NeedsIndex:
    return NeedsIndex([rule.needs for rule in rules(language)])


def first_of_each(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Yield the hits that overlap none before them: one finding for one fault."""
    reported: list[Hit] = []
    for hit in hits:
        if not any(hit.start < earlier.end and earlier.start < hit.end for earlier in reported):
            reported.append(hit)
            yield hit


def grammar_hits(document: Document, code: str) -> Iterator[Hit]:
    """Yield what the rules of one check find in the sentences of an article."""
    return first_of_each(surest(grammar_claims(document, code), document.language))


def grammar_claims(document: Document, code: str | None = None) -> Iterator[Claim]:
    """Yield what the rules of one check find, or all, before it is weighed."""
    for sentence in sentences_of(document):
        for candidate in sentence.candidates:
            rule = candidate.rule
            if code is None or rule.code == code:
                for match in sentence.matches(candidate):
                    finder = Finder("rule", rule.id, rule.confidence)
                    yield Claim(finder, _hit(document, rule, match), sentence.circumstances)


def sentences_of(document: Document) -> tuple[Sentence, ...]:
    """Return the segments of an article that are in its language, with their words and tags."""
    return _sentences(Identical(document))


class Candidate(NamedTuple):
    """A rule that may match a sentence, and the words from which it may."""

    rule: Rule
    starts: Sequence[int]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a segment, the rules that may match, if it is a sentence."""

    words: tuple[Word, ...]
    candidates: tuple[Candidate, ...]
    is_complete: bool
    circumstances: Circumstances | None
    """What the detector says of it and of the rest of the article, None without the detector."""

    @property
    def doubt(self) -> float:
        """Highest probability 0..1 of a word to be wrong, 0 without the detector."""
        return self.circumstances.doubt if self.circumstances else 0.0

    def matches(self, candidate: Candidate) -> Iterator[Match]:
        """Yield the matches of a rule, at most one from each word on."""
        rule, starts = candidate
        matches = [match for start in starts if (match := self.match(rule, start))]
        if matches and (rule.unless is None or not any(map(rule.unless.fits, self.words))):
            yield from matches

    def match(self, rule: Rule, start: int) -> Match | None:
        """Return the match of a rule from a word on, if there is one; its ``unless`` is not looked at."""
        end = start + rule.fixed
        first_words = self.words[start:end]
        for element, word in zip(rule.pattern, first_words, strict=False):
            if not element.fits(word):
                return None  # as nearly always
        if len(first_words) < rule.fixed:
            return None
        beginning = [(word,) for word in first_words]
        ways = ([*beginning, *tail] for tail in self._from(rule.pattern[rule.fixed :], end))
        return next((way for way in ways if self._holds(rule, way)), None)

    def _from(self, pattern: Sequence[Element], place: int) -> Iterator[list[Sequence[Word]]]:
        """Yield the ways to match a pattern from a word on, with as few words as may be first."""
        if not pattern:
            yield []
            return
        first, remaining = pattern[0], pattern[1:]
        if first.edge and place in (0, len(self.words)):
            yield from ([(), *tail] for tail in self._from(remaining, place))
        count = 0
        while True:
            if count >= first.least:
                for tail in self._from(remaining, place + count):
                    yield [self.words[place : place + count], *tail]
            if count >= first.most or place + count >= len(self.words):
                return
            if not first.fits(self.words[place + count]):
                return
            count += 1

    def _holds(self, rule: Rule, match: Match) -> bool:
        return (
            all(self._clash(match, clash) for clash in rule.clashes)
            and not any(self._clash(match, clash) for clash in rule.agreements)
            and all(
                match[a] and match[b] and match[a][-1].tag.head == match[b][-1].start for a, b in rule.heads
            )
            and all(match[a][-1:] and match[a][-1].lower == match[b][-1].lower for a, b in rule.same)
            and (rule.governed is None or rule.governed.right(match) is not None)
            and self._suspicion(match) >= rule.witness
        )

    def _clash(self, match: Match, clash: Clash) -> bool:
        first, second = (match[place][-1:] for place in clash.places)
        if not first or not second:
            return False
        return any(_differ(first[0], second[0], values) for values in clash.features)

    def _suspicion(self, match: Match) -> float:
        words = [word for group in match for word in group]
        first, last = max(0, words[0].number - _NEAR), words[-1].number + _NEAR + 1
        return max(word.p_bad for word in self.words[first:last])


def _differ(first: Word, second: Word, values: frozenset[str]) -> bool:
    first_values, second_values = values_of(first, values), values_of(second, values)
    return bool(first_values and second_values and first_values.isdisjoint(second_values))


# Saves 3 s beside the 8 s of an audit of corpora/stories: five checks read the same sentences.
@lru_cache(maxsize=_KEPT)
def _sentences(article: Identical) -> tuple[Sentence, ...]:
    document, language = article.document, article.document.language
    p_bad = {word.start: word.p_bad for word in document.words or ()}
    tag_of = {tag.start: tag for tag in document.tags or ()}
    sentences, index, all_rules = [], _index(language), rules(language)
    own_segments = [s for s in document.segments if s.role != "boilerplate" and s.language == language]
    shares = shares_of_others(document.words or (), own_segments, language)
    for segment in own_segments:
        words, met = _words_of(segment, language, tag_of, p_bad)
        is_complete = segment.role == "body" and is_sentence(segment.text)
        highest = max((word.p_bad for word in words), default=0.0) if p_bad else 0.0
        starting = _starting(language, is_complete, highest > 0)
        matching = ((all_rules[number], starts) for number, starts in index.candidates(met, starting))
        candidates = tuple(Candidate(*each) for each in matching if highest >= each[0].witness)
        share = shares.get(segment.start)
        circumstances = None if share is None else Circumstances(highest, share)
        sentences.append(Sentence(words, candidates, is_complete, circumstances))
    return tuple(sentences)


def _words_of(
    segment: Segment, language: Language, tag_of: Mapping[int, WordTag], p_bad: Mapping[int, float]
) -> tuple[tuple[Word, ...], Sequence[int]]:
    """Return the words of a sentence, and what each meets in bits."""
    text, spans = segment.text.replace("’", "'"), word_spans(segment.text)
    starts = [segment.start + first for first, _ in spans]
    ends = [segment.start + last for _, last in spans]
    surfaces = [text[first:last] for first, last in spans]
    tags = [tag_of.get(start, NO_TAG) for start in starts]
    forms = [
        _form(surface, language, tag.pos, tag.confidence >= _SURE)
        for surface, tag in zip(surfaces, tags, strict=True)
    ]
    signs = signs_beside_open(text)
    if signs or _LATIN.search(text):
        forms = [
            _without_readings(surface, language, tag.pos) if _is_no_word(text, span, form, signs) else form
            for surface, tag, span, form in zip(surfaces, tags, spans, forms, strict=True)
        ]
    if not forms:
        return (), ()
    lower, probable, possible, met, _ = zip(*forms, strict=True)
    scores = [p_bad.get(start, 0.0) for start in starts]
    columns = (surfaces, lower, starts, ends, range(len(spans)), probable, possible, tags, scores)
    return tuple(map(Word, *columns)), met


def _is_no_word(text: str, span: Span, form: _Form, signs: frozenset[int]) -> bool:
    """Return whether a word is of Latin, has two forms, is masked or cut short: none that rules know."""
    first, last = span
    if form.lower == "a" and _LATIN.match(text, first):
        return True
    is_beside = last in signs or first - 1 in signs
    return is_beside and (is_open_ended(text, first, last) or (form.is_short and _is_cut_short(text, last)))


# Saves 40 µs a call, one call a sentence.
@cache
def _starting(language: Language, is_complete: bool, is_doubted: bool) -> int:
    """Return the bits of the rules for a sentence, or else a title, a word of which may be doubted or not."""
    return _index(language).starting(
        number
        for number, rule in enumerate(rules(language))
        if (is_complete or rule.titles) and (is_doubted or not rule.witness)
    )


class _Form(NamedTuple):
    """A word in lower case, its readings (see ``Word``), what it meets, if it may be cut short ("mer.")."""

    lower: str
    readings: tuple[Reading, ...]
    possible: tuple[Reading, ...]
    met: int
    is_short: bool


# Saves 8 s beside the 10 s that the checks take on 379,000 words of news.
@lru_cache(maxsize=_WORDS_KEPT)
def _form(surface: str, language: Language, pos: str, is_sure: bool) -> _Form:
    """Look a word up that the detector takes for a part of speech, surely or not ("" without it)."""
    lower, possible = surface.lower(), readings(surface, language)
    probable = _probable_readings(possible, pos) if is_sure else possible
    met = _index(language).met_by(surface, probable, pos)
    return _Form(lower, probable, possible, met, lower in short_forms(language))


def _without_readings(surface: str, language: Language, pos: str) -> _Form:
    return _Form(surface.lower(), (), (), _index(language).met_by(surface, (), pos), is_short=False)


def _is_cut_short(text: str, last: int) -> bool:
    """Return whether a full stop is right behind a word, and the sentence goes on: "le mer. 24 mai"."""
    return text.startswith(". ", last) and bool(text[last + 2 :].strip())


def _probable_readings(possible: tuple[Reading, ...], pos: str) -> tuple[Reading, ...]:
    """Leave the readings that go with a part of speech, if there are any."""
    parts = _PARTS.get(pos)
    if parts is None or len(possible) < 2:
        return possible
    return tuple(reading for reading in possible if not reading.tags.isdisjoint(parts)) or possible


def _hit(document: Document, rule: Rule, match: Match) -> Hit:
    visible = [
        word for element, group in zip(rule.pattern, match, strict=True) if element.visible for word in group
    ]
    start, end = visible[0].start, visible[-1].end
    text = document.text[start:end]
    template = rule.suggest
    if template and rule.governed:
        template = template.replace("{right}", rule.governed.right(match) or "")
    suggestion = template and suggestion_of(template, match, document.language)
    if suggestion and text[:1].isupper():
        suggestion = suggestion[:1].upper() + suggestion[1:]
    return Hit(
        rule.message,
        start,
        end,
        values={"text": text, "better": suggestion or "", "rule": rule.id},
        suggestion=suggestion or None,
    )
