"""Where a sentence says no: the negations of French and English, and the words that can stand for one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from aligner.model import Language, Span


def _one_of(*alternatives: str) -> re.Pattern[str]:
    """A pattern for any of the alternatives as whole words, whatever the case."""
    return re.compile(rf"\b(?:{'|'.join(alternatives)})(?!\w)", re.IGNORECASE)


def _stems(words: str) -> str:
    """Alternatives from words with spaces between; ``*`` stands for any ending."""
    return "|".join(word.replace("*", r"\w*") for word in words.split())


# What stands between "ne" and a verb that it negates alone ("je ne puis"), and the "que" that
# makes a restriction of a negation ("ne … plus que").
_PRONOUNS = (
    r"(?:(?:l['’]|les?\s+|la\s+|lui\s+|s['’]|se\s+|y\s+|en\s+|me\s+|m['’]|nous\s+|vous\s+|te\s+|t['’])){0,3}"
)
_NO_QUE = r"(?![^.;:!?]{0,40}\bqu(?:e\b|['’]))"
_NE = r"(?:ne\s+|n['’])"

# Full negations: of a verb, or by a word that is nothing else.
_FULL: Mapping[Language, re.Pattern[str]] = {
    "fr": _one_of(
        rf"{_NE}(?:[\w'’-]+\s+){{0,5}}?[\w'’-]*?\b(?:pas|rien|aucune?|personne|guère|jamais)",
        rf"{_NE}(?:[\w'’-]+\s+){{1,2}}plus\b{_NO_QUE}",
        rf"{_NE}{_PRONOUNS}(?:peu[xt]|peuvent|pouv\w+|puis\w*|pourr\w+|saur\w+|ose\w*)\b{_NO_QUE}",
        r"ne\s+(?:pas|rien|jamais|plus)",
        r"(?:personne|rien|aucune?|nul)(?:\s\w+)?\s+n(?:e\b|['’])",
    ),
    "en": re.compile(
        r"\b(?:not|never|cannot|nothing|nobody|no[- ]one)\b|(?<=n)['’]t\b", re.IGNORECASE
    ),
}  # fmt: skip
# Other words that negate: they answer a full negation, but do not ask for an answer.
_OTHER: Mapping[Language, re.Pattern[str]] = {
    "fr": _one_of(_stems("pas aucun* sans non jamais ni nul* guère ne rien"), "n(?=['’])"),
    "en": _one_of(_stems("no none neither nor without nowhere non")),
}
_IDIOM: Mapping[Language, re.Pattern[str]] = {
    "fr": _one_of(
        r"n['’]est[- ]ce pas",
        r"(?:pas|non) (?:seulement|uniquement|que|moins|mal|sans)",
        r"rien que|n['’]importe|non plus|ou (?:pas|non)|pourquoi pas|pour ne pas|n['’]y a pas que",
        r"(?:à|si|que) jamais",
        r"(?:plus|pire|mieux|meilleure?s?|premi\w+|moins|seule?) [^.;]{0,60}\bjamais",
        r"ne (?:\w+ )?cess\w+|ne (?:\w+ )?(?:tard|manqu)\w+ pas|n['’]hésit\w+ pas|n['’]empêche",
        r"pas hésit\w+|pas cessé|n['’]en fini\w* pas|n['’]oubli\w+ (?:pas|jamais)",
        r"n['’]arrêt\w+ pas de|n['’]est pas l[ea] seule?|ne sont pas les seule?s",
        r"n['’]en \w+ pas moins|ne fait pas de doute|ne font pas exception",
        r"n['’](?:est|a) pas (?:sans|exclu\w*|manqué)",
    ),
    "en": _one_of(
        r"not (?:only|just|merely|simply|solely|least|to mention|surprisingly|far|so much)",
        r"(?:not|\w+n['’]t)\b[^.;]{0,60}\bun(?:til|less)",
        r"no (?:doubt|matter|wonder|less|sooner)|why not|(?:or|if) not|nothing (?:but|less|short)",
        r"(?:wo|is|are|was|do|does|did|would|ca|could|have|has|had)n['’]t (?:it|he|she|they|you|we|I)",
        r"never[- ]ending|don['’]t forget",
    ),
}
# Words that carry the negation of the other side, surely or now and then: found by their excess in
# pairs of newstest 2008-2012 and Europarl (train) where only the other side negates.
_SURE: Mapping[Language, re.Pattern[str]] = {
    "fr": _one_of(
        _stems(
            "peu impossib* évit* absen* inutile* sinon ignor* manqu* défaut faute refus* interdi* "
            "empêch* renon* faux mal échou* hors vain désaccord cess* oubli* contrairement insuff* "
            "inadm* inacc* incert* inach* insens* injust* incap* inconn* insat* inad* inchang* irré* "
            "impr* impu* impa*"
        ),
        r"à peine|première fois|loin d\w*|au lieu|plutôt que|in\w{3,}(?:able|ible)s?",
    ),
    "en": _one_of(
        _stems(
            "unable fail* lack* little hardly scarcely barely rarely seldom unless impossib* refus* "
            "deny denied denies denying avoid* prevent* wrong* absen* reject* forget* forgot* ignor* "
            "doubt* unlike* disagree* refrain* ceas* declin* inadeq* insuff* inapprop* inaccur* incap* "
            "ineff* impos* improb* impat* improp* irre* disagr* disapp* dissat* disreg* dissol* "
            "discont*"
        ),
        r"un(?!ion|it|iver|der|ti|ique|ifor|an|if|less)\w{3,}|in\w{3,}(?:ible|able)|non-?\w{4,}",
        r"(?!unless)[a-z]{3,}less|first time",
    ),
}
_PERHAPS: Mapping[Language, re.Pattern[str]] = {
    "fr": re.compile(
        _one_of(
            _stems(
                "moins arrêt* contre seul seule seulement uniquement trop rare* difficil* malgré exclu* sauf "
                "toujours encore loin rest* fini* perd* termin* avant fermé*"
            ),
            "une fois",
        ).pattern
        + r"|\?",
        re.IGNORECASE,
    ),
    "en": re.compile(
        _one_of(
            _stems(
                "only just than rather instead out far few until remain* stop* missed misses missing "
                "except* otherwise too against free yet still lost lose loses losing end ends ended "
                "ending retire* over hard difficult* poor* low* less worse worst break* apart empty "
                "gone closed keep* kept any*"
            ),
            "at most",
        ).pattern
        + r"|\?",
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
    others = sum(
        1 for m in _OTHER[language].finditer(text) if not any(s <= m.start() < e for s, e in found)
    )  # fmt: skip
    sure = sum(1 for _ in _SURE[language].finditer(text))
    return Answers(len(found) + others + sure, bool(_PERHAPS[language].search(text)))
