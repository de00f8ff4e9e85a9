"""TYP503: a question or an unfinished sentence that ends plainly on the other side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from aligner.checks.base import bead_check
from aligner.checks.next_to import passages_next_to
from aligner.model import LANGUAGES, OTHER, BeadView, Context, Hit, Language, Segment

CONFIDENCE = 0.8

_MARKS = {
    "question": re.compile(r"\?[\s»”\"'’)\]]*$"),
    "ellipsis": re.compile(
        r"(?<!\[)(?<!\betc)(?<!\betc )(?:…|\.\.\.)[\s»”\"'’)]*$"
    ),  # "[...]" is a cut that its author owns to
}
_ENDS_PLAINLY = re.compile(r"(?:\.|…)[\s»”\"'’)\]]*$")
"""How the other side must end: a question of rhetoric may become an exclamation, a headline has no mark."""
_ANYWHERE = {"question": re.compile(r"\?"), "ellipsis": re.compile(r"…|\.\.")}

_AUXILIARIES = (
    "is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must|"
    r"[^\W\d_]+n['’]t"
)
_ASKED = (
    r"(?:(?<=how.)(?:much|many|long|often|far|old|big|high|fast|soon|well|likely|[^\W\d_]+ly)|"
    r"(?<=what.|hich.)(?!(?:the|a|i|you|he|she|it|we|they|this|that)\b)[^\W\d_]+)"
)
_SUBJECT = r"(?:the|an?|i|you|he|she|it|we|they|his|her|their|its|your|our|my|this|these|those)\b"
"""What "how much" or "which train" asks for, and what an auxiliary comes before in a question alone."""
_INDIRECT = {
    "en": re.compile(
        rf"\W*(?:where|how|why|when|what|which)\s+(?!(?:{_AUXILIARIES})\b)"
        rf"(?!{_ASKED}\s+(?:{_AUXILIARIES})\s+{_SUBJECT})",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\W*(?:comment|pourquoi|où|quand|ce qu[ei'’])\s*(?!.*-(?:t-)?(?:ils?|elles?|on|ce|vous|nous)\b)",
        re.IGNORECASE,
    ),
}
"""A clause that says where or how, in the order of a statement: a headline that answers the question."""
_REPORTED = {
    "fr": re.compile(
        r"\b(?:demand|ignor|interrog|s[ae][iv])\w*\b.{0,40}"
        r"\b(?:si|s['’]ils?|comment|pourquoi|où|quand|qui|ce qu[ei'’]|quel\w*)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:wonder|ask|inquir|enquir|question|kn[eo]w)\w*\b.{0,40}"
        r"\b(?:if|whether|how|why|what|who|where|when|which)\b",
        re.IGNORECASE,
    ),
}
"""A question in indirect speech, which ends in a full stop: "Il se demande si le pont tiendra."."""
_POLITE = re.compile(r"\b(?:can|could|will|would) you\b", re.IGNORECASE)
_POLITE_FR = re.compile(r"\b(?:pou(?:rri|v)ez|voul(?:ez|iez)|voudriez)-vous\b", re.IGNORECASE)
_PLEASE = re.compile(r"\bplease\b", re.IGNORECASE)
_IMPERATIVE = re.compile(r"(?:\A|[,;:.]\s+)\W*[^\W\d_]{2,}ez(?:-|\s)")

_EXCLAIMS = re.compile(r"![\s»”\"'’)\]]*$")
_ASKING: Mapping[Language, re.Pattern[str]] = {
    "fr": re.compile(
        r"\W*(?:(?:mais|et|alors|or|donc),? )?(?:"
        r"pourquoi (?!pas\b)|qui (?!l['’]e[ûu]t|aurai)|(?:qu['’])?est-ce qu|"
        r"(?!n['’]|(?:puisse|peut-être|sans doute|aussi|encore|ainsi|toujours|à peine|du moins|est-)\b)"
        r"[^,!?.«“]*?[^\W\d_]-(?:t-)?(?:il|elle|on)s?\b|"
        r"(?:comment|combien|quand|où|que|qu['’]|quel\w*)[^,!?.«“]*-(?:vous|nous|tu)\b)[^!?.]*!",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\W*(?:(?:but|and|so),? )?(?:"
        r"who (?!(?:would|could|might) have\b|the\b)|"
        r"(?:why|when|where|what|how|(?:whose|which) \w+|(?:what|how) (?!more )\w+) "
        rf"(?:{_AUXILIARIES}) (?!an?\b)|"
        r"(?:is|are|was|does|did|has|can|could|will|would) (?!you (?:believe|imagine))"
        rf"(?:{_SUBJECT}|(?-i:[A-Z]))|(?:do|have) (?:i|you|they|we)\b)[^!?.]*!",
        re.IGNORECASE,
    ),
}
"""One sentence in the form of a question, but not of one as often exclaimed ("Isn't it wonderful!")."""


@bead_check(
    "TYP503",
    "end-punctuation-mismatch",
    title={"en": "End punctuation differs", "fr": "Ponctuation finale différente"},
    category="punctuation",
    cause="editorial",
    severity="minor",
    explained_by=("EXT101", "EXT103", "EXT108"),
    explained_in_bead_by=("ALN204", "ACC304", "ACC303"),
    messages={
        "question": {
            "fr": "La question de l'autre texte est ici une phrase sans point d'interrogation.",
            "en": "This ends as a question; the other text has no question mark.",
        },
        "exclaimed": {
            "fr": "Cette question finit par un point d'exclamation, celle de l'autre texte par un point "
            "d'interrogation.",
            "en": "This question ends in an exclamation mark; in the other text it ends in a question mark.",
        },
        "ellipsis": {
            "fr": "Les points de suspension ne se trouvent que d'un côté.",
            "en": "This ends in an ellipsis; the other text does not.",
        },
    },
)
def end_punctuation_mismatch(view: BeadView, context: Context) -> Iterator[Hit]:
    """A question mark or an ellipsis at the end of one side is nowhere on the other.

    Finds: a passage that ends in "?" or "…" while the other side ends in a full stop and has none, its
        neighbours included; a sentence in the form of a question that ends in "!", its counterpart in "?".
    Matters: a question turned into a statement says something the source does not.
    Bad: Qui paiera ? / Who will pay.
    Good: Qui paiera ? / Who will pay?
    False positives: rhetorical questions turned into statements on purpose, text that its page cut off.
    Measured: 5 of 6 judged findings in crawled and machine-translated text were right; the other was a text
        that its page cut off.
    """
    bead = view.bead
    if not bead.fr or not bead.en:
        return
    for language in LANGUAGES:
        other_language = OTHER[language]
        last = bead.side(language)[-1]
        answer = bead.side(other_language)[-1].text
        if _EXCLAIMS.search(answer) and _ASKING[other_language].match(answer):
            yield from _exclaimed(view, language)
            continue
        if not _ENDS_PLAINLY.search(answer):
            continue
        for key, mark in _MARKS.items():
            match = mark.search(last.text)
            if key == "question" and (
                _INDIRECT[other_language].match(answer)
                or _REPORTED[other_language].search(answer)
                or _is_request(last, answer, language)
            ):
                continue
            if match and not _occurs(
                _ANYWHERE[key], (*bead.side(other_language), *passages_next_to(view, other_language))
            ):
                yield Hit(
                    key,
                    last.start + match.start(),
                    last.start + match.start() + 1,
                    language=language,
                    confidence=CONFIDENCE,
                )


def _exclaimed(view: BeadView, language: Language) -> Iterator[Hit]:
    """Yield the exclamation mark of a question whose counterpart in ``language`` ends in a question mark."""
    other_language = OTHER[language]
    segment = view.bead.side(other_language)[-1]
    around = (*view.bead.side(other_language), *passages_next_to(view, other_language))
    if _MARKS["question"].search(view.bead.side(language)[-1].text) and not _occurs(
        _ANYWHERE["question"], around
    ):
        place = segment.start + segment.text.rindex("!")
        yield Hit(
            "exclaimed", place, place + 1, language=other_language, confidence=CONFIDENCE, suggestion="?"
        )


def _is_request(question: Segment, answer: str, language: Language) -> bool:
    """Return whether a question asks politely for what the other language asks in the imperative."""
    if language == "fr":
        return bool(_POLITE_FR.search(question.text) and _PLEASE.search(answer))
    return bool(_POLITE.search(question.text) and _IMPERATIVE.search(answer))


def _occurs(mark: re.Pattern[str], segments: Sequence[Segment]) -> bool:
    return any(mark.search(s.text) for s in segments)
