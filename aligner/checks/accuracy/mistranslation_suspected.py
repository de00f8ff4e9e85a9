"""ACC320: words that the detector suspects once it has read the other side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aligner.checks.accuracy._foreign import is_untranslated
from aligner.checks.accuracy._languages import is_borrowed
from aligner.checks.accuracy._worse_side import worse_side
from aligner.checks.base import bead_check
from aligner.checks.suspects import (
    EVEN,
    SHORT,
    Passage,
    Thresholds,
    agrees_as_group,
    has_noun_like_modal,
    passages,
    wordings,
)
from aligner.detector.words import unknown
from aligner.lexicon.dictionary import in_dictionary, is_word
from aligner.lexicon.function_words import rows
from aligner.lexicon.names import fold, read_words
from aligner.lexicon.words import without_accents
from aligner.model import LANGUAGES, OTHER, BeadView, Context, Hit, Language, Segment, Span, WordScore

THRESHOLDS = Thresholds(high=0.6, low=0.3)
ELSEWHERE = 0.75
"""Asked of what is in a short sentence or in none. Tuned, with what is skipped, on passages of
crawled and machine-translated text judged blind: of the 74 that are reported, 63 are wrong. In newstest there
are .11 findings per 1,000 words."""
LATIN = frozenset(
    """
    ab ad absentia alma annus belli bene bona bono camera carpe casus caveat cogito corpus culpa curriculum
    de diem die dixit emptor ergo et ex extremis facie facto fide franca fugit grata habeas hoc homo
    horribilis in incognita infinitum ipso judice jure lingua machina magnum mater mea memoriam mirabilis
    modus mortem mortis mutandis mutatis nauseam non nota officio operandi opus orbi pax persona populi post
    posteriori prima priori pro quo rasa requiem rigor sapiens scriptum se sine situ status sub tabula tempus
    terra ultra urbi veni vici vidi vires vitae vitro vivo vox
    """.split()
)
ARTICLES = rows("fr")["article"] | {"l"}
_NOT_WORDS = re.compile(r"\d|[a-zà-ÿ][A-Z]")
_LETTERS = re.compile(r"[^\W\d_]+")
_IN_SMALL = re.compile(r"\b[a-zà-ÿ]{5,}\b")
SIMILAR = 0.5
"""Calibrated similarity of a bead from which its sides are taken to match at all."""


@bead_check(
    "ACC320",
    "mistranslation-suspected",
    title={"en": "Mistranslation suspected", "fr": "Contresens possible"},
    category="mistranslation",
    cause="translation",
    severity="major",
    explained_by=(
        "EXT",
        "ACC304",
        "ACC305",
        "ACC306",
        "ACC307",
        "ACC308",
        "ACC309",
        "ACC310",
        "ACC311",
        "ACC312",
        "ACC313",
        "ACC314",
        "ACC315",
        "ACC316",
        "ACC318",
        "ACC321",
        "FLU",
        "LOC601",
        "TRM701",
        "TYP501",
    ),
    explained_in_bead_by=("ALN204", "ACC304"),
    needs_detector=True,
    messages=wordings(
        suspected=(
            "“{text}” does not seem to say what the other text says.",
            "« {text} » ne semble pas dire ce que dit l'autre texte.",
        ),
        lexical=(
            "“{text}” does not seem to be the word that the other text calls for.",
            "« {text} » ne semble pas être le mot que l'autre texte demande.",
        ),
        untranslated=(
            "“{text}” seems to have been taken over untranslated.",
            "« {text} » semble avoir été repris sans être traduit.",
        ),
        omission=(
            "At “{text}”, something that the other text says seems to be missing.",
            "À « {text} », il semble manquer quelque chose que dit l'autre texte.",
        ),
        addition=(
            "Nothing in the other text seems to correspond to “{text}”.",
            "Rien dans l'autre texte ne semble répondre à « {text} ».",
        ),
        word_order=(
            "Read beside the other text, the words do not seem to be in the right order: “{text}”.",
            "À côté de l'autre texte, les mots ne semblent pas être dans le bon ordre : « {text} ».",
        ),
    ),
)
def mistranslation_suspected(view: BeadView, context: Context) -> Iterator[Hit]:
    """Words seem wrong once the other side is read beside them.

    Finds: words and passages that the detector, given both sides of a bead, takes for garbled and would
        expect a professional to change.
    Matters: a wrong word in a smooth sentence shows only beside the other text.
    Bad: Le maire est arrivé dans une voiture verte. / The mayor arrived in a green duck.
    Good: Le maire est arrivé dans une voiture verte. / The mayor arrived in a green car.
    False positives: free translation and idiom; what the article alone gives away, or a rule explains, is
        reported by that check instead. `--no-detector` does without.
    Measured: `aligner bench grade` measures the detector, `aligner bench checks` this check.
    """
    bead, pair = view.bead, view.alignment.pair
    if pair.kind != "translation" or bead.similarity < SIMILAR or is_untranslated(view):
        return
    for language in LANGUAGES:
        text = (pair.fr if language == "fr" else pair.en).text
        if all(segment.text.islower() for segment in bead.side(language)):
            continue  # capitals were taken out for a machine: what is left is no text that the detector knows
        other_words = frozenset[str]().union(*(read_words(s.text) for s in bead.side(OTHER[language])))
        for passage in suspicious(text, bead.side(language), bead.evidence.scores(language), language):
            if language == "en" and (
                _are_loans(text[passage.start : passage.end], other_words)
                or any(
                    has_noun_like_modal(segment, passage) or agrees_as_group(segment, passage)
                    for segment in bead.side(language)
                )
            ):
                continue
            key = passage.type if passage.type in mistranslation_suspected.messages else "suspected"
            # Beside a text that reads clearly worse, a strange word is likely to be that text's fault.
            cap = EVEN if worse_side(view) == OTHER[language] else 1.0
            yield Hit(
                key,
                passage.start,
                passage.end,
                values={"text": text[passage.start : passage.end]},
                language=language,
                severity=passage.severity,
                confidence=round(min(passage.probability, cap), 2),
            )


def _are_loans(passage: str, other_words: frozenset[str]) -> bool:
    """Return True if an English passage has words with an accent that are English without it ("résumé")."""
    loans = [word for word in _LETTERS.findall(passage) if not word.isascii()]
    return bool(loans) and all(
        in_dictionary(without_accents(word), "en") or (is_word(word, "en") and fold(word) in other_words)
        for word in loans
    )


def suspicious(
    text: str, segments: Sequence[Segment], scores: Sequence[WordScore], language: Language
) -> Iterator[Passage]:
    """Yield the passages of one side to report, from the word scores of ``text`` beside the other side.

    Not those with a word that is in no list: it is rare or misspelled, and nobody can tell whether it is the
    wrong one. Not Latin, which both languages take over as it is; not figures, makers' spellings
    ("RyanAir") and names with their titles ("Prime Minister Theresa"), which other checks compare. Not a lone
    French article, which says nothing that a translation could have wrong: "Le CNRS", "CNRS".
    """
    for passage in passages(scores, segments, THRESHOLDS, suspicion):
        if passage.sentence < SHORT and passage.probability < ELSEWHERE:
            continue
        words = [match.span() for match in _LETTERS.finditer(text, passage.start, passage.end)]
        if _NOT_WORDS.search(text, passage.start, passage.end) or _is_name(text, words):
            continue
        if language == "fr" and ARTICLES.issuperset(text[start:end].lower() for start, end in words):
            continue
        if passage.type == "untranslated":
            readable = {text[start:end].lower() for start, end in words} <= LATIN
            readable |= is_borrowed(text[passage.start : passage.end], OTHER[language])
        else:
            readable = any(unknown(text, words, language))
        if not readable:
            yield passage


def _is_name(text: str, words: Sequence[Span]) -> bool:
    """Return whether a passage of two words or more is all capitals, in a line that is not."""
    if len(words) < 2 or not all(text[start].isupper() or text[start:end] == "s" for start, end in words):
        return False
    return _IN_SMALL.search(text[words[-1][1] :].partition("\n")[0]) is not None


def suspicion(word: WordScore) -> float:
    """Return the probability that a word is wrong beside the other side: the lesser of garbled and edited."""
    return min(word.p_bad, word.p_edited)
