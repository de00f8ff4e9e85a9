"""Where a passage says no, in French and in English, and which of its negations nothing answers.

The cues are of three strengths: full negations ("ne … pas", "not"), other words that deny ("sans", "no") and
words that can carry a denial of the other side ("unable", "peu"); ``negation_words`` holds the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from aligner.checks.accuracy._negation_words import PERHAPS, WEAK, one_of, stems
from aligner.model import OTHER, Language, Span

# Tuned on newstest 2008-2012 (train).
REACH = 0.35
"""How far apart, as a share of the passage, a negation and a weaker word that stands for it may be."""
DOUBLED = 3
"""Characters between a negation and a word that it turns into its opposite: "not impossible"."""
NEAR = 25
"""The same in characters, for short passages."""

# What stands between "ne" and a verb that it negates alone ("je ne puis"), and the "que" that
# makes a restriction of a negation ("ne … plus que").
_PRONOUNS = (
    r"(?:(?:l['’]|les?\s+|la\s+|lui\s+|s['’]|se\s+|y\s+|en\s+|me\s+|m['’]|nous\s+|vous\s+|te\s+|t['’])){0,3}"
)
_NO_QUE = r"(?![^,.;:!?]{0,28}\bqu(?:e\b|['’]))"
_NE = r"(?:ne\s+|n['’])"

_FULL: Mapping[Language, re.Pattern[str]] = {
    "fr": one_of(
        rf"{_NE}(?:[\w'’-]+\s+){{0,5}}?[\w'’-]*?\b(?:pas|rien|aucune?|personne|guère|jamais|nulle part)",
        rf"{_NE}(?:[\w'’-]+\s+){{1,2}}?(?<!\bde )plus\b{_NO_QUE}",
        rf"{_NE}{_PRONOUNS}(?:peu[xt]|peuvent|pouv\w+|puis\w*|pourr\w+|saur\w+|ose\w*)\b{_NO_QUE}",
        rf"{_NE}(?:ai|as?|av\w+|ont|aur\w+)\s+(?:pu|su|osé)\b{_NO_QUE}",
        r"ne\s+(?:pas|rien|jamais|plus)",
        r"(?:(?<!\bune )(?<!\bla )(?<!\bcette )personne|rien|nul|pas une?)(?:, [^.,;]{1,25},)?"
        r"(?:\s(?!qui |que )[\w'’-]+){0,3}?\s+n(?:e\b|(?=['’]))",
        r"aucune?(?:\s(?!qui |que )[\w'’-]+){0,9}?\s+n(?:e\b|(?=['’]))",
    ),
    "en": re.compile(
        r"\b(?:not|never|cannot|nothing|nobody|no[- ]one|no longer|no more|dunno"
        r"|(?:does|did|is|are|was|were|could|would|should|has|have|had)nt)\b"
        r"|(?:(?<=\bI )|(?<=\byou )|(?<=\bwe )|(?<=\bthey ))dont\b|(?<=n)['’]t\b|n ['’]t\b",
        re.IGNORECASE,
    ),
}
# Other words that deny: they answer a full negation, and must be answered with it.
_OTHER: Mapping[Language, re.Pattern[str]] = {
    "fr": one_of(
        r"(?<!\bun )(?<!\ble )(?<!\bles )(?<!\bdes )(?<!\bdeux )(?<!\bfaux )"
        r"(?<!\bpremier )(?<!\bpremiers )(?<!\bgrand )(?<!\bgrands )(?<!\bpetit )(?<!\bpetits )"
        r"(?<!\bvrai )pas(?! à pas|[- ]de[- ]Calais)",
        stems("aucun* jamais"),
    ),
    "en": one_of(r"no(?!-|\.?\s?\d)", stems("none nowhere")),
}
# Words that deny now and then: they answer, but need no answer.
_LOOSE: Mapping[Language, re.Pattern[str]] = {
    "fr": one_of(
        r"(?<!match )(?<!matchs )(?<!score )nul(?:le)?s?",
        stems("guère rien sans ni"),
        r"(?<!\bune )(?<!\bla )(?<!\bcette )(?<!\bseule )(?<!\bchaque )(?<!\bautre )(?<!\bpar )personne",
        rf"(?:ne|n(?=['’])){_NO_QUE}",
        "non(?!-)",
    ),
    "en": one_of(stems("neither nor without"), "non(?!-)"),
}
# The "ne" that does not negate ("avant qu'il ne parte"), and "ou pas": they answer nothing.
_EXPLETIVE = one_of(
    r"n['’]importe|ou (?:pas|non)",
    r"(?:plus|moins|autre\w*|mieux|pire)\s(?:(?!bien |afin |pour )[\w'’-]+\s){0,4}?"
    r"qu(?:e |['’])(?:[\w'’-]+\s){0,3}?(?:ne |n['’])(?![^.;]{0,20}\bpas\b)\w+",
    r"sans\squ(?:e |['’])(?:[\w'’-]+\s){1,5}?(?:ne |n['’])(?![^.;]{0,20}\bpas\b)\w+",
    r"(?:craign\w*|crain\w+|crainte|peur|avant|moins|évit\w*|empêch\w*)\s(?:\w+\s){0,3}?"
    r"qu(?:e |['’])(?:[\w'’-]+\s){1,5}?(?:ne |n['’])(?![^.;]{0,20}\bpas\b)\w+",
)
# Turns of phrase with a negation that does not deny, or that is often left out: they answer too.
_IDIOM: Mapping[Language, re.Pattern[str]] = {
    "fr": one_of(
        r"n['’]est[- ]ce pas|ni [^.;]{1,80}? n(?:e\b|['’])\s?[\w'’]+",
        r"(?:pas|non) (?:(?!non )[\w'’-]+ ){0,4}?(?:seulement|uniquement)|sans \w+ pas|pas \w+ sans",
        r"(?:pas|non) (?:moins|mal|sans|tant)",
        r"(?:n['’]y a|n['’]est|ne sont|n['’]était|ne fait|c['’]est) pas que",
        r"rien que|non plus|pourquoi pas|pour ne pas (?:dire|parler)",
        r"(?:à|si|que) jamais|on ne peut (?:plus|mieux|davantage)|ne[^.;]{1,20}rien moins",
        r"(?:plus|pire|mieux|meilleure?s?|premi\w+|moins|seule?) [^.;]{0,60}\bjamais",
        r"(?:plus|moins|mieux)\s[^.;]{1,40}?\bqu['’](?:aucune?|jamais|à l['’]accoutumée)",
        r"ne (?:\w+ )?cess\w+(?! pas)\b|ne (?:\w+ )?(?:tard|manqu)\w+ pas|n['’]hésit\w+ pas|n['’]empêche",
        r"pas hésit\w+|pas cessé|n['’]en fini\w* pas|n['’]oubli\w+ (?:pas|jamais)",
        r"n['’]est (?:donc |guère )?(?:pas )?(?:étonnant|surprenant)|rien d['’](?:étonnant|autre que)",
        r"pas d['’]étonnant|pas (?:autre chose|d['’]autres? \w+) que",
        r"n['’]arrêt\w+ pas de|n['’]excèd\w+ pas|ne dépass\w+ pas",
        r"n['’]en \w+ pas moins|ne f(?:ai|on)t (?:pas|aucun) (?:de |l['’]objet d['’]aucun )?doute",
        r"ne font pas exception|ne nous y trompons pas",
        r"n['’](?:est|a|y a) pas (?:sans|exclu\w*|manqué|longtemps|si longtemps)|(?:nul|sans aucun) doute",
        r"ne vous inquiétez pas|ne t['’]inquiète pas",
    ),
    "en": one_of(
        r"not (?:only|just|merely|simply|solely|least|to mention|surprisingly|so much"
        r"|far(?! more| less| \w+er)|long (?:ago|after|before))",
        r"(?:not|\w+n['’]t)\b (?:be |been )?(?:only|just|merely|simply|solely)",
        r"(?:not|\w+n['’]t)\b(?! the only)[^.,;:]{0,20}? (?:more than|only)",
        r"(?:not|\w+n['’]t)\b[^.;]{0,45}\bun(?:til|less)",
        r"no more than|no (?:doubt|matter|wonder|less|fewer|sooner|later than)|why not|(?:or|if) not",
        r"(?:nothing|anything|none) (?:but|less|short|other)",
        r"(?:wo|is|are|was|do|does|did|would|ca|could|have|has|had)n['’]t (?:it|he|she|they|you|we|I)",
        r"(?:is|are|was|does|do|did|will|has) (?:it|that|this|he|she|they|you|we) not\b|is not it",
        r"(?:can['’]?t|cannot|can not) (?:wait|help (?:\w+ing|but|it))|don['’]t worry",
        r"not surprising|no surprise|no(?=,)|never[- ]ending|don['’]t forget|never before|make no mistake",
    ),
}


class Cue(NamedTuple):
    """A span of the text, and where its middle stands in it, as a share of its length."""

    start: int
    end: int
    place: float


class Cues(NamedTuple):
    """What denies in a text, by strength, and all spans that no weaker word is looked for in."""

    full: tuple[Cue, ...]
    other: tuple[Cue, ...]
    loose: tuple[Cue, ...]
    taken: tuple[Span, ...]


class Unanswered(NamedTuple):
    """A negation that nothing answers: its language and span, and whether it is only likely to be lost."""

    language: Language
    span: Span
    doubtful: bool


def unanswered(fr: str, en: str) -> Unanswered | None:
    """Find the negation of one text that the other lacks, if there is one; the texts translate each other."""
    if not _FULL["fr"].search(fr) and not _FULL["en"].search(en):
        return None  # most passages deny nothing, and to read all cues takes long
    cues: dict[Language, Cues] = {"fr": read_cues(fr, "fr"), "en": read_cues(en, "en")}
    sides: tuple[tuple[Language, str], ...] = (("fr", fr), ("en", en))
    for language, text in sides:
        here, there = cues[language], cues[OTHER[language]]
        reach = max(REACH, NEAR / len(text))
        other = OTHER[language]
        across = en if language == "fr" else fr
        spent = 0  # words that have answered one negation answer no other
        for lost in _left_over(here, there, reach):
            weak = _weak_cues(text, language, here.taken)
            answers, own = _weak_cues(across, other, there.taken), len(weak)
            answering = _near(lost, answers, reach)
            doubled = any(0 <= cue.start - lost.end <= DOUBLED for cue in weak)
            if answering > own + spent or (doubled and not answering):
                spent += answering > own + spent
                continue
            ending = text[lost.start : lost.end].lower().endswith(("plus", "no longer", "no more"))
            moved = len(answers) > own  # a word that may stand for it, elsewhere in the passage
            perhaps = answering or moved or there.full or ending or "?" in text
            doubtful = bool(perhaps or PERHAPS[other].search(across))
            return Unanswered(language, (lost.start, lost.end), doubtful)
    return None


def _left_over(here: Cues, there: Cues, reach: float) -> list[Cue]:
    """The full negations of ``here`` that are left when each denial has been given the nearest one there.

    The loose ones answer only nearby, and each other before all.
    """
    if not here.full:
        return []
    denials, answers = ((*side.full, *side.other, *side.loose) for side in (here, there))
    strict, strict_there = (len(side.full) + len(side.other) for side in (here, there))
    ranked = []
    for i, denial in enumerate(denials):
        for k, answer in enumerate(answers):
            apart, alike = abs(denial.place - answer.place), (i < strict) == (k < strict_there)
            if (i < strict and k < strict_there) or (apart <= reach and (alike or i < strict)):
                ranked.append((not alike, apart, i, k))
    left, free = set(range(len(denials))), set(range(len(answers)))
    for _, _, i, k in sorted(ranked):
        if i in left and k in free:
            left.remove(i)
            free.remove(k)
    return [cue for i, cue in enumerate(here.full) if i in left]


def _near(cue: Cue, others: Sequence[Cue], reach: float) -> int:
    return sum(abs(cue.place - other.place) <= reach for other in others)


@lru_cache(maxsize=32768)
def read_cues(text: str, language: Language) -> Cues:
    """The cues of a text but the weak ones, each word in one of them."""
    expletive = [m.span() for m in _EXPLETIVE.finditer(text)] if language == "fr" else []
    idle = _outside(_IDIOM[language].finditer(text), expletive)
    full = _outside(_FULL[language].finditer(text), idle + expletive)
    other = _outside(_OTHER[language].finditer(text), idle + full + expletive)
    taken = idle + expletive + full + other
    loose = idle + _outside(_LOOSE[language].finditer(text), taken)
    placed = [_cues(spans, text) for spans in (full, other, loose)]
    return Cues(placed[0], placed[1], placed[2], tuple(taken))


@lru_cache(maxsize=4)
def _weak_cues(text: str, language: Language, taken: tuple[Span, ...]) -> tuple[Cue, ...]:
    """The words that can carry a denial of the other side: read last, for there are many to look for."""
    return _cues(_outside(WEAK[language].finditer(text), taken), text)


def _outside(found: Iterable[re.Match[str]], taken: Sequence[Span]) -> list[Span]:
    return [m.span() for m in found if not any(m.start() < end and start < m.end() for start, end in taken)]


def _cues(spans: Iterable[Span], text: str) -> tuple[Cue, ...]:
    return tuple(Cue(start, end, (start + end) / 2 / len(text)) for start, end in spans)
