"""Clauses that are not whole: finite verbs counted against the words that open a clause.

Everything is read from the tags of the detector, the lexicon and a few function words. A sentence has a
finite verb of its own, and one more for each word that opens a subordinate clause (``OPENERS``); between two
finite verbs something joins them. Most faults need a witness too, a word of the sentence that the detector
suspects a little (``Fault.witness``): news knows sentences without a verb, and tags may be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from aligner.checks.fluency._runs import has_verb_after_object, is_notice, is_participle_of_be
from aligner.checks.fluency._terms import Word, is_adverb
from aligner.lexicon.function_words import word_set
from aligner.model import Language

SURE, DOUBTFUL = 0.9, 0.9
"""Probability of a part of speech from which a verb is one, and from which another word is none."""
MIN_WORDS = 6
"""Words and marks of a sentence from which it must have a verb."""

OPENERS: Mapping[Language, frozenset[str]] = {
    "fr": word_set("qui dont où lorsque lorsqu' puisque puisqu' quand"),
    "en": word_set("which who whose because although whereas"),
}
"""Words that call for a finite verb of their own."""
_JOINTS = word_set(
    "qui que qu' quoi dont où lequel laquelle lesquels lesquelles duquel auquel desquels desquelles auxquels "
    "auxquelles quel quelle quels quelles combien comment pourquoi quand lorsque lorsqu' puisque puisqu' "
    "comme "
    "si s' et ou ni mais car or donc quiconque soit voire sinon quoique quoiqu' jusqu' tellement tant"
)
"""Words of French that join two clauses ("je ne dormais plus tellement c'était dur")."""
_CORRELATIVES = word_set("plus moins mieux autant tel telle tels telles tant")
"""Words of which one opens each of two clauses: "plus la pente est raide plus le vent est fort"."""
_QUOTES = frozenset("«»\"“”‘’'")
_SEPARATORS = _QUOTES | frozenset(":;?!…—–-/()[]|•")
"""Marks that set pieces of a sentence apart: what is between them may have no verb."""
_BEGINS_CLAUSE: Mapping[Language, frozenset[str]] = {
    "fr": word_set("si"),
    "en": word_set("if when while unless until whenever"),
}
"""Words that open a clause where they open a sentence."""
_NOMINAL = word_set("un une des autant encore")
"""Words of French that begin a noun with its relative clause, alone: "Une décision qui étonne"."""
_NEVER_ALONE = word_set("although unless whereas")
_OWNED: Mapping[Language, frozenset[str]] = {
    "fr": word_set("où"),
    "en": word_set("whose where"),
}
"""Words that a subject of its own follows."""
_SOME = word_set(
    "un une plusieurs certains certaines beaucoup l'un l'une moitié notamment plus seulement même"
)
_NO_BEGINNING: Mapping[Language, frozenset[str]] = {
    "fr": word_set("pas et mais ou ni surtout même de seul seule pour sans comme non ceci cela ce"),
    "en": word_set("to and but or just not no so also even only how why what this my oh thanks sorry"),
}
"""Words that begin a sentence without a verb in careful prose, too."""
_SAYING: Mapping[Language, frozenset[str]] = {
    "fr": word_set(
        "dire affirmer assurer annoncer expliquer indiquer préciser ajouter souligner estimer déclarer "
        "confier raconter reconnaître rappeler noter résumer regretter déplorer conclure juger espérer "
        "lancer rapporter insister répondre avertir prévenir critiquer dénoncer écrire commenter "
        "poursuivre relever témoigner avouer admettre confirmer promettre plaider soupirer sourire "
        "reprendre glisser observer constater détailler révéler apprendre croire penser craindre lire"
    ),
    "en": word_set(
        "say announce report tell add warn confirm claim note state learn declare reveal know show argue "
        "think believe hope hear find suggest predict write insist acknowledge admit concede reiterate "
        "stress deny agree decide call accuse explain recall ask reply answer joke continue"
    ),
}
_LETTERS = re.compile(r"[^\W\d_][\w-]{4,}")
_SUBJECT = frozenset(("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM"))
"""Parts of speech that begin a subject after a verb of saying."""
_WITH_VERB: Mapping[Language, frozenset[str]] = {
    "fr": word_set("ne n' pas plus se s' me m' y en l' le la les lui leur nous vous"),
    "en": word_set("not n't also never always now still already then"),
}
"""Words between a subject and its verb that belong to the verb."""
_OF = word_set("de d' du des")
_RELATIVE_BEGINNING = word_set("whose whom")
_BY = word_set("in of for at by from to during with on under through")
_WITHOUT_SUBJECT = word_set("turns goes seems sounds looks serves depends beats says makes comes remains")
"""Verbs of English that begin a sentence in chat: "Turns out it was him"."""
_HAS = word_set("a ont avait avaient")
"""Verbs of French that a sentence does not begin with; others may, with their subject behind them."""


class Fault(NamedTuple):
    """A fault of a sentence: a key of the messages, the first and last word to point at.

    ``witness`` is the probability of being garbled that some word of the sentence must have.
    """

    key: str
    first: int
    last: int
    witness: float


def faults(words: Sequence[Word], language: Language, doubt: float) -> Iterator[Fault]:
    """Yield what is wrong with the clauses of a sentence that has its tags, begins and ends as one does.

    ``doubt`` is the highest probability of a word of it to be garbled.
    """
    for rule in _RULES[language]:
        if doubt >= _LEAST_WITNESS_OF_OTHERS or rule in _WITHOUT_WITNESS:
            yield from (fault for fault in rule(words, language) if doubt >= fault.witness)


def _is_mark(word: Word) -> bool:
    return not any(map(str.isalnum, word.text))


def _may_be_finite(word: Word, language: Language) -> bool:
    """Return whether the lexicon lets a word be a finite verb; words that it has not may be anything."""
    if not word.possible or word.lower.endswith(("n't", "n’t")):
        return word.tag.pos in ("VERB", "AUX")
    if language == "fr":
        return any({"verb", "fin"} <= reading.tags for reading in word.possible)
    return any(
        "modal" in reading.tags
        or ("verb" in reading.tags and reading.tags.isdisjoint(("pastpart", "prespart")))
        for reading in word.possible
    )


def _is_finite(word: Word, language: Language) -> bool:
    is_verb = word.tag.pos in ("VERB", "AUX") and "VerbForm=Fin" in word.tag.features
    return is_verb and (word.lower.startswith("'") or _may_be_finite(word, language))


def could_be_finite(word: Word, language: Language) -> bool:
    if word.lower.endswith(("n't", "n’t")):
        return True
    form = word.tag.features.partition("VerbForm=")[2]
    if word.tag.pos in ("VERB", "AUX") and (form.startswith("Fin") or (not form and word.tag.pos == "AUX")):
        return True
    if not word.possible and word.lower == word.text and _LETTERS.fullmatch(word.text):
        return True  # in no lexicon: it may be anything
    return word.tag.confidence < DOUBTFUL and _may_be_finite(word, language)


def _no_verb(words: Sequence[Word], language: Language) -> Iterator[Fault]:
    """Yield a sentence that lacks its finite verb, or whose clauses lack one."""
    if len(words) < MIN_WORDS or any(word.text[:1] in _SEPARATORS or "..." in word.text for word in words):
        return
    opened = [
        i for i, word in enumerate(words) if _opens(word, i, language) and not _is_of_phrase(words[i : i + 2])
    ]
    verbs = sum(could_be_finite(word, language) for word in words)
    if verbs > len(opened) or words[0].lower in _NO_BEGINNING[language] or words[0].tag.pos == "ADJ":
        return
    last = len(words) - 2
    if language == "fr" and not opened and has_verb_after_object(words):
        return
    if not verbs and not opened:
        has_subject = any(word.tag.relation == "nsubj" for word in words)
        # French journalism is fond of sentences without a verb.
        if has_subject or (language == "en" and not is_notice(words)):
            yield Fault("no-verb", 0, last, 0.2)
    elif opened and verbs == len(opened):
        if words[0].lower in _NOMINAL:
            return
        is_never_alone = words[0].lower in _NEVER_ALONE and words[1].tag.pos in _SUBJECT
        witness = 0.02 if is_never_alone else 0.1
        yield Fault("no-main-verb" if opened[0] else "clause-alone", 0, min(opened[-1] + 1, last), witness)
    else:
        yield Fault("no-verb", 0, last, 0.1)


def _opens(word: Word, place: int, language: Language) -> bool:
    """Return whether a word calls for a finite verb of its own."""
    return word.lower in OPENERS[language] or (place == 0 and word.lower in _BEGINS_CLAUSE[language])


def _is_of_phrase(words: Sequence[Word]) -> bool:
    """Return whether a word opens a clause that has no verb: "because of", "dont un", "dont 20 %"."""
    return any(
        word.lower == "of" or word.tag.pos in ("NUM", "PROPN") or word.lower in _SOME for word in words[1:]
    )


def is_joint(word: Word) -> bool:
    return word.lower.replace("’", "'") in _JOINTS or word.tag.pos in ("SCONJ", "CCONJ")


def _run_together(words: Sequence[Word], language: Language) -> Iterator[Fault]:
    """Yield two finite verbs of French with no mark or joining word between them, nor one before both."""
    allowed, verbs, before = 1, 0, -1
    is_separate = True
    for i, word in enumerate(words):
        if _is_mark(word):
            allowed, before = allowed + (not is_separate), -1
        elif is_joint(word) or (word.lower in _CORRELATIVES and words[0].lower in _CORRELATIVES):
            allowed, before = allowed + 1, -1
        elif (
            _is_finite(word, language)
            and word.tag.confidence >= SURE
            and not (_may_be_epithet(words, i) or is_adverb(words, i))
        ):
            verbs += 1
            if before >= 0 and verbs > allowed and _are_apart(words, before, i):
                yield Fault("run-together", before, i, 0.1)
                return
            before = i
        is_separate = _is_mark(word)


def _may_be_epithet(words: Sequence[Word], place: int) -> bool:
    """Return whether a verb may be a noun or an adjective: "le public cible"."""
    behind_noun = place > 0 and words[place - 1].tag.pos == "NOUN"
    return behind_noun and any(
        not reading.tags.isdisjoint(("noun", "adj")) for reading in words[place].possible
    )


def _are_apart(words: Sequence[Word], first: int, second: int) -> bool:
    """Return whether two verbs are no inversion ("a-t-il"), no "il y a", no "côté est", and not one form."""
    if second - first < 2 or words[first + 1].start == words[first].end + 1 == words[first].end:
        return False
    is_il_y_a = "y" in (words[max(first - 1, 0)].lower, words[second - 1].lower)
    following = words[second + 1 : second + 2]
    is_compass = words[second].lower == "est" and words[second - 1].tag.pos in ("NOUN", "PROPN")
    if is_compass and any(word.tag.pos == "ADP" or word.lower in _OF or _is_mark(word) for word in following):
        return False
    return not is_il_y_a and not any(word.text.startswith("-") for word in words[first:second])


def _no_subject(words: Sequence[Word], language: Language) -> Iterator[Fault]:
    """Yield the beginning of a sentence that is a verb in the third person, no question and no order."""
    word = words[0]
    if words[-1].text != "." or len(words) < 4 or not _is_finite(word, language):
        return
    if word.tag.confidence < SURE:
        return
    if language == "en":
        tags = [item.tags for item in word.possible if "verb" in item.tags]
        orders = any(not item.isdisjoint(("base", "pastpart")) for item in tags)
        idiom = word.lower in _WITHOUT_SUBJECT
        if tags and not orders and not idiom and not _is_mark(words[1]):
            yield Fault("no-subject", 0, 1, 0.1)
    elif word.lower in _HAS and words[1].tag.pos in ("VERB", "ADV"):
        yield Fault("no-subject", 0, 1, 0.05)


def _comma(words: Sequence[Word], language: Language) -> Iterator[Fault]:
    """Yield a subject that a lone comma separates from the verb right behind it."""
    index_by_start = {word.start: i for i, word in enumerate(words)}
    for i, word in enumerate(words):
        head = index_by_start.get(word.tag.head, -1)
        if word.tag.relation != "nsubj" or word.tag.confidence < 0.8 or head <= i + 1:
            continue
        verb = head
        while verb > i + 1 and (
            words[verb - 1].tag.pos == "AUX" or words[verb - 1].lower in _WITH_VERB[language]
        ):
            verb -= 1
        inner = words[i + 1 : verb]
        is_verb = _is_finite(words[verb], language) and not _is_participle(words[verb])
        if not inner or inner[-1].text != "," or not is_verb or _is_apposition(words, verb, language):
            continue
        is_said = is_of_saying(words[head], language) and words[head + 1].tag.pos in _SUBJECT
        if _is_plain(words, i, inner, language) and not is_said:
            yield Fault("comma", i, verb, 0.1 if language == "en" else 0.04)
            return


def _is_plain(words: Sequence[Word], subject: int, inner: Sequence[Word], language: Language) -> bool:
    """Return whether a subject opens its sentence, with nothing but its own words up to its comma."""
    begins = words[0].tag.pos != "ADP" and not any(map(_is_mark, words[:subject]))
    if words[subject].tag.pos not in ("NOUN", "PROPN") or not begins:
        return False
    modifiers = inner[:-1]
    if any(
        _is_mark(word) or word.tag.pos == "CCONJ" or word.tag.relation in ("conj", "appos")
        for word in modifiers
    ):
        return False
    return not any(could_be_finite(word, language) for word in modifiers) or any(
        word.tag.pos == "PRON" and "Rel" in word.tag.features for word in modifiers
    )


def _is_participle(word: Word) -> bool:
    return any("pastpart" in reading.tags for reading in word.possible) and word.tag.confidence < SURE


def _is_apposition(words: Sequence[Word], verb: int, language: Language) -> bool:
    """Return whether a participle begins what a comma ends before another verb: ", shut since, reopens"."""
    participle = any("pastpart" in reading.tags for reading in words[verb].possible)
    end = next((k for k in range(verb + 1, len(words) - 1) if _is_mark(words[k])), 0)
    return participle and end > 0 and words[end].text == "," and could_be_finite(words[end + 1], language)


def is_of_saying(word: Word, language: Language) -> bool:
    return any(reading.lemma in _SAYING[language] for reading in word.possible)


def _relative_without_verb(words: Sequence[Word], language: Language) -> Iterator[Fault]:
    """Yield a relative clause that has no verb before the main verb behind its comma."""
    owned = _OWNED[language]
    for i, word in enumerate(words):
        if word.lower not in owned or i == 0 or _is_of_phrase(words[i : i + 2]):
            continue
        end = next((k for k in range(i + 1, len(words)) if _is_mark(words[k])), len(words))
        if end + 1 >= len(words) or words[end].text != "," or end - i < 3:
            continue
        verb = words[end + 1]
        is_main = _is_finite(verb, language) and verb.tag.confidence >= SURE and not _is_participle(verb)
        subject = words[i + 1].tag.pos in ("DET", "NOUN", "ADJ") or word.lower == "whose"
        if is_main and subject and not any(could_be_finite(inner, language) for inner in words[i + 1 : end]):
            yield Fault("no-main-verb", i, end + 1, 0.0)


def _object_comma(words: Sequence[Word], language: Language) -> Iterator[Fault]:
    """Yield a verb that a lone comma separates from the object right behind it."""
    index_by_start = {word.start: i for i, word in enumerate(words)}
    for i, word in enumerate(words):
        head = index_by_start.get(word.tag.head, -1)
        if word.tag.relation != "obj" or word.tag.confidence < SURE or not 0 <= head < i - 1:
            continue
        opening = words[head + 2 : i]
        is_plain = words[head + 1].text == "," and all(
            item.tag.pos in ("DET", "ADJ", "NUM") for item in opening
        )
        if not is_plain or not opening or opening[0].tag.pos != "DET" or words[head].tag.pos != "VERB":
            continue
        if is_participle_of_be(words, head):
            continue  # "elle est enchevêtrée, un enchaînement de styles"
        mark_count = sum(item.text in (",", "–", "—", ":") for item in words)
        if not is_of_saying(words[head], language) and mark_count == 1:
            yield Fault("object-comma", head, i, 0.02)


def _relative_alone(words: Sequence[Word], language: Language) -> Iterator[Fault]:
    """Yield the beginning of a sentence that is a relative pronoun, and no question."""
    if words[-1].text != ".":
        return
    first = 1 if words[0].lower in ("but", "and") and len(words) > 1 else 0
    word = words[first]
    begins = word.lower in _RELATIVE_BEGINNING or (first and word.lower == "which")
    follows = first + 1 < len(words) and word.lower in _BY and words[first + 1].lower in ("which", "whom")
    if (begins and not any(item.text in ("?", ",") for item in words)) or (follows and not first):
        last = first + 1
        yield Fault("clause-alone", 0, last, 0.0)


Rule = Callable[[Sequence[Word], Language], Iterator[Fault]]
_RULES: Mapping[Language, Sequence[Rule]] = {
    "fr": (_no_verb, _relative_without_verb, _run_together, _no_subject, _comma, _object_comma),
    "en": (_no_verb, _relative_without_verb, _no_subject, _comma, _object_comma, _relative_alone),
}
_WITHOUT_WITNESS = (_relative_without_verb, _relative_alone)
_LEAST_WITNESS_OF_OTHERS = 0.02
