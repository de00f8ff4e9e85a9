"""Where a sentence says no: the negations of French and English, and the words that can stand for one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from aligner.model import Language, Span

# What stands between "ne" and its verb, and verbs that "ne" negates alone ("je ne puis").
_PRONOUNS = (
    r"(?:(?:l['’]|les?\s+|la\s+|lui\s+|s['’]|se\s+|y\s+|en\s+|me\s+|m['’]|nous\s+|vous\s+|te\s+|t['’])){0,3}"
)
_ALONE = r"(?:peu[xt]|peuvent|pouv\w+|puis\w*|pourr\w+|saur\w+|ose\w*)"
_RESTRICTED = r"(?![^.;:!?]{0,40}\bqu(?:e\b|['’]))"

# Full negations: of a verb, or by a word that is nothing else.
_FULL: Mapping[Language, re.Pattern[str]] = {
    "fr": re.compile(
        rf"\b(?:ne\s+|n['’])(?:[\w'’-]+\s+){{0,5}}?[\w'’-]*?\b(?:pas|rien|aucune?|personne|guère|jamais)\b"
        rf"|\b(?:ne\s+|n['’])(?:[\w'’-]+\s+){{1,2}}plus\b{_RESTRICTED}"
        rf"|\b(?:ne\s+|n['’]){_PRONOUNS}{_ALONE}\b{_RESTRICTED}"
        r"|\bne\s+(?:pas|rien|jamais|plus)\b|\b(?:personne|rien|aucune?|nul)(?:\s\w+)?\s+n(?:e\b|['’])",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:not|never|cannot)\b|(?<=n)['’]t\b|\b(?:nothing|nobody|no[- ]one)\b", re.IGNORECASE
    ),
}
# Other words that negate: they answer a full negation, but do not ask for an answer.
_OTHER: Mapping[Language, re.Pattern[str]] = {
    "fr": re.compile(
        r"\b(?:pas|aucun\w*|sans|non|jamais|ni|nul\w*|guère|ne|n(?=['’])|rien)\b", re.IGNORECASE
    ),
    "en": re.compile(r"\b(?:no|none|neither|nor|without|nowhere|non|ain['’]t)\b", re.IGNORECASE),
}
_IDIOM: Mapping[Language, re.Pattern[str]] = {
    "fr": re.compile(
        r"\bn['’]est[- ]ce pas\b|\b(?:pas|non) (?:seulement|uniquement|que|moins|mal|sans)\b|\brien que\b|\b(?:à|si|que) jamais\b"
        r"|\b(?:plus|pire|meilleure?s?|premi\w+|moins|seule?) [^.;]{0,60}\bjamais\b|\bn['’]importe\b|\bnon plus\b|\bou (?:pas|non)\b"
        r"|\bpourquoi pas\b|\bpour ne pas\b|\bne (?:\w+ )?cess\w+|\bne (?:\w+ )?(?:tard|manqu)\w+ pas\b|\bn['’]empêche\b|\bn['’]en \w+ pas moins\b"
        r"|\bn['’]y a pas que\b|\bne fait pas de doute\b|\bne font pas exception\b|\bn['’](?:est|a) pas (?:sans|exclu\w*|manqué)\b|\bn['’]hésit\w+ pas\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\bnot (?:only|just|merely|simply|solely|least|to mention|surprisingly|far|so much)\b|\bnot\b[^.;]{0,60}\buntil\b|\bno (?:doubt|matter|wonder|less|sooner)\b"
        r"|\bwhy not\b|\b(?:or|if) not\b|\bnothing (?:but|less|short)\b|\b(?:wo|is|are|was|do|does|did|would|ca|could|have|has|had)n['’]t (?:it|he|she|they|you|we|I)\b"
        r"|\bnever[- ]ending\b|\bdon['’]t forget\b",
        re.IGNORECASE,
    ),
}
# Words that carry the negation of the other side, surely or now and then: found by their excess in
# pairs of newstest 2008-2012 and Europarl (train) where only the other side negates.
_SURE: Mapping[Language, re.Pattern[str]] = {
    "fr": re.compile(
        r"\b(?:peu|impossib\w*|évit\w*|absen\w*|inutile\w*|sinon|ignor\w*|manqu\w*|défaut|faute|refus\w*|interdi\w*|empêch\w*|renon\w*"
        r"|faux|mal|échou\w*|hors|vain|désaccord|cess\w*|oubli\w*|à peine|loin d\w*|au lieu|plutôt que|contrairement"
        r"|in\w{3,}(?:able|ible)s?|in(?:suff|adm|acc|cert|ach|sens|just|cap|conn|sat|ad|chang)\w+|irré\w+|im(?:pr|pu|pa)\w+)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:unable|fail\w*|lack\w*|little|hardly|scarcely|barely|rarely|seldom|unless|impossib\w*|refus\w*|den(?:y|ied|ies|ying)"
        r"|avoid\w*|prevent\w*|wrong\w*|absen\w*|reject\w*|forg[eo]t\w*|ignor\w*|doubt\w*|unlike\w*|disagree\w*|refrain\w*|ceas\w*|declin\w+"
        r"|un(?!ion|it|iver|der|ti|ique|ifor|an|if)\w{3,}|in\w{3,}(?:ible|able)|in(?:adeq|suff|approp|accur|cap|eff)\w+"
        r"|im(?:pos|prob|pat|prop)\w+|irre\w+|dis(?:agr|app|sat|reg|sol|cont)\w+|non-?\w{4,}|(?!unless)[a-z]{3,}less)\b",
        re.IGNORECASE,
    ),
}
_PERHAPS: Mapping[Language, re.Pattern[str]] = {
    "fr": re.compile(
        r"\b(?:moins|arrêt\w*|contre|seule?ment|trop|rare\w*|difficil\w*|malgré|exclu\w*|sauf|toujours|encore|loin|rest\w*"
        r"|fini\w*|perd\w*|termin\w*|une fois|avant|fermé\w*)\b|\?",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:only|just|than|rather|instead|out|far|few|until|remain\w*|stop\w*|miss(?:ed|es|ing)|except\w*|otherwise|too|against|free"
        r"|yet|still|lost|los(?:e|es|ing)|at most|end(?:s|ed|ing)?|retire\w*|over|hard|difficult\w*|poor\w*|low\w*|less|worse|worst|break\w*"
        r"|apart|empty|gone|closed|keep\w*|kept|any\w*)\b|\?",
        re.IGNORECASE,
    ),
}


class Answers(NamedTuple):
    """How many negations of the other side a text can answer, and whether it may answer more."""

    sure: int
    perhaps: bool


@lru_cache(maxsize=32768)
def negations(text: str, language: Language) -> tuple[Span, ...]:
    """Spans of the full negations of ``text``, idioms that do not negate left out."""
    found = [m.span() for m in _FULL[language].finditer(text)]
    if not found:
        return ()
    idle = [m.span() for m in _IDIOM[language].finditer(text)]
    return tuple(s for s in found if not any(s[0] < end and start < s[1] for start, end in idle))


def answers(text: str, language: Language) -> Answers:
    """What in ``text`` can answer a negation of the other side: negations, and words that stand for one."""
    found = [m.span() for m in _FULL[language].finditer(text)]
    others = sum(1 for m in _OTHER[language].finditer(text) if not any(s <= m.start() < e for s, e in found))
    sure = sum(1 for _ in _SURE[language].finditer(text))
    return Answers(len(found) + others + sure, bool(_PERHAPS[language].search(text)))
