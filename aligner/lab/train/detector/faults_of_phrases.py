"""Faults of runs of words: said twice, begun and left, cut, fused, or in the wrong place."""

from __future__ import annotations

from dataclasses import replace

from aligner.lab.train.detector.context import Context, Tokens, at, places
from aligner.lab.train.detector.tokens import Token, faulty, like, tokenise
from aligner.lab.train.detector.word_statistics import folded
from aligner.lab.train.detector.wordlists import AUXILIARIES, DETERMINERS, FALSE_STARTS, PREPOSITIONS


def repeated_word(tokens: Tokens, context: Context) -> Tokens | None:
    """Repeat one word."""
    for i in places(tokens, context, lambda t: t.is_word):
        return [*tokens[: i + 1], Token(tokens[i].text.lower(), True, "duplication"), *tokens[i + 1 :]]
    return None


def repeated_phrase(tokens: Tokens, context: Context) -> Tokens | None:
    """Repeat two to five words, the first time with another start or ending."""
    rng = context.rng
    count = rng.randint(2, 5)
    if len(tokens) < count + 4:
        return None
    start = rng.randrange(len(tokens) - count)
    phrase = tokens[start : start + count]
    copy = [faulty(replace(t, space=True) if k == 0 else t, "duplication") for k, t in enumerate(phrase)]
    if rng.random() < 0.5:
        similar = context.statistics.similar.get(copy[0].text.lower()) or context.statistics.families.get(
            copy[0].text.lower()
        )
        if similar:
            copy[0] = replace(copy[0], text=like(rng.choice(similar), copy[0].text))
    position = start + count if rng.random() < 0.6 else rng.randrange(1, len(tokens))
    if position < len(tokens) and not tokens[position].space:
        position = start + count
    return [*tokens[:position], *copy, *tokens[position:]]


def false_start(tokens: Tokens, context: Context) -> Tokens | None:
    """Begin, and begin anew with a capital: the words that lead nowhere are wrong."""
    rng = context.rng
    if rng.random() < 0.4:
        start = tokenise(rng.choice(FALSE_STARTS[context.language]), context.language)
    else:
        start = [replace(t, fault="") for t in context.distractor[: rng.randint(2, 5)]]
    if len(start) < 2 or len(tokens) < 6 or not tokens[0].text[:1].isupper():
        return None
    marked = [faulty(t, "fragment") for t in start]
    return [*marked, faulty(replace(tokens[0], space=True), "fragment"), *tokens[1:]]


def run_on(tokens: Tokens, context: Context) -> Tokens | None:
    """Break off, and go on with the start of another sentence, its capital in the middle."""
    rng = context.rng
    distractor = list(context.distractor)
    if len(tokens) < 8 or len(distractor) < 6:
        return None
    cut, take = rng.randrange(3, len(tokens) - 2), rng.randint(2, max(3, len(distractor) - 1))
    head, tail = list(tokens[:cut]), [replace(t, fault="") for t in distractor[:take]]
    if not head[-1].is_word:
        return None
    head[-1] = faulty(head[-1], "fragment")
    if rng.random() < 0.25:
        tail[0] = replace(tail[0], text=tail[0].text.lower())
    tail[0] = faulty(replace(tail[0], space=True), "fragment")
    follows = list(tokens[cut:]) if rng.random() < 0.5 else []
    if follows:
        follows[0] = faulty(replace(follows[0], space=True), "fragment")
    return [*head, *tail, *follows]


def cut_short(tokens: Tokens, context: Context) -> Tokens | None:
    """Stop in the middle, after a word that asks for another."""
    function_words = (
        AUXILIARIES[context.language] | DETERMINERS[context.language] | PREPOSITIONS[context.language]
    )
    for i in places(tokens, context, lambda t: folded(t.text) in function_words):
        if 3 < i < len(tokens) - 2:
            end = [tokens[-1]] if tokens[-1].text in ".!?" else []
            return [*tokens[:i], faulty(tokens[i], "fragment"), *end]
    return None


def exchanged(tokens: Tokens, context: Context) -> Tokens | None:
    """Exchange two neighbouring words."""
    for i in places(tokens, context, lambda t: t.is_word):
        right = at(tokens, i + 1)
        if not right or not right.is_word or right.fault or folded(right.text) == folded(tokens[i].text):
            continue
        texts = [
            like(right.text.lower() if i == 0 else right.text, tokens[i].text if i == 0 else "x"),
            tokens[i].text,
        ]
        if i == 0:
            texts[1] = texts[1].lower()
        pair = [faulty(tokens[i], "word-order", texts[0]), Token(texts[1], True, "word-order")]
        if texts[0].endswith(("'", "’")):
            continue
        if context.noticeable(at(tokens, i - 1), pair[0], pair[1], 0.3) or context.noticeable(
            pair[0], pair[1], at(tokens, i + 2)
        ):
            return [*tokens[:i], *pair, *tokens[i + 2 :]]
    return None


def moved(tokens: Tokens, context: Context) -> Tokens | None:
    """Move one to three words a few places away."""
    rng = context.rng
    for i in places(tokens, context, lambda t: t.is_word):
        count = rng.randint(1, 3)
        chunk = tokens[i : i + count]
        remaining = [*tokens[:i], *tokens[i + count :]]
        position = i + rng.choice((-5, -4, -3, -2, 2, 3, 4, 5))
        if i == 0 or not 0 < position < len(remaining) or not all(t.is_word and not t.fault for t in chunk):
            continue
        if (
            chunk[-1].text.endswith(("'", "’"))
            or remaining[position - 1].text.endswith(("'", "’"))
            or not remaining[position].space
        ):
            continue
        moved_there = [faulty(replace(t, space=t.space or k == 0), "word-order") for k, t in enumerate(chunk)]
        if context.noticeable(remaining[position - 1], moved_there[0], remaining[position], 0.4):
            return [*remaining[:position], *moved_there, *remaining[position:]]
    return None


def stray_sign(tokens: Tokens, context: Context) -> Tokens | None:
    """Break a phrase with a full stop or a comma, or lose one quotation mark."""
    signs = [i for i, t in enumerate(tokens) if t.text in '«»“”"']
    if signs and context.rng.random() < 0.5:
        i = context.rng.choice(signs)
        if i + 1 < len(tokens):
            return [*tokens[:i], faulty(replace(tokens[i + 1], space=True), "fragment"), *tokens[i + 2 :]]
    for i in places(tokens, context, lambda t: t.is_word and not t.text.endswith(("'", "’"))):
        right = at(tokens, i + 1)
        if (
            right
            and right.is_word
            and context.statistics.strangeness(tokens[i].text, context.rng.choice(".,")) > 0.5
        ):
            new = Token(context.rng.choice(".,"), False, "fragment")
            return [*tokens[: i + 1], new, faulty(right, "fragment"), *tokens[i + 2 :]]
    return None
