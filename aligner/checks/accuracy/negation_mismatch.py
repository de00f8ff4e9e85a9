"""ACC318: a sentence that says no on one side and yes on the other."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.accuracy._foreign import is_untranslated
from aligner.checks.accuracy._negated_word import likeness_of_negated
from aligner.checks.accuracy._negation import Unanswered, unanswered
from aligner.checks.accuracy._worse_side import worse_side
from aligner.checks.base import bead_check
from aligner.model import OTHER, Bead, BeadView, Context, Hit, Language, Span

ANSWERS = 0.965
"""Similarity of a bead from which its negation counts at all (cosine .5)."""
SAME_WORD = 0.3
"""Cosine from which the word that is negated is on the other side too: what was denied is said. Of 784
negations put into or taken from 379,000 words of published translations, 234 are major then, and of those
translations themselves none; of the 264,000 words of newstest 2008 to 2012, 11, of which 6 are right."""
RELATED = 0.8
"""Similarity below which two short sides are hardly translations of each other."""
SHORT = 80
"""Characters of French below which a cosine says too little to make a suspicion of a plain negation."""
SHORTEST, LONGEST = 0.68, 1.2
"""Characters of English for one of French between which neither side has said more than the other."""
LIKELY, UNSURE = 0.6, 0.4


def _denies(bead: Bead, fr: str, en: str, negation: Unanswered) -> bool:
    """Return True if one side denies what the other says, as far as can be judged."""
    if negation.doubtful or bead.similarity < ANSWERS or not SHORTEST <= len(en) / len(fr) <= LONGEST:
        return False
    text, other_text = (fr, en) if negation.language == "fr" else (en, fr)
    return likeness_of_negated(text, negation.language, negation.span, other_text) >= SAME_WORD


def _counts(bead: Bead, doubtful: bool) -> bool:
    return bead.similarity >= ANSWERS or (_is_short(bead) and not doubtful)


def _is_short(bead: Bead) -> bool:
    return sum(len(segment.text) for segment in bead.fr) < SHORT


def _is_unrelated(bead: Bead) -> bool:
    """Return whether two short sides hardly translate each other: one may well say no."""
    return _is_short(bead) and bead.similarity < RELATED


def _span(bead: Bead, language: Language) -> Span:
    side = bead.side(language)
    return side[0].start, side[-1].end


@bead_check(
    "ACC318",
    "negation-mismatch",
    title={"en": "Negation on one side only", "fr": "Négation d’un seul côté"},
    category="mistranslation",
    cause="translation",
    severity="major",
    explained_in_bead_by=("ALN204", "ACC304"),
    messages={
        "fr": {
            "fr": "La négation « {negation} » n'a rien qui lui réponde en anglais.",
            "en": "Nothing in the English corresponds to the negation “{negation}”.",
        },
        "en": {
            "fr": "La négation « {negation} » n'a rien qui lui réponde en français.",
            "en": "Nothing in the French corresponds to the negation “{negation}”.",
        },
        "missing": {
            "fr": "Rien ici ne répond à la négation « {negation} » de l'autre texte.",
            "en": "Nothing here corresponds to the negation “{negation}” of the other text.",
        },
    },
)
def negation_mismatch(view: BeadView, context: Context) -> Iterator[Hit]:
    """A sentence is negated on one side and nothing matches that on the other.

    Finds: full negations ("ne … pas", "not") that are left when each has been given the nearest negation of
        the other side, and that no word which can stand for one ("unable", "peu", "impossible"), nor the
        opposite of what is negated ("n'est pas ouvert", "is closed"), matches nearby. The other sentence is
        marked where that article reads clearly worse. The "ne" that does not negate, "ne … que", "not only"
        and their like do not count.
    Matters: a lost "not" turns the sentence into its opposite, and it still reads well.
    Bad: Le pont n'est pas ouvert. / The bridge is open.
    Good: Le pont n'est pas ouvert. / The bridge is still closed.
    False positives: opposites that no list holds; minor where a word of the
        other side makes that likely, or where the two sides differ in more than the negation; a suspicion
        where they differ in most.
    Measured: 31 of 36 findings drawn by chance in machine translations and web bitext (wce-lig, newsdiscuss,
        paracrawl) were right, before four of the others were fixed. Of 784 negations put into or taken from
        published translations 712 are found. In 264,000 words of human translations of news (newstest
        2008-2012) 11 are major, 6 of them right; in 379,000 words of published articles none is.
    """
    bead = view.bead
    pair = view.alignment.pair
    if not bead.fr or not bead.en or pair.kind == "adapted" or _is_unrelated(bead):
        return
    starts = {"fr": bead.fr[0].start, "en": bead.en[0].start}
    fr, en = pair.fr.text[starts["fr"] : bead.fr[-1].end], pair.en.text[starts["en"] : bead.en[-1].end]
    negation = unanswered(fr, en)
    if negation and not is_untranslated(view):
        start, end = (starts[negation.language] + offset for offset in negation.span)
        document = pair.fr if negation.language == "fr" else pair.en
        key: str = negation.language
        language, span, other_span = negation.language, (start, end), None
        if worse_side(view) == (other_language := OTHER[language]):
            key, language, span, other_span = "missing", other_language, _span(bead, other_language), span
        yield Hit(
            key,
            *span,
            values={"negation": document.text[start:end]},
            language=language,
            other=other_span,
            severity=None if _denies(bead, fr, en, negation) else "minor",
            confidence=LIKELY if _counts(bead, negation.doubtful) else UNSURE,
        )
