"""Faults of single words: lost, added, exchanged for another, in another form, glued or misspelt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from aligner.lab.train.detector.context import Context, Kind, Tokens, at, drop, places
from aligner.lab.train.detector.tokens import Token, faulty, like
from aligner.lab.train.detector.word_statistics import folded
from aligner.lab.train.detector.wordlists import CONTRACTED_BACK, INSERTED, PREPOSITIONS
from aligner.model import Language


def dropper(words: Mapping[Language, frozenset[str]], fault: str, least: float = 0.0) -> Kind:
    """Return the kind that drops one of ``words``."""

    def kind(tokens: Tokens, context: Context) -> Tokens | None:
        targets = words[context.language]
        for i in places(tokens, context, lambda t: folded(t.text) in targets):
            shortened = drop(tokens, i, fault, context, least=least)
            if shortened:
                return shortened
        return None

    return kind


def drop_content(tokens: Tokens, context: Context) -> Tokens | None:
    """Drop one to three words in a row, as a lost link's text is; both edges of the gap are wrong."""
    count = context.rng.choice((1, 1, 2, 3))
    for i in places(tokens, context, lambda t: t.is_word and len(t.text) > 3):
        dropped = tokens[i : i + count]
        if i == 0 or len(dropped) < count or not all(t.is_word for t in dropped):
            continue
        shortened = drop(tokens, i, "omission", context, count)
        if shortened:
            shortened[i - 1] = faulty(shortened[i - 1], "omission")
            return shortened
    return None


def swap(
    tokens: Tokens, i: int, text: str, fault: str, context: Context, least: float = 0.0
) -> Tokens | None:
    """Put ``text`` at ``i``; None if that would not be noticed or changes nothing."""
    new = faulty(tokens[i], fault, like(text, tokens[i].text))
    if new.text == tokens[i].text or not context.noticeable(at(tokens, i - 1), new, at(tokens, i + 1), least):
        return None
    return [*tokens[:i], new, *tokens[i + 1 :]]


def swapper(table: Mapping[Language, Mapping[str, tuple[str, ...]]], fault: str, least: float = 0.0) -> Kind:
    """Return the kind that replaces a word by another one of its row in ``table``."""

    def kind(tokens: Tokens, context: Context) -> Tokens | None:
        rows = table[context.language]
        for i in places(tokens, context, lambda t: folded(t.text) in rows):
            replaced = swap(
                tokens, i, context.rng.choice(rows[folded(tokens[i].text)]), fault, context, least
            )
            if replaced:
                return replaced
        return None

    return kind


def preposition(tokens: Tokens, context: Context) -> Tokens | None:
    """Take another preposition."""
    prepositions = PREPOSITIONS[context.language]
    choices = sorted(w for w in prepositions if not w.endswith("'"))
    for i in places(tokens, context, lambda t: folded(t.text) in prepositions):
        replaced = swap(tokens, i, context.rng.choice(choices), "preposition", context, 0.4)
        if replaced:
            return replaced
    return None


def uncontracted(tokens: Tokens, context: Context) -> Tokens | None:
    """Leave "de le" for "du", "le avion" for "l'avion" (French only)."""
    if context.language != "fr":
        return None
    for i in places(
        tokens, context, lambda t: folded(t.text) in CONTRACTED_BACK or t.text.endswith(("'", "’"))
    ):
        short = folded(tokens[i].text)
        if short in CONTRACTED_BACK:
            first, second = CONTRACTED_BACK[short].split()
            pair = [
                faulty(tokens[i], "determiner", like(first, tokens[i].text)),
                Token(second, True, "determiner"),
            ]
            return [*tokens[:i], *pair, *tokens[i + 1 :]]
        full_forms = {
            "l'": context.rng.choice(("le", "la")),
            "d'": "de",
            "qu'": "que",
            "n'": "ne",
            "s'": "se",
            "j'": "je",
        }
        after = at(tokens, i + 1)
        if short in full_forms and after:
            new = faulty(tokens[i], "determiner", like(full_forms[short], tokens[i].text))
            return [*tokens[:i], new, replace(after, space=True), *tokens[i + 2 :]]
    return None


def insert_small(tokens: Tokens, context: Context) -> Tokens | None:
    """Add a small word that does not belong."""
    for i in places(tokens, context, lambda t: t.is_word):
        new = Token(context.rng.choice(INSERTED[context.language]), True, "addition")
        if i and context.noticeable(tokens[i - 1], new, tokens[i], 0.4):
            return [*tokens[:i], new, *tokens[i:]]
    return None


