"""What is scores of faults put on purpose into news that was kept out of training, by language and type.

The faults are those that the detector learned from, drawn anew; its probabilities were calibrated on the
same news, spoiled by other draws of chance. The other side, where there is one, is that of the same pair.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from aligner.checks.accuracy.mistranslation_suspected import told
from aligner.detector import Detector
from aligner.detector.protocol import WordScores
from aligner.lab.bench.ears import Finder, finder, sentence
from aligner.lab.datasets.corpora import Pair
from aligner.lab.datasets.ranking import auc
from aligner.lab.train.detector.calibrate import SLIPS
from aligner.lab.train.detector.examples import Corpora, Example, Side, learned
from aligner.lab.train.detector.making import Maker
from aligner.model import LANGUAGES, Language, Span
from aligner.settings import Settings

SEED = 99
SENTENCES = 600
"""Sentences of each language that are spoiled alone, and pairs that are spoiled."""
THINNED = 20
"""Of Europarl and Tatoeba one pair in so many teaches the injector its words: all would take minutes."""
EVEN = 0.5
NO_FAULT, ANY_FAULT = "(sound words)", "(all faults)"

Table = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: the type of its fault ("" if sound), by whom it is suspected, and how likely."""

    language: Language
    fault: str
    suspected: Mapping[str, bool]
    p: Mapping[str, float]


def drawn(held: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """Draw held-out pairs: those whose sides are corrupted alone, and those corrupted as pairs."""
    pairs = random.Random(SEED).sample(list(held), min(2 * SENTENCES, len(held)))
    return pairs[: len(pairs) // 2], pairs[len(pairs) // 2 :]


def spoil(held: Corpora) -> tuple[list[Example], list[Example]]:
    """Make examples of the drawn news: sentences alone, and pairs. Some stay sound, as in training."""
    thin = replace(held, europarl=held.europarl[::THINNED], tatoeba=held.tatoeba[::THINNED])
    maker = Maker(learned(thin, SEED), held.articles, SEED, SLIPS)
    single, pairs = drawn(held.held_news)
    alone = [
        maker.alone(pair[place], language, "news")
        for pair in single
        for place, language in enumerate(LANGUAGES)
    ]
    return alone, [maker.pair(pair, "news") for pair in pairs]


def scored_alone(examples: Sequence[Example], hearing: Detector, settings: Settings) -> Table:
    """Measure rules and detector on corrupted sentences."""
    find, words = finder(settings), list[Word]()
    for example in examples:
        for language, side in _sides(example).items():
            (scores,) = hearing.score([side.text], [language])
            by_itself = _told_alone(find, side.text, language, scores)
            said = {"rules": by_itself["rules"], "alone": by_itself["detector"]}
            words += _words(side, language, scores, said, {"alone": scores})
    return by_type(words)


def scored_both_ways(examples: Sequence[Example], hearing: Detector, settings: Settings) -> Table:
    """Measure the detector on corrupted pairs: each side by itself, and beside the other one."""
    find, words = finder(settings), list[Word]()
    for example in examples:
        sides = _sides(example)
        if len(sides) < len(LANGUAGES):
            continue
        (both,) = hearing.score_pairs([sides["fr"].text], [sides["en"].text])
        for (language, side), beside in zip(sides.items(), both, strict=True):
            (alone,) = hearing.score([side.text], [language])
            by_itself = _told_alone(find, side.text, language, alone)
            with_other = _told_beside(side.text, language, beside)
            said = {
                "rules": by_itself["rules"],
                "alone": by_itself["detector"],
                "beside": with_other,
                "either": [a or b for a, b in zip(by_itself["detector"], with_other, strict=True)],
            }
            words += _words(side, language, alone, said, {"alone": alone, "beside": beside})
    return by_type(words)


def _sides(example: Example) -> dict[Language, Side]:
    """Return the sides with their faults; two that are no translation of each other have none."""
    sides: dict[Language, Side | None] = {"fr": example.fr, "en": example.en}
    return {language: side for language, side in sides.items() if side and side.wrong}


def _told_alone(find: Finder, text: str, language: Language, scores: WordScores) -> dict[str, list[bool]]:
    """Return for each word, for rules and detector checks, whether a finding overlaps it."""
    found = find(replace(sentence(text, language), words=tuple(scores)))
    return {name: _within(scores, [(f.start, f.end) for f in found[name]]) for name in ("rules", "detector")}


def _told_beside(text: str, language: Language, scores: WordScores) -> list[bool]:
    """Return for each word whether ACC320 reports it."""
    passages = told(text, sentence(text, language).segments, scores, language)
    return _within(scores, [(passage.start, passage.end) for passage in passages])


def _within(words: WordScores, spans: Sequence[Span]) -> list[bool]:
    return [any(start < word.end and word.start < end for start, end in spans) for word in words]


def _words(
    side: Side,
    language: Language,
    scores: WordScores,
    said: Mapping[str, Sequence[bool]],
    ways: Mapping[str, WordScores],
) -> Iterator[Word]:
    for place, word in enumerate(scores):
        fault = next((m.type for m in side.marks if m.start < word.end and word.start < m.end), "")
        yield Word(
            language,
            fault,
            {name: suspected[place] for name, suspected in said.items()},
            {name: words[place].p_bad for name, words in ways.items()},
        )


def by_type(words: Sequence[Word]) -> Table:
    """Return one row per language and type of fault: share suspected, share scored at least 0.5, ROC AUC."""
    rows = []
    for language in LANGUAGES:
        own = [word for word in words if word.language == language]
        sound = [word for word in own if not word.fault]
        wrong = [word for word in own if word.fault]
        groups = {ANY_FAULT: wrong} | {
            fault: [word for word in wrong if word.fault == fault]
            for fault in sorted({word.fault for word in wrong})
        }
        rows += [_row(language, fault, some, sound) for fault, some in groups.items() if some]
        rows += [_row(language, NO_FAULT, sound, [])] if sound else []
    return rows


def _row(language: Language, fault: str, words: Sequence[Word], sound: Sequence[Word]) -> dict[str, Any]:
    suspected, p = words[0].suspected, words[0].p
    return {
        "language": language,
        "fault": fault,
        "words": len(words),
        **{name: sum(word.suspected[name] for word in words) / len(words) for name in suspected},
        **{f"{name} >= {EVEN}": sum(word.p[name] >= EVEN for word in words) / len(words) for name in p},
        **{f"auc {name}": auc([w.p[name] for w in words], [w.p[name] for w in sound]) for name in p},
    }
