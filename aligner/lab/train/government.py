"""Counts in news what follows verbs and adjectives, and lists the prepositions that never do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from aligner.detector.words import word_spans
from aligner.lab.datasets import corpora
from aligner.lexicon.government import (
    INFINITIVES,
    NO_PREPOSITION,
    PREPOSITIONS,
    Token,
    governors,
    slot,
)
from aligner.lexicon.morphology import readings
from aligner.model import LANGUAGES, Language

HELD_BACK, OF = 7, 20
"""Lines whose number leaves HELD_BACK when divided by OF are not read: the lists were measured on them."""
NEWS: Mapping[Language, tuple[str, ...]] = {
    "fr": ("news.fr.orangesum",),
    "en": ("news.en.allsides", "news.en.bbc2004"),
}
SEEN = 50
"""Occurrences of a governor from which it is listed."""
OWN = 12
"""Occurrences of its own preposition that it must have."""
EXPECTED = 2.5
"""How often a preposition must be expected behind a governor for its absence to tell."""
OF_PLACE, EXPECTED_OF_PLACE = frozenset(("sur", "contre", "envers", "on", "against")), 8.0
"""Prepositions that say where or against whom as well, and how often those must be expected."""
SEEN_SHARE = 0.01
"""Share of a governor's slots up to which a preposition counts as never seen: news has slips of the pen."""
OWN_SHARE = 0.4
"""Share of its slots that the preposition of a governor fills."""
BARE_SHARE = 0.1
"""Share of its occurrences in which a governor has a preposition, from which it never goes without one."""
BOUND: Mapping[str, float] = {"v": 0.15, "r": 0.15, "a": 0.35}
"""Share of its occurrences in which a governor has its own preposition, by the kind of governor."""
WRONG: Mapping[Language, tuple[str, ...]] = {
    "fr": ("de", "à", "sur", "contre", "envers"),
    "en": ("of", "to", "at", "about", "on", "against", "from"),
}
"""Prepositions that are listed: others say when and where, and may follow any verb."""
OF_AGENTS = ("par", "by", "as", "than")
GERUNDS = ("of", "to", "at", "on", "for", "from", "with", "about", "against", "in", "into", "by")
TOO_FREE = frozenset(("v:begin", "v:have", "v:come", "v:thank", "v:be", "v:get", "v:go", "v:do"))

Slots = Mapping[str, Counter[str]]


def government_rows(data: Path, language: Language) -> list[tuple[str, str, str]]:
    """Return governors, slots that never follow them and what does, sorted.

    Raises InputError for a corpus that is missing below ``data``.
    """
    counted = count_slots(_texts(data, LANGUAGES.index(language), language), language)
    return sorted(never_governed(counted, language))


def _texts(data: Path, side: int, language: Language) -> Iterator[str]:
    for name in NEWS[language]:
        for number, line in enumerate(corpora.read_lines(data / "more" / f"{name}.txt.xz")):
            if number % OF != HELD_BACK:
                yield line
    for pair in corpora.europarl(data):
        yield pair[side]


def tokens_of(text: str, language: Language) -> list[Token]:
    """Return the words and marks of a text with what they may be."""
    return [_token(text[start:end], language) for start, end in word_spans(text)]


# Saves minutes: of 20 million words a hundredth differ.
@cache
def _token(written: str, language: Language) -> Token:
    lower = written.lower().replace("’", "'")
    return Token(lower, written[:1].isupper(), readings(written, language))


