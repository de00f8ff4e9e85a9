"""Subjects that do not agree with their verb or predicate, however far apart, by the tree of the detector.

A rule of ``_grammar`` sees words that follow each other; here the detector says which noun is the subject of
which predicate, and the lexicon what both may be. Nothing is said where the tree may be wrong: all that is
between subject and verb must belong to one of the two (``_belongs``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from aligner.checks.fluency._rules import words_named
from aligner.checks.fluency._terms import FEATURES, Word, values_of
from aligner.lexicon.function_words import word_set
from aligner.model import Language

_SURE = 0.8
"""Probability of a part of speech from which it is believed."""
_FURTHEST = 25
"""Words from a subject to its verb."""
_DEEPEST = 12
"""Heads from a word up to its subject or verb; the heads of a detector may run in a circle."""
_NOUN_PHRASE = 5
"""Words from the beginning of a subject to its noun, about."""
_OF_VERB = frozenset(
    ("advmod", "punct", "aux", "cop", "iobj", "obj", "expl", "obl", "nmod", "acl", "conj", "cc")
)
"""Relations of what is between a subject and its verb and belongs to the verb."""
_AND: Mapping[Language, frozenset[str]] = {
    "fr": word_set("et ou ni & ainsi comme avec voire sinon plus mais"),
    "en": word_set("and or nor & with plus as but like including along together besides rather than"),
}
"""Words that add to a subject, so that its number is open."""
_PREPOSITIONS: Mapping[Language, frozenset[str]] = {
    "fr": word_set("de d' du des à au aux en par pour sur dans entre chez contre"),
    "en": word_set("of in for by from to on at with between against"),
}
_OPEN: Mapping[Language, frozenset[str]] = {
    "fr": word_set(
        "% sien sienne siens siennes mien mienne miens miennes nôtre nôtres vôtre vôtres quel quelle quels "
        "quelles que qu' si chaque chacun chacune un une plus moins quelque beaucoup nombre tel telle"
    ),
    "en": word_set("% more less one each every half none any no all most many what which that"),
}
"""Words before or in a subject that leave its number open, or make the verb agree with something else."""
_ARTICLES = word_set("un une")
_OPENERS: Mapping[Language, frozenset[str]] = {
    "fr": word_set("que qu' mais car où si comme quand puisque lorsque lorsqu' parce dont or donc alors"),
    "en": word_set("that but because where if as when while since although though whether so after before"),
}
"""Words behind which a subject begins."""
_OF_OBJECT: Mapping[Language, frozenset[str]] = {
    "fr": word_set("que qu' dont où lesquels lesquelles laquelle lequel"),
    "en": word_set("that which whom whose where"),
}
"""Words that begin a clause with another subject."""
_PRONOUNS: Mapping[Language, frozenset[str]] = {
    "fr": word_set("il elle on ils elles je j' tu ce c' ça cela"),
    "en": word_set("he she it they we i you there"),
}
"""Words that are a subject themselves."""
_MARKS = frozenset((",", "-"))
_COPULAS = frozenset(("rester", "devenir", "demeurer", "sembler", "paraître"))
_REFLEXIVE_COPULAS = frozenset(
    ("dire", "montrer", "révéler", "avérer", "déclarer", "sentir", "annoncer", "juger")
)
_NO_OBJECT = frozenset(("ADP", "ADP+DET", "ADV", "ADJ", "CCONJ", "PUNCT"))
"""Parts of speech behind a verb that has no object there."""
_FINITE: Mapping[Language, frozenset[str]] = {
    "fr": frozenset(("verb", "fin", "3")),
    "en": frozenset(("verb",)),
}


class Disagreement(NamedTuple):
    """A subject and the word that does not agree with it, by their places, and the feature."""

    subject: int
    word: int
    feature: str


@dataclass(frozen=True, slots=True)
class _Tree:
    """The words of a sentence with the place of the head of each (its own for a root or an unknown one)."""

    words: Sequence[Word]
    heads: Sequence[int]
    language: Language

    def children(self, place: int) -> list[int]:
        return [i for i, head in enumerate(self.heads) if head == place != i]

    def is_below(self, place: int, top: int, stop: int) -> bool:
        """Return whether the heads of a word lead to ``top`` before ``stop``."""
        for _ in range(_DEEPEST):
            if place in (top, stop) or self.heads[place] == place:
                break
            place = self.heads[place]
        return place == top

    def chain(self, place: int, stops: Sequence[int]) -> int:
        """Return the last of the heads of a word before one of ``stops``; -1 if they lead elsewhere."""
        for _ in range(_DEEPEST):
            if self.heads[place] in stops:
                return place
            place = self.heads[place]
        return -1


def disagreements(words: Sequence[Word], language: Language) -> Iterator[Disagreement]:
    """Yield what does not agree with its subject in a sentence that has its tags."""
    index_by_start = {word.start: i for i, word in enumerate(words)}
    tree = _Tree(words, [index_by_start.get(word.tag.head, i) for i, word in enumerate(words)], language)
    for subject, word in enumerate(words):
        if word.tag.relation == "nsubj" and word.tag.pos == "NOUN" and word.tag.confidence >= _SURE:
            predicate = tree.heads[subject]
            verb = _verb(tree, subject, predicate)
            if verb is not None and _is_plain(tree, subject, verb, predicate):
                yield from _in_clause(tree, subject, verb, predicate)


def _verb(tree: _Tree, subject: int, predicate: int) -> int | None:
    """Return the place of the finite verb of a predicate behind its subject, if it is certain."""
    if not subject < predicate <= subject + _FURTHEST:
        return None
    children = tree.children(predicate)
    if [i for i in children if tree.words[i].tag.relation == "nsubj"] != [subject]:
        return None
    before = [i for i in children if tree.words[i].tag.relation in ("aux", "cop") and subject < i < predicate]
    verb = min(before, default=predicate)
    word = tree.words[verb]
    is_verb = word.tag.pos in ("VERB", "AUX") and word.tag.confidence >= _SURE
    finite_tags = _FINITE[tree.language]
    return verb if is_verb and any(finite_tags <= reading.tags for reading in word.readings) else None


def _is_plain(tree: _Tree, subject: int, verb: int, predicate: int) -> bool:
    """Return whether a subject has one number, and all between it and its verb belongs to one of both."""
    words, language = tree.words, tree.language
    phrase = [i for i in range(subject) if tree.is_below(i, subject, predicate)]
    first = min(phrase, default=subject)
    if first == subject or phrase != [*range(first, subject)] or words[first].tag.pos != "DET":
        return False
    if first and not _begins_clause(words[first - 1], language):
        return False
    if any(words[i].lower in _OPEN[language] - _ARTICLES or words[i].tag.pos == "NUM" for i in phrase):
        return False
    noun = words[subject]
    if (
        noun.text[:1].isupper()
        or any("num" in reading.tags for reading in noun.possible)  # "le neuf se vend mieux"
        or noun.lower in _OPEN[language]
        or _has_clause(words[subject + 1 : verb], language)
        or _has_nearer_subject(words[subject + 1 : verb])
    ):
        return False
    return all(_belongs(tree, i, subject, verb, predicate) for i in range(subject + 1, verb))


def _has_clause(inner: Sequence[Word], language: Language) -> bool:
    """Return whether a clause that may have taken the subject for itself is before the verb."""
    for i, word in enumerate(inner):
        if word.lower in _OF_OBJECT[language]:
            return True
        if "VerbForm=Fin" in word.tag.features and not any(w.lower in ("qui", "who") for w in inner[:i]):
            return True
    return False


def _has_nearer_subject(inner: Sequence[Word]) -> bool:
    """Return whether a noun behind an open comma has the verb: "les travaux, la maire les a suspendus"."""
    commas = [i for i, word in enumerate(inner) if word.text == ","]
    if len(commas) % 2 == 0:
        return False
    last = [word for word in inner[commas[-1] + 1 :] if word.tag.pos not in ("PRON", "ADV")]
    return bool(last) and last[0].tag.pos in ("DET", "PROPN") and last[-1].tag.pos in ("NOUN", "PROPN")


def _begins_clause(before: Word, language: Language) -> bool:
    """Return whether a subject may begin behind a word: a verb would have it for its object."""
    return not before.text[0].isalnum() or before.lower in _OPENERS[language]


def _belongs(tree: _Tree, place: int, subject: int, verb: int, predicate: int) -> bool:
    """Return whether a word between belongs to the subject, or closely to the verb."""
    words = tree.words
    word = words[place]
    if word.text in _MARKS:
        return True
    if not word.text[0].isalnum() or word.lower in _PRONOUNS[tree.language]:
        return False
    if tree.is_below(place, subject, predicate):
        return True
    top = tree.chain(place, (verb, verb + 1, predicate))
    return subject < top < verb and words[top].tag.relation in _OF_VERB


def _may_be_extended(tree: _Tree, subject: int, verb: int) -> bool:
    """Return whether something between may be added to the subject: "le maire et les élus"."""
    words, language = tree.words, tree.language
    for i in range(subject + 1, verb):
        if words[i].lower in _AND[language]:
            following = words[i + 1]
            of_same = following.lower in _PREPOSITIONS[language] or following.tag.pos in (
                "ADJ",
                "ADV",
                "VERB",
            )
            if words[i].lower not in ("et", "ou", "and", "or") or not of_same:
                return True
        if words[i].tag.relation in ("conj", "appos") and tree.heads[i] == subject:
            return True
    return False


def _may_be_subjunctive(words: Sequence[Word], subject: int, language: Language) -> bool:
    """Return whether an English clause may have its base form, as in "they ask that the letter be kept"."""
    before = words[max(0, subject - _NOUN_PHRASE) : subject]
    return language == "en" and any(word.lower in ("that", "if", "as", "though") for word in before)


def _has_second_subject(tree: _Tree, subject: int, verb: int, predicate: int) -> bool:
    """Return whether a second subject with a determiner of its own is joined to the first by "and"."""
    words = tree.words
    for i in range(subject + 1, verb - 1):
        is_joint = words[i].lower in ("et", "and") and words[i + 1].tag.pos == "DET"
        determiners = [k for k in range(subject + 1, i) if words[k].tag.pos in ("DET", "ADP+DET")]
        if not is_joint or determiners:  # "la lutte contre la pauvreté et l'exclusion"
            continue
        second = next((k for k in range(i + 2, min(i + 5, verb)) if words[k].tag.pos == "NOUN"), None)
        is_second = second is not None and words[second].tag.relation in ("conj", "nsubj")
        if second is not None and is_second and tree.heads[second] in (subject, predicate, verb):
            return True
    return False


def _in_clause(tree: _Tree, subject: int, verb: int, predicate: int) -> Iterator[Disagreement]:
    words, noun = tree.words, tree.words[subject]
    collective = words_named(tree.language, "collective") | words_named(tree.language, "group")
    is_many = any(name in collective for name in (noun.lower, *(reading.lemma for reading in noun.readings)))
    may_be_many = is_many or _may_be_extended(tree, subject, verb)
    number, verb_number = values_of(noun, FEATURES["number"]), _number_of_verb(words[verb], tree.language)
    if len(number) == 1 and verb_number and number.isdisjoint(verb_number):
        if ("plur" in number and not is_many) or not (
            may_be_many or _may_be_subjunctive(words, subject, tree.language)
        ):
            yield Disagreement(subject, verb, "verb")
            return
    elif verb_number == {"sing"} and _has_second_subject(tree, subject, verb, predicate):
        yield Disagreement(subject, verb, "verb")
        return
    if not may_be_many and tree.language == "fr":
        yield from _with_predicate(tree, subject, verb, predicate)


def _with_predicate(tree: _Tree, subject: int, verb: int, predicate: int) -> Iterator[Disagreement]:
    """Yield a participle or an adjective behind "être" or its like without the marks of its subject."""
    words, noun = tree.words, tree.words[subject]
    last = _predicate_word(tree, verb, predicate)
    kinds = [reading for reading in words[last].readings if not reading.tags.isdisjoint(("pastpart", "adj"))]
    reflexive = any(words[i].lower in ("se", "s'") for i in range(subject, verb))
    if (
        last == verb
        or {words[last].lower, noun.lower} & {"plein", "numéro"}  # "la numéro deux est arrivée"
        or (reflexive and kinds and "pastpart" in kinds[0].tags and _has_object(words, last))
        or not kinds
        or len(kinds) != len(words[last].readings)
    ):
        return
    has_name = words[subject + 1].text[:1].isupper()  # "l'écrivain Alice Walker s'est rendue"
    for feature in ("number",) if has_name else ("gender", "number"):
        subject_values, predicate_values = (
            values_of(noun, FEATURES[feature]),
            values_of(words[last], FEATURES[feature]),
        )
        if feature == "number" and len(subject_values) > 1:
            subject_values = values_of(words[verb], FEATURES[feature])
        if subject_values and predicate_values and subject_values.isdisjoint(predicate_values):
            yield Disagreement(subject, last, feature)
            return


def _predicate_word(tree: _Tree, verb: int, predicate: int) -> int:
    """Return the place of the word that agrees with the subject of a verb; that of the verb if none does."""
    words = tree.words
    if verb != predicate and not all(word.text[0].isalpha() for word in words[verb:predicate]):
        return verb
    if verb != predicate and not _is_be(words[verb:predicate]):
        return verb
    is_reflexive = words[verb - 1].lower in ("se", "s'")
    copulas = _REFLEXIVE_COPULAS if is_reflexive else _COPULAS
    alone = verb if verb == predicate else predicate
    if not any(reading.lemma in copulas for reading in words[predicate].readings):
        return alone
    last = predicate + 1
    while last < len(words) - 1 and words[last].tag.pos == "ADV":
        last += 1
    following = [word.tag.pos for word in words[last + 1 : last + 2]]
    if last == len(words) or words[last].text[:1].isupper() or following == ["NOUN"]:
        return alone  # "elle est devenue Premier ministre"
    if any("adv" in reading.tags for reading in words[last].possible):
        return alone
    return last if words[last].tag.pos in ("ADJ", "VERB") else alone


def _has_object(words: Sequence[Word], participle: int) -> bool:
    """Return whether a reflexive verb may have another object: "elle s'est cassé la jambe"."""
    if any(reading.lemma in words_named("fr", "oneself") for reading in words[participle].readings):
        return True
    return any(
        word.tag.pos not in _NO_OBJECT and word.lower not in words_named("fr", "days")
        for word in words[participle + 1 : participle + 2]
    )


def _is_be(words: Sequence[Word]) -> bool:
    """Return whether the words of a verb before a predicate are forms of "être"."""
    return words[-1].lower == "été" or any(reading.lemma == "être" for reading in words[0].readings)


def _number_of_verb(word: Word, language: Language) -> frozenset[str]:
    if language == "fr":
        return values_of(word, FEATURES["number"])
    numbers = set()
    for reading in word.readings:
        if "verb" not in reading.tags or word.lower.endswith(("n't", "n’t")):
            continue
        if not reading.tags.isdisjoint(("past", "pastpart", "modal")) and "fin" not in reading.tags:
            return frozenset()
        if "third" in reading.tags or "sing" in reading.tags:
            numbers.add("sing")
        elif "base" in reading.tags or "plur" in reading.tags:
            numbers.add("plur")
    return frozenset(numbers)
