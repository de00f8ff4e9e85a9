"""Where a sentence says no: the negations of French and English, and the words that can stand for one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from aligner.model import Language, Span

_NO = r"(?:pas|jamais|rien|aucune?|personne|nulle?|guère|point|ni)"
_NEGATION: Mapping[Language, re.Pattern[str]] = {
    # "ne … que" restricts and a lone "ne" is expletive: the second word makes the negation.
    "fr": re.compile(
        r"\b(?:ne\s+|n['’])(?:l['’]|les?\s+|la\s+|s['’]|se\s+|y\s+|en\s+)?(?:peu[xt]|peuvent|pouvai\w+|puis\w*|pourrai\w*|pourr\w+|saurai\w*|sauront|ose\w*|cess\w+)\b"
        rf"|\b(?:ne\s|n['’])(?:[\w'’-]+\s+){{0,5}}?[\w'’-]*?(?:\b{_NO}\b|(?<=\s)plus\b(?!\s+(?:de|que|d['’])))"
        rf"|\b(?:ne\s+{_NO}|aucune?|sans|pas\s+(?:de|d['’]|encore|un|une|si|assez|question)|non(?!\s+seulement)|jamais|ni)\b"
        r"|\b(?:personne|rien|nul)\s+n(?:e\b|['’])",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:not|never|cannot|no(?!\.)|none|nothing|nobody|neither|nor|without|nowhere)\b|(?<=n)['’]t\b",
        re.IGNORECASE,
    ),
}
_IDIOM: Mapping[Language, re.Pattern[str]] = {
    "fr": re.compile(
        r"\bn['’]est[- ]ce pas\b|\bnon seulement\b|\bpas (?:seulement|que|moins|mal)\b|\bsans (?:doute|cesse|conteste)\b"
        r"|\brien que\b|\bjamais (?:vu|connu|enregistré)\b|\b(?:à|si|que) jamais\b|\bn['’]importe\b|\bnon plus\b|\bou (?:pas|non)\b"
        r"|\bpourquoi pas\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\bnot (?:only|just|merely|simply|solely|least|to mention|until)\b|\bno (?:doubt|matter|wonder|less|sooner|fewer)\b"
        r"|\bwhy not\b|\bor not\b|\bnothing (?:but|less|short)\b|\b(?:is|are|was|do|does|did|wo|would|ca|could|have|has)n['’]t (?:it|he|she|they|you|we)\b"
        r"|\bnever[- ]ending\b|\bno[- ](?:one else|go|brainer|fly|show)\b|\bnone other\b|\bno\. ?\d",
        re.IGNORECASE,
    ),
}
# Words that can carry the negation of the other side, found by their excess in sentence pairs of
# newstest 2008-2012 and Europarl (train) where only the other side negates.
_STANDS_FOR: Mapping[Language, re.Pattern[str]] = {
    "fr": re.compile(
        r"\b(?:pas|jamais|rien|aucun\w*|personne|ne|n(?=['’])|ni|nul\w*|guère|non|sans|peu|impossib\w*|évit\w*|absen\w*"
        r"|inutile\w*|sinon|ignor\w*|manqu\w*|défaut|faute|refus\w*|interdi\w*|empêch\w*|renon\w*|faux|mal|échou\w*"
        r"|hors|vain|désaccord|cess\w*|arrêt\w*|oubli\w*|à peine|loin d\w*|au lieu|plutôt que|contrairement|moins que"
        r"|in\w{3,}(?:able|ible|ant)s?|in(?:suff|adm|acc|cert|ach|sens|just|cap|conn|sat|ad|chang)\w+|ir(?:ré|re)\w+|im(?:pr|pu|pa)\w+)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:not|never|cannot|no|none|nothing|nobody|neither|nor|without|nowhere|unable|fail\w*|lack\w*|little|few"
        r"|hardly|scarcely|barely|rarely|seldom|unless|until|impossib\w*|refus\w*|den(?:y|ied|ies|ying)|avoid\w*|prevent\w*"
        r"|stop\w*|wrong\w*|absen\w*|miss(?:ed|es|ing)|reject\w*|forg[eo]t\w*|ignor\w*|except\w*|doubt\w*|rather|instead|out|far|than"
        r"|only|just|unlike\w*|otherwise|disagree\w*|un(?!ion|it|iver|der|ti|ique|ifor|an|if)\w{3,}|in\w{3,}(?:ible|able)"
        r"|in(?:adeq|suff|approp|accur|cap|eff)\w+|im(?:pos|prob|pat|prop)\w+|irre\w+|dis(?:agr|app|sat|reg|sol|cont)\w+"
        r"|non|non-?\w{4,}|[a-z]{3,}less|refrain\w*|ceas\w*|declin\w+|remain\w*)\b|n['’]t\b",
        re.IGNORECASE,
    ),
}


class Negations(NamedTuple):
    """The negations of a text, and whether other words of it can stand for one."""

    spans: tuple[Span, ...]
    implied: bool


@lru_cache(maxsize=32768)
def read_negations(text: str, language: Language) -> Negations:
    """Spans of the negations of ``text``, idioms that do not negate left out."""
    idle = [m.span() for m in _IDIOM[language].finditer(text)]
    spans = tuple(
        m.span()
        for m in _NEGATION[language].finditer(text)
        if not any(m.start() < end and start < m.end() for start, end in idle)
    )
    return Negations(spans, bool(_STANDS_FOR[language].search(text)))