def count_slots(texts: Iterable[str], language: Language) -> Slots:
    """Count the slots behind each governor; "" where there is none."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        tokens = tokens_of(text, language)
        for place in range(len(tokens) - 2):
            if not tokens[place].readings:
                continue
            names = [*governors(tokens, place, language)]
            if names:
                found = slot(tokens, place, language)
                for name in names:
                    counted[name][found.name if found else ""] += 1
    return counted


def never_governed(counted: Slots, language: Language) -> Iterator[tuple[str, str, str]]:
    """Yield governors, slots that never follow them, and the preposition or slot that does."""
    totals = Counter[str]()
    for slots in counted.values():
        totals.update(_nominal(slots, language))
    for governor, slots in counted.items():
        if slots.total() >= SEEN and governor not in TOO_FREE:
            verbal = _with_infinitive if language == "fr" else _with_gerund
            listed = dict(verbal(slots))
            listed |= dict(_with_noun(governor, slots, totals, language))
            listed |= dict(_without_preposition(slots, language))
            yield from ((governor, wrong, right) for wrong, right in listed.items())


def _nominal(slots: Counter[str], language: Language) -> Counter[str]:
    return Counter({p: slots[f"{p}+n"] + slots[f"{p}+C"] for p in {*PREPOSITIONS[language].values()}})


def _with_infinitive(slots: Counter[str]) -> Iterator[tuple[str, str]]:
    for right, wrong in (INFINITIVES["fr"], INFINITIVES["fr"][::-1]):
        own = slots[f"{right}+i"]
        if own >= OWN and own >= 0.03 * slots.total() and slots[f"{wrong}+i"] <= SEEN_SHARE * own:
            yield f"{wrong}+i", right


def _with_gerund(slots: Counter[str]) -> Iterator[tuple[str, str]]:
    """Yield an infinitive where a gerund belongs, and gerunds where an infinitive or another belongs."""
    infinitive, own = slots["to+i"], {p: slots[f"{p}+g"] for p in GERUNDS}
    best = max(own, key=lambda word: own[word])
    if own[best] >= 2 * OWN and own[best] >= 0.03 * slots.total() and infinitive <= SEEN_SHARE * own[best]:
        yield "to+i", f"{best}+g"
    if own[best] >= 2 * OWN and own[best] >= 0.05 * slots.total():
        few = SEEN_SHARE / 2 * own[best]
        yield from ((f"{p}+g", f"{best}+g") for p in WRONG["en"] if p != best and own.get(p, 0) <= few)
    has_own = infinitive >= max(2 * OWN, 0.05 * slots.total())
    if has_own and own["of"] <= SEEN_SHARE / 2 * infinitive:  # "for helping", "on leaving" may follow any
        yield "of+g", "to+i"


def _with_noun(
    governor: str, slots: Counter[str], totals: Counter[str], language: Language
) -> Iterator[tuple[str, str]]:
    nominal = _nominal(slots, language)
    right = max(sorted(nominal), key=lambda word: nominal[word])
    filled = nominal.total()
    if right in OF_AGENTS or nominal[right] < max(OWN, OWN_SHARE * filled):
        return
    if nominal[right] < BOUND[governor[0]] * slots.total():
        return
    for wrong in WRONG[language]:
        if wrong == right or (wrong == "at" and governor[0] == "v"):  # where something is done
            continue
        expected = filled * totals[wrong] / totals.total()
        least = EXPECTED_OF_PLACE if wrong in OF_PLACE else EXPECTED
        if expected >= least and nominal[wrong] <= SEEN_SHARE * filled:
            yield f"{wrong}+n", right


def _without_preposition(slots: Counter[str], language: Language) -> Iterator[tuple[str, str]]:
    """Yield the slots without a preposition that never follow, where one with a preposition often does."""
    nominal = _nominal(slots, language)
    own = {
        "i": Counter({p: slots[f"{p}+i"] for p in INFINITIVES[language]}),
        "n": Counter({p: count for p, count in nominal.items() if p not in OF_AGENTS}),
    }
    for kind, counts in own.items():
        right = max(sorted(counts), key=lambda word: counts[word])
        enough = max(SEEN, BARE_SHARE * slots.total())
        if counts[right] >= enough and slots[f"{NO_PREPOSITION}+{kind}"] <= SEEN_SHARE * counts[right]:
            yield f"{NO_PREPOSITION}+{kind}", right
