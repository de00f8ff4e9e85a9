"""FLU406: sentences that do not read like correct French or English to the detector."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aligner.checks.accuracy._languages import borrowed_spans
from aligner.checks.base import article_check
from aligner.checks.fluency._named import is_in_title_case, is_name_or_group, is_named, is_of_names
from aligner.checks.fluency._notation import notation_spans, without_notation
from aligner.checks.fluency._peculiar import is_correct_after_all
from aligner.checks.suspects import (
    EVEN,
    GARBLED_SHARE,
    SENTENCE,
    SHORT,
    Passage,
    Thresholds,
    by_segment,
    in_segment,
    own,
    sentence_probabilities,
    wordings,
)
from aligner.lexicon.corrections import correction
from aligner.lexicon.dictionary import in_dictionary, is_word
from aligner.lexicon.function_words import word_set
from aligner.lexicon.morphology import readings
from aligner.lexicon.words import is_known
from aligner.model import OTHER, Context, Document, Hit, Language, Segment, WordScore
from aligner.text.words import WORD

THRESHOLDS = Thresholds(high=0.2, low=0.2)
"""Probability of a word from which it is pointed at in a sentence that is found garbled."""
MIN_PROBABILITY = 0.3
"""Probability of a sentence from which it is shown at all: below the threshold of a finding, a suspicion."""
MAJOR = 0.75
"""Probability from which a garbled sentence is major: .36 in 1,000 words of French and .24 of English news
that was kept back; in articles of dev passages, half of them garbled, nine in ten such findings are right."""
MAJOR_IF_ALONE = 0.9
"""The same in an article that is hardly garbled otherwise: of 49 sentences of published articles (ntrex,
cds-blog) that two readers judged, 18 of 24 from here on had a fault, 9 of 25 below."""
LEAST_LETTERS = 4
"""Letters of what is no word ("avoirt") and makes a sentence major from ``MAJOR`` on in any article: in 1.2
million words of news, of 23 such sentences below ``MAJOR_IF_ALONE`` all had a fault."""
LEAST_IN_SHORT, LEAST_ELSEWHERE = 0.75, 0.7
"""Probability from which a finding counts in a short sentence, and in a caption, a list or a line of verse:
there, correct words have strange neighbours too. From .95 to .7 elsewhere, 8 % more of the garbled titles and
captions are found, and no more of 3,300 correct passages nor, in 250,000 words of news, of whole lines."""
MAJOR_ELSEWHERE = 0.95
"""Probability from which a finding is major in a caption, a list or a line of verse."""
REPEATED = 3
"""Times that an article writes a word that no list has from which it is spelled so on purpose ("vaastu")."""
_MISSPELLED = frozenset(("glued", "spelling"))
_UNUSUAL = _MISSPELLED | {"confused"}
MAX_GAP = 6
"""Words between two suspect passages of a sentence up to which they are shown as one."""

_HAS = {
    "il": "a",
    "elle": "a",
    "on": "a",
    "ils": "ont",
    "elles": "ont",
    "nous": "avons",
    "vous": "avez",
}
_PARTICIPLE = frozenset(("pastpart", "masc", "sing"))
_ALSO_WITH_BE = word_set("entrer rentrer passer retourner descendre")
_BEFORE = re.compile(r"(?P<who>\w+) $")
_TWICE = re.compile(r"(?P<once>\b.+\b)\s+(?P=once)", re.IGNORECASE | re.DOTALL)


@article_check(
    "FLU406",
    "garbled",
    title={"en": "Garbled words", "fr": "Mots qui sonnent faux"},
    category="fluency",
    cause="translation",
    severity="major",
    explained_by=(
        "EXT",
        "ACC304",
        "ACC305",
        "ACC306",
        "ACC307",
        "ACC315",
        "FLU401",
        "FLU402",
        "FLU403",
        "FLU404",
        "FLU405",
        "FLU407",
        "FLU409",
        "LOC601",
        "TRM701",
        "TYP501",
    ),
    needs_detector=True,
    messages=wordings(
        garbled=("“{text}” does not read right.", "« {text} » ne se lit pas bien."),
        word_order=(
            "The words do not seem to be in the right order: “{text}”.",
            "Les mots ne semblent pas être dans le bon ordre : « {text} ».",
        ),
        determiner=(
            "A determiner (the, a, his …) seems to be missing, wrong or superfluous at “{text}”.",
            "Un déterminant (le, un, son…) semble manquer, être faux ou de trop : « {text} ».",
        ),
        preposition=(
            "A preposition seems to be missing, wrong or superfluous at “{text}”.",
            "Une préposition semble manquer, être fausse ou de trop : « {text} ».",
        ),
        function_word=(
            "A function word seems to be missing, wrong or superfluous at “{text}”.",
            "Un mot-outil semble manquer, être faux ou de trop : « {text} ».",
        ),
        auxiliary=(
            "A verb seems to be missing its auxiliary, or to have the wrong one: “{text}”.",
            "Un verbe semble avoir perdu son auxiliaire, ou en avoir un mauvais : « {text} ».",
        ),
        auxiliary_lost=(
            "A verb seems to be missing its auxiliary: “{text}” is used where “{expected}” is expected.",
            "Un verbe semble avoir perdu son auxiliaire : « {text} » là où l'on attend « {expected} ».",
        ),
        agreement=(
            "“{text}” does not seem to agree with the words around it.",
            "« {text} » ne semble pas s'accorder avec les mots voisins.",
        ),
        verb_form=(
            "The verb does not seem to have the right form or tense: “{text}”.",
            "Le verbe ne semble pas être à la bonne forme ou au bon temps : « {text} ».",
        ),
        lexical=(
            "“{text}” does not seem to be the right word here; it may be a literal translation.",
            "« {text} » ne semble pas être le mot juste ici ; c'est peut-être une traduction littérale.",
        ),
        untranslated=(
            "“{text}” seems to have been left in another language.",
            "« {text} » semble être resté dans une autre langue.",
        ),
        duplication=(
            "“{text}” seems to say something twice.",
            "« {text} » semble dire deux fois la même chose.",
        ),
        fragment=(
            "The sentence seems to be broken off, or put together from pieces, at “{text}”.",
            "La phrase semble interrompue, ou faite de morceaux, à « {text} ».",
        ),
        glued=(
            "Words seem to be run together or torn apart: “{text}”.",
            "Des mots semblent collés ou coupés : « {text} ».",
        ),
        addition=("“{text}” does not seem to belong here.", "« {text} » ne semble pas avoir sa place ici."),
        omission=(
            "Something seems to be missing at “{text}”.",
            "Il semble manquer quelque chose à « {text} ».",
        ),
        spelling=("“{text}” seems to be misspelled.", "« {text} » semble mal orthographié."),
        slip=(
            "“{text}” seems to be a slip for “{expected}”.",
            "« {text} » semble mis par erreur pour « {expected} ».",
        ),
        confused=(
            "“{text}” seems to be written for another word that looks or sounds like it.",
            "« {text} » semble mis pour un autre mot qui lui ressemble ou se prononce pareil.",
        ),
    ),
)
def garbled(document: Document, context: Context) -> Iterator[Hit]:
    """A sentence does not read like correct French or English.

    Finds: sentences that the detector, a small network that has read much news in both languages, takes for
        garbled when it reads the article alone: order, determiners, prepositions, auxiliaries, agreement,
        forms of verbs, words that do not fit. One finding a sentence, at its most suspect words; its
        confidence is the probability that the sentence is garbled, given how garbled the whole article seems.
        In an article that is hardly garbled otherwise, a sentence needs .9 to be major, else .75, as where
        what is pointed at is no word ("avoirt"); there,
        names and titles, and verbs in the plural for a team, are suspicions.
    Matters: it is what a reader notices first of a rough machine translation or a damaged copy, and
        rules do not catch it.
    Bad: Later he flinch judging by the comments.
    Good: Later he flinched, judging by the comments.
    False positives: verse, wordplay, old spelling, quoted speech, inversion and rare names; headlines count
        as minor. In captions, lists and short lines only what is sure counts. `--no-detector` does without.
    Measured: `aligner bench stories` and `aligner bench garbled` measure what is found, `bench checks`
        this check.
    """
    if not document.words:
        return
    segments = own(document.aligned_segments, document.language)
    # A phrase that the language took over ("maître d'hôtel") is as strange to the detector as a short form.
    spans = sorted(
        (
            *notation_spans(document.text, document.language),
            *borrowed_spans(document.text, OTHER[document.language]),
        )
    )
    own_words = [
        word for word in without_notation(document.words, spans) if not _is_only_rare(document, word)
    ]
    scored = [
        (segment, words)
        for segment, words in by_segment(own_words, segments)
        if words and not is_of_names(segment.text)
    ]
    probabilities = sentence_probabilities([words for _, words in scored], SENTENCE[document.language])
    garbled_sentences = sum(probability >= context.suspicion for probability in probabilities)
    for (segment, words), probability in zip(scored, probabilities, strict=True):
        if probability < MIN_PROBABILITY:
            continue
        other_garbled = garbled_sentences - (probability >= context.suspicion)
        major = MAJOR if other_garbled > GARBLED_SHARE * (len(scored) - 1) else MAJOR_IF_ALONE
        passages = [
            p for p in in_segment(words, segment, THRESHOLDS, _p_bad) if _is_readable(document, segment, p)
        ]
        if passages:
            known = major == MAJOR_IF_ALONE and GARBLED_SHARE * (len(scored) - 1) >= 1
            yield _hit(document, segment, _as_one(passages, words), probability, major, known=known)


def _p_bad(word: WordScore) -> float:
    return word.p_bad


def _is_readable(document: Document, segment: Segment, passage: Passage) -> bool:
    """Return whether a passage has words (marks alone are for other checks) and is no known peculiarity."""
    has_words = WORD.search(document.text, passage.start, passage.end) is not None
    return has_words and not is_correct_after_all(document, segment, passage)


def _is_only_rare(document: Document, word: WordScore) -> bool:
    """Return whether a word looks glued but is in the dictionary, or is a term that the article repeats."""
    if word.type not in _UNUSUAL or word.p_bad < THRESHOLDS.low:
        return False
    surface = document.text[word.start : word.end]
    if word.type == "glued" and len(surface) >= SHORT and in_dictionary(surface, document.language):
        return True
    may_be_term = surface[:1].isupper() or (word.type != "glued" and surface.isalpha())
    return (
        may_be_term
        and document.text.count(surface) >= REPEATED
        and not is_known(surface.lower(), document.language)
    )


def _as_one(passages: Sequence[Passage], words: Sequence[WordScore]) -> Passage:
    """Return the likeliest passage of a sentence, together with those near it."""
    likeliest = max(passages, key=lambda passage: passage.probability)
    start, end = likeliest.start, likeliest.end
    for passage in passages:
        gap_words = [
            w for w in words if min(end, passage.end) <= w.start and w.end <= max(start, passage.start)
        ]
        if len(gap_words) <= MAX_GAP:
            start, end = min(start, passage.start), max(end, passage.end)
    return likeliest._replace(start=start, end=end)


def _is_doubtful(document: Document, segment: Segment, passage: Passage, *, clean: bool) -> bool:
    """Return whether a passage may be a headline or a name, and is in no garbled text."""
    is_name = is_named(document.text, segment, passage)
    title = segment.role == "title" or is_in_title_case(document.text, passage)
    if title or (is_name and (passage.probability < MAJOR_IF_ALONE or passage.type in _MISSPELLED)):
        return True
    return clean and is_name_or_group(document, segment, passage)


def _hit(
    document: Document,
    segment: Segment,
    passage: Passage,
    probability: float,
    major: float,
    *,
    known: bool,
) -> Hit:
    start, end = passage.start, passage.end
    text = document.text[start:end]
    key, values, suggestion = passage.type, {"text": text}, None
    if key not in garbled.messages:
        key = "garbled"
    if key == "auxiliary" and (expected := _with_auxiliary(document, start, text, document.language)):
        key, values, suggestion = "auxiliary-lost", {"text": text, "expected": expected}, expected
    elif expected := correction(text, document.language):
        key, values, suggestion = "slip", {"text": text, "expected": expected}, expected
    elif key == "spelling" and all(is_known(word, document.language) for word in WORD.findall(text)):
        key = "confused"
    elif key == "duplication" and (repetition := _TWICE.fullmatch(text)):
        suggestion = repetition["once"]
    least = 0.0 if passage.sentence >= SHORT else LEAST_IN_SHORT if passage.sentence else LEAST_ELSEWHERE
    if probability < least and not (key == "duplication" and suggestion):
        probability = min(probability, EVEN)  # a suspicion
    if known and is_name_or_group(document, segment, passage):
        probability = min(probability, EVEN)
    if passage.sentence:
        least_major = MAJOR if _has_no_word(text, document.language) else major
    else:
        least_major = max(major, MAJOR_ELSEWHERE)
    doubtful = probability < least_major or _is_doubtful(
        document, segment, passage._replace(probability=probability), clean=major == MAJOR_IF_ALONE
    )
    return Hit(
        key,
        start,
        end,
        values=values,
        severity="minor" if doubtful else "major",
        confidence=round(probability, 2),
        suggestion=suggestion,
    )


def _has_no_word(text: str, language: Language) -> bool:
    """Return whether a text has letters that are no word of either language, and no name."""
    words = (
        word
        for word in WORD.findall(text)
        if word.isalpha() and word.islower() and len(word) >= LEAST_LETTERS
    )
    return any(
        not (is_word(word, language) or is_word(word, OTHER[language]) or readings(word, language))
        for word in words
    )


def _with_auxiliary(document: Document, start: int, text: str, language: Language) -> str | None:
    """Return a bare participle with its auxiliary, where the pronoun before it decides which."""
    before = _BEFORE.search(document.text, max(0, start - 8), start)
    auxiliary = _HAS.get(before["who"].lower()) if before and language == "fr" else None
    return f"{auxiliary} {text}" if auxiliary and _goes_with_have(text) else None


def _goes_with_have(text: str) -> bool:
    """Return whether a French word is the plain participle of a verb whose auxiliary is "avoir".

    Those of "être" agree with more than is known here.
    """
    participles = [reading for reading in readings(text, "fr") if reading.tags >= _PARTICIPLE]
    with_be = any("être" in r.tags or r.lemma in _ALSO_WITH_BE for r in participles if r.lemma != "être")
    return bool(participles) and not with_be