def one_letter_off(tokens: Tokens, context: Context) -> Tokens | None:
    """Put another word that differs by a letter lost, added, changed or exchanged with the next."""
    words, letters = context.statistics.common, "abcdefghijklmnoprstuvyéèêàç"
    for i in places(tokens, context, lambda t: len(t.text) > 3 and t.text.islower() and t.is_word):
        old = tokens[i].text
        k = context.rng.randrange(len(old) - 1)
        made_up = [old[:k] + old[k + 1 :], old[:k] + old[k + 1] + old[k] + old[k + 2 :]]
        made_up += [old[:k] + c + old[k + 1 :] for c in letters] + [old[:k] + c + old[k:] for c in letters]
        choices = [
            w
            for w in made_up
            if w != old and w in words and w not in context.statistics.families.get(old, ())
        ]
        if choices:
            replaced = swap(tokens, i, context.rng.choice(choices), "spelling", context, 0.8)
            if replaced:
                return replaced
    return None


def lexical(tokens: Tokens, context: Context) -> Tokens | None:
    """Put a word of like meaning, as text spinners do; one or two places at once."""
    similar = context.statistics.similar
    result: Tokens | None = None
    for i in places(tokens, context, lambda t: t.text.lower() in similar)[: context.rng.choice((3, 6))]:
        choice = context.rng.choice(similar[tokens[i].text.lower()])
        replaced = swap(result or tokens, i, choice, "lexical", context)
        if replaced:
            result = replaced
            if context.rng.random() < 0.6:
                break
    return result


def absurd(tokens: Tokens, context: Context) -> Tokens | None:
    """Put any common word where it has no business, in a form that the place does not ask for."""
    words = context.distractor
    for i in places(tokens, context, lambda t: t.is_word and len(t.text) > 3):
        pool = [t.text for t in words if t.is_word and len(t.text) > 3 and t.text.islower()]
        if pool:
            replaced = swap(tokens, i, context.rng.choice(pool), "lexical", context)
            if replaced:
                return replaced
    return None


def untranslated(tokens: Tokens, context: Context) -> Tokens | None:
    """Leave one to three words in the other language."""
    gloss = context.statistics.gloss
    count = context.rng.choice((1, 1, 2, 3))
    for i in places(tokens, context, lambda t: len(t.text) > 2 and folded(t.text) in gloss):
        mixed = list(tokens)
        translated_count = 0
        for j in range(i, min(i + count, len(mixed))):
            word = mixed[j].text
            left = gloss.get(folded(word), ())
            if left and left[0] != folded(word):
                mixed[j] = faulty(mixed[j], "untranslated", like(left[0], word))
                translated_count += 1
        if translated_count:
            return mixed
    return None


def back_translated(tokens: Tokens, context: Context) -> Tokens | None:
    """Translate a word out and back again by its second meaning, as a literal translation does."""
    gloss, back_gloss = context.statistics.gloss, context.other_statistics.gloss
    for i in places(tokens, context, lambda t: len(t.text) > 2 and folded(t.text) in gloss):
        word = folded(tokens[i].text)
        family = {word, *context.statistics.families.get(word, ())}
        meanings = [w for g in gloss[word] for w in back_gloss.get(g, ()) if w not in family]
        if meanings:
            replaced = swap(tokens, i, context.rng.choice(meanings), "lexical", context)
            if replaced:
                return replaced
    return None


def glued(tokens: Tokens, context: Context) -> Tokens | None:
    """Drop the space between two words."""
    for i in places(tokens, context, lambda t: t.is_word and len(t.text) > 1):
        right = at(tokens, i + 1)
        if right and right.is_word and right.space and not tokens[i].text.endswith(("'", "’")):
            return [*tokens[:i], faulty(tokens[i], "glued", tokens[i].text + right.text), *tokens[i + 2 :]]
    return None


def misspelt(tokens: Tokens, context: Context) -> Tokens | None:
    """Drop, double, exchange or replace a letter, or lose an accent."""
    rng = context.rng
    without_accents = str.maketrans("éèêàâîïôûùç", "eeeaaiiouuc")
    for i in places(tokens, context, lambda t: t.is_word and len(t.text) > 3 and t.text.islower()):
        word = tokens[i].text
        k = rng.randrange(1, len(word) - 1)
        vowel = rng.choice("aeiou") if word[k] in "aeiouéè" else rng.choice("bcdlmnprst")
        new = rng.choice(
            (
                word[:k] + word[k + 1 :],
                word[:k] + word[k] + word[k:],
                word[:k] + vowel + word[k + 1 :],
                word[:k] + word[k + 1] + word[k] + word[k + 2 :],
                word.translate(without_accents),
            )
        )
        if new != word and folded(new) not in context.statistics.words:
            return [*tokens[:i], faulty(tokens[i], "spelling", new), *tokens[i + 1 :]]
    return None


def unhyphenated(tokens: Tokens, context: Context) -> Tokens | None:
    """Drop the hyphens of a word: "a t il" (French only: English has many words both ways)."""
    if context.language != "fr":
        return None
    for i in places(tokens, context, lambda t: "-" in t.text.strip("-") and t.is_word):
        parts = tokens[i].text.split("-")
        pieces = [faulty(replace(tokens[i], space=True), "glued", part) for part in parts if part]
        pieces[0] = replace(pieces[0], space=tokens[i].space)
        return [*tokens[:i], *pieces, *tokens[i + 1 :]]
    return None
