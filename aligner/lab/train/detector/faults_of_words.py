"""Faults of single words: lost, added, exchanged for another, in another form, glued or misspelt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from aligner.lab.train.detector.resources import folded
from aligner.lab.train.detector.scene import Kind, Scene, Tokens, at, drop, places
from aligner.lab.train.detector.tokens import Token, faulty, like
from aligner.lab.train.detector.wordlists import CONTRACTED_BACK, INSERTED, PREPOSITIONS
from aligner.model import Language


def dropper(words: Mapping[Language, frozenset[str]], fault: str, least: float = 0.0) -> Kind:
    """The kind that loses one of ``words``."""

    def kind(tokens: Tokens, scene: Scene) -> Tokens | None:
        own = words[scene.language]
        for i in places(tokens, scene, lambda t: folded(t.text) in own):
            made = drop(tokens, i, fault, scene, least=least)
            if made:
                return made
        return None

    return kind


def drop_content(tokens: Tokens, scene: Scene) -> Tokens | None:
    """Lose one to three words in a row, as a lost link's text is; both edges of the gap are wrong."""
    count = scene.rng.choice((1, 1, 2, 3))
    for i in places(tokens, scene, lambda t: t.is_word and len(t.text) > 3):
        gone = tokens[i : i + count]
        if i == 0 or len(gone) < count or not all(t.is_word for t in gone):
            continue
        made = drop(tokens, i, "omission", scene, count)
        if made:
            made[i - 1] = faulty(made[i - 1], "omission")
            return made
    return None


def swap(tokens: Tokens, i: int, text: str, fault: str, scene: Scene, least: float = 0.0) -> Tokens | None:
    """Put ``text`` at ``i``; None if that cannot be scores or changes nothing."""
    new = faulty(tokens[i], fault, like(text, tokens[i].text))
    if new.text == tokens[i].text or not scene.audible(at(tokens, i - 1), new, at(tokens, i + 1), least):
        return None
    return [*tokens[:i], new, *tokens[i + 1 :]]


def swapper(table: Mapping[Language, Mapping[str, tuple[str, ...]]], fault: str, least: float = 0.0) -> Kind:
    """The kind that takes a word for another one of its row in ``table``."""

    def kind(tokens: Tokens, scene: Scene) -> Tokens | None:
        own = table[scene.language]
        for i in places(tokens, scene, lambda t: folded(t.text) in own):
            made = swap(tokens, i, scene.rng.choice(own[folded(tokens[i].text)]), fault, scene, least)
            if made:
                return made
        return None

    return kind


def preposition(tokens: Tokens, scene: Scene) -> Tokens | None:
    """Take another preposition."""
    own = PREPOSITIONS[scene.language]
    others = sorted(w for w in own if not w.endswith("'"))
    for i in places(tokens, scene, lambda t: folded(t.text) in own):
        made = swap(tokens, i, scene.rng.choice(others), "preposition", scene, 0.4)
        if made:
            return made
    return None


def uncontracted(tokens: Tokens, scene: Scene) -> Tokens | None:
    """Leave "de le" for "du", "le avion" for "l'avion" (French only)."""
    if scene.language != "fr":
        return None
    for i in places(
        tokens, scene, lambda t: folded(t.text) in CONTRACTED_BACK or t.text.endswith(("'", "’"))
    ):
        short = folded(tokens[i].text)
        if short in CONTRACTED_BACK:
            first, second = CONTRACTED_BACK[short].split()
            pair = [
                faulty(tokens[i], "determiner", like(first, tokens[i].text)),
                Token(second, True, "determiner"),
            ]
            return [*tokens[:i], *pair, *tokens[i + 1 :]]
        whole = {
            "l'": scene.rng.choice(("le", "la")),
            "d'": "de",
            "qu'": "que",
            "n'": "ne",
            "s'": "se",
            "j'": "je",
        }
        after = at(tokens, i + 1)
        if short in whole and after:
            new = faulty(tokens[i], "determiner", like(whole[short], tokens[i].text))
            return [*tokens[:i], new, replace(after, space=True), *tokens[i + 2 :]]
    return None


def insert_small(tokens: Tokens, scene: Scene) -> Tokens | None:
    """Add a small word that does not belong."""
    for i in places(tokens, scene, lambda t: t.is_word):
        new = Token(scene.rng.choice(INSERTED[scene.language]), True, "addition")
        if i and scene.audible(tokens[i - 1], new, tokens[i], 0.4):
            return [*tokens[:i], new, *tokens[i:]]
    return None


def one_letter_off(tokens: Tokens, scene: Scene) -> Tokens | None:
    """Put another word that differs by a letter lost, added, changed or exchanged with the next."""
    words, letters = scene.here.common, "abcdefghijklmnoprstuvyéèêàç"
    for i in places(tokens, scene, lambda t: len(t.text) > 3 and t.text.islower() and t.is_word):
        old = tokens[i].text
        k = scene.rng.randrange(len(old) - 1)
        made_up = [old[:k] + old[k + 1 :], old[:k] + old[k + 1] + old[k] + old[k + 2 :]]
        made_up += [old[:k] + c + old[k + 1 :] for c in letters] + [old[:k] + c + old[k:] for c in letters]
        others = [w for w in made_up if w != old and w in words and w not in scene.here.families.get(old, ())]
        if others:
            made = swap(tokens, i, scene.rng.choice(others), "spelling", scene, 0.8)
            if made:
                return made
    return None


