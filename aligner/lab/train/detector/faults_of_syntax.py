"""Faults that need parts of speech and heads: order, auxiliaries, small words, as a parse shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from aligner.lab.train.detector.context import Context, Tokens
from aligner.lab.train.detector.faults_of_inflection import agreement, pronoun, verb_form
from aligner.lab.train.detector.parses import SyntaxKind, Tags, candidates, children, phrase, swapped
from aligner.lab.train.detector.tokens import Token, faulty
from aligner.lab.train.detector.word_statistics import folded

SAYING = frozenset(
    """
    say said says add added adds ask asked reply replied explain explained tell told write wrote report
    reported
    """.split()
)


def adjective_moved(tokens: Tokens, tags: Tags, context: Context) -> Tokens | None:
    """Put an adjective where the other language has it: behind its noun in English, before it in French."""
    english = context.language == "en"
    for i in candidates(tokens, tags, context, lambda tag: tag.upos == "ADJ" and tag.relation == "amod"):
        noun = i + 1 if english else i - 1
        if tags[i].head != noun or not 0 < noun < len(tokens) or tags[noun].upos != "NOUN":
            continue
        if not english and (
            len(tokens[i].text) < 6 or not context.noticeable(tokens[noun - 1], tokens[i], tokens[noun])
        ):
            continue
        low = min(i, noun)
        reordered = swapped(tokens, low, low + 1, low + 2)
        if reordered:
            return [
                *reordered[:low],
                *(faulty(t, "word-order") for t in reordered[low : low + 2]),
                *reordered[low + 2 :],
            ]
    return None


def order(tokens: Tokens, tags: Tags, context: Context) -> Tokens | None:
    """Put a short subject behind its verb, or (English) a short phrase between verb and object."""
    for verb in candidates(tokens, tags, context, lambda tag: tag.upos == "VERB"):
        if tokens[verb].text.lower() in SAYING:
            continue
        objects = children(tags, verb, "obj")
        adjuncts = children(tags, verb, "obl", "advmod")
        if context.language == "en" and objects and adjuncts and context.rng.random() < 0.7:
            obj, adjunct = phrase(tags, objects[0]), phrase(tags, context.rng.choice(adjuncts))
            if obj and adjunct and obj[0] == verb + 1 and adjunct[0] == obj[1]:
                reordered = swapped(tokens, obj[0], obj[1], adjunct[1])
                if reordered:
                    return reordered
        subjects = children(tags, verb, "nsubj")
        subject = phrase(tags, subjects[0]) if subjects else None
        if subject and subject[0] > 0 and subject[1] <= verb and verb - subject[1] < 3:
            reordered = swapped(tokens, subject[0], subject[1], verb + 1)
            if reordered:
                return reordered
    return None


def clitic_moved(tokens: Tokens, tags: Tags, context: Context) -> Tokens | None:
    """Put an unstressed pronoun behind its verb (French), or an adverb before "not" and the like."""
    if context.language != "fr":
        return None
    clitics = frozenset("le la les lui leur en y se me te nous vous".split())
    for i in candidates(
        tokens,
        tags,
        context,
        lambda tag: tag.upos == "PRON" and tag.relation in ("obj", "iobj", "expl", "obl"),
    ):
        if folded(tokens[i].text) in clitics and i + 1 < len(tokens) and tags[i + 1].upos in ("VERB", "AUX"):
            reordered = swapped(tokens, i, i + 1, i + 2)
            if reordered:
                return reordered
    return None


def auxiliary_lost(tokens: Tokens, tags: Tags, context: Context) -> Tokens | None:
    """Drop an auxiliary or a copula that the clause needs."""
    for i in candidates(
        tokens, tags, context, lambda tag: tag.upos == "AUX" and tag.features.get("VerbForm") == "Fin"
    ):
        head = tags[i].head
        if not i < head < len(tokens) or tags[head].relation not in ("root", "ccomp", "conj", "advcl", "acl"):
            continue
        word = tokens[head].text.lower()
        regular = context.language == "en" and tags[i].relation == "aux" and word.endswith("ed")
        if regular or i + 1 >= len(tokens) or tokens[i].text.endswith(("'", "’")):
            continue
        remaining = [*tokens[:i], *tokens[i + 1 :]]
        for place in sorted({i, head - 1}):
            remaining[place] = faulty(remaining[place], "auxiliary")
        return remaining
    return None


def auxiliary_added(tokens: Tokens, tags: Tags, context: Context) -> Tokens | None:
    """Put an auxiliary before a finite verb, or a second one behind the first."""
    auxiliaries = {"fr": ("a", "est", "a été", "ont"), "en": ("is", "did", "has", "was", "have")}[
        context.language
    ]
    for i in candidates(
        tokens,
        tags,
        context,
        lambda tag: tag.features.get("VerbForm") == "Fin" and tag.upos in ("VERB", "AUX"),
    ):
        if not tokens[i].space or (
            tags[i].features.get("Tense") == "Past"
            and context.language == "en"
            and tokens[i].text.endswith("ed")
        ):
            continue
        is_auxiliary = tags[i].upos == "AUX"
        new = Token(context.rng.choice(auxiliaries), True, "auxiliary")
        if folded(new.text) == folded(tokens[i].text):
            continue
        position = i + 1 if is_auxiliary else i
        return [*tokens[:position], new, *tokens[position:]]
    return None


def function_word_lost(tokens: Tokens, tags: Tags, context: Context) -> Tokens | None:
    """Drop a determiner before its noun, or a preposition before its phrase."""
    for i in candidates(tokens, tags, context, lambda tag: tag.relation in ("det", "case", "mark")):
        if i + 1 >= len(tokens) or tokens[i].text.endswith(("'", "’")) or not tokens[i + 1].is_word:
            continue
        noun = tags[i].head
        if tags[i].relation == "det" and context.language == "en":
            single = (
                0 <= noun < len(tags)
                and tags[noun].upos == "NOUN"
                and tags[noun].features.get("Number") == "Sing"
            )
            if not single or tokens[i].text.lower() not in ("the", "a", "an"):
                continue
        if tags[i].relation == "mark" and context.language == "en":
            continue  # "that" may be left out
        if not context.noticeable(tokens[i - 1], None, tokens[i + 1], 0.5):
            continue
        fault = {"det": "determiner", "case": "preposition", "mark": "function-word"}[tags[i].relation]
        return [*tokens[:i], faulty(tokens[i + 1], fault), *tokens[i + 2 :]]
    return None


def determiner_doubled(tokens: Tokens, tags: Tags, context: Context) -> Tokens | None:
    """Put an article before another determiner: "the his", "le son"; or say a small word twice."""
    for i in candidates(tokens, tags, context, lambda tag: tag.upos in ("DET", "ADP")):
        if not tokens[i].space or tokens[i].text.endswith(("'", "’")):
            continue
        articles = {"fr": ("le", "la", "les", "un"), "en": ("the", "a")}[context.language]
        repeats = tags[i].upos == "ADP" or context.rng.random() < 0.3
        new = tokens[i].text.lower() if repeats else context.rng.choice(articles)
        extra = Token(new, True, "duplication" if repeats else "determiner")
        return [*tokens[:i], extra, replace(tokens[i], fault=extra.fault), *tokens[i + 1 :]]
    return None


SYNTAX: Mapping[str, tuple[SyntaxKind, float]] = {
    "adjective moved": (adjective_moved, 1.2),
    "order": (order, 1.8),
    "clitic moved": (clitic_moved, 0.5),
    "verb form": (verb_form, 3.5),
    "auxiliary lost": (auxiliary_lost, 1.5),
    "auxiliary added": (auxiliary_added, 1.2),
    "agreement": (agreement, 2.5),
    "pronoun": (pronoun, 0.8),
    "function word lost": (function_word_lost, 1.5),
    "determiner doubled": (determiner_doubled, 0.6),
}
"""Kinds by name, each with the weight it is drawn by."""


def corrupt_syntax(tokens: Tokens, tags: Tags, context: Context) -> Tokens:
    """Put one such fault into a sentence; unchanged if none of those drawn finds a place."""
    names, weights = list(SYNTAX), [weight for _, weight in SYNTAX.values()]
    for name in context.rng.choices(names, weights, k=6):
        corrupted = SYNTAX[name][0](list(tokens), tags, context)
        if corrupted:
            return corrupted
    return tokens