def as_translated(tokens: Tokens, scene: Scene) -> Tokens | None:
    """Undo corrections as post-editors of machine translations made them, several in a sentence."""
    table, longest = scene.here.corrections, 4
    done = False
    for start in places(tokens, scene, lambda token: token.text != ""):
        for count in range(min(longest, len(tokens) - start), 0, -1):
            old = tokens[start : start + count]
            choices = table.get(tuple(folded(t.text) for t in old)) if not any(t.fault for t in old) else None
            if not choices or start == 0:
                continue
            new = scene.rng.choice(choices)
            put = [
                Token(w, k > 0 or old[0].space, "lexical" if changed else "")
                for k, (w, changed) in enumerate(new)
            ]
            tokens, done = [*tokens[:start], *put, *tokens[start + count :]], True
            break
    return tokens if done else None


def lexical(tokens: Tokens, scene: Scene) -> Tokens | None:
    """Put a word of like meaning, as text spinners do; one or two places at once."""
    near = scene.here.near
    done: Tokens | None = None
    for i in places(tokens, scene, lambda t: t.text.lower() in near)[: scene.rng.choice((3, 6))]:
        choice = scene.rng.choice(near[tokens[i].text.lower()])
        made = swap(done or tokens, i, choice, "lexical", scene)
        if made:
            done = made
            if scene.rng.random() < 0.6:
                break
    return done


def absurd(tokens: Tokens, scene: Scene) -> Tokens | None:
    """Put any common word where it has no business, in a form that the place does not ask for."""
    words = scene.spare
    for i in places(tokens, scene, lambda t: t.is_word and len(t.text) > 3):
        pool = [t.text for t in words if t.is_word and len(t.text) > 3 and t.text.islower()]
        if pool:
            made = swap(tokens, i, scene.rng.choice(pool), "lexical", scene)
            if made:
                return made
    return None


def untranslated(tokens: Tokens, scene: Scene) -> Tokens | None:
    """Leave one to three words in the other language."""
    gloss = scene.here.gloss
    count = scene.rng.choice((1, 1, 2, 3))
    for i in places(tokens, scene, lambda t: len(t.text) > 2 and folded(t.text) in gloss):
        made = list(tokens)
        changed = 0
        for j in range(i, min(i + count, len(made))):
            word = made[j].text
            left = gloss.get(folded(word), ())
            if left and left[0] != folded(word):
                made[j] = faulty(made[j], "untranslated", like(left[0], word))
                changed += 1
        if changed:
            return made
    return None


def back_translated(tokens: Tokens, scene: Scene) -> Tokens | None:
    """Translate a word out and back again by its second meaning, as a literal translation does."""
    gloss, back = scene.here.gloss, scene.other.gloss
    for i in places(tokens, scene, lambda t: len(t.text) > 2 and folded(t.text) in gloss):
        own = folded(tokens[i].text)
        family = {own, *scene.here.families.get(own, ())}
        meanings = [w for g in gloss[own] for w in back.get(g, ()) if w not in family]
        if meanings:
            made = swap(tokens, i, scene.rng.choice(meanings), "lexical", scene)
            if made:
                return made
    return None


def glued(tokens: Tokens, scene: Scene) -> Tokens | None:
    """Lose the space between two words."""
    for i in places(tokens, scene, lambda t: t.is_word and len(t.text) > 1):
        right = at(tokens, i + 1)
        if right and right.is_word and right.space and not tokens[i].text.endswith(("'", "’")):
            return [*tokens[:i], faulty(tokens[i], "glued", tokens[i].text + right.text), *tokens[i + 2 :]]
    return None


def misspelt(tokens: Tokens, scene: Scene) -> Tokens | None:
    """Drop, double, exchange or replace a letter, or lose an accent."""
    rng = scene.rng
    bare = str.maketrans("éèêàâîïôûùç", "eeeaaiiouuc")
    for i in places(tokens, scene, lambda t: t.is_word and len(t.text) > 3 and t.text.islower()):
        word = tokens[i].text
        k = rng.randrange(1, len(word) - 1)
        vowel = rng.choice("aeiou") if word[k] in "aeiouéè" else rng.choice("bcdlmnprst")
        new = rng.choice(
            (
                word[:k] + word[k + 1 :],
                word[:k] + word[k] + word[k:],
                word[:k] + vowel + word[k + 1 :],
                word[:k] + word[k + 1] + word[k] + word[k + 2 :],
                word.translate(bare),
            )
        )
        if new != word and folded(new) not in scene.here.words:
            return [*tokens[:i], faulty(tokens[i], "spelling", new), *tokens[i + 1 :]]
    return None


def unhyphenated(tokens: Tokens, scene: Scene) -> Tokens | None:
    """Lose the hyphens of a word: "a t il" (French only: English has many words both ways)."""
    if scene.language != "fr":
        return None
    for i in places(tokens, scene, lambda t: "-" in t.text.strip("-") and t.is_word):
        parts = tokens[i].text.split("-")
        made = [faulty(replace(tokens[i], space=True), "glued", part) for part in parts if part]
        made[0] = replace(made[0], space=tokens[i].space)
        return [*tokens[:i], *made, *tokens[i + 1 :]]
    return None
