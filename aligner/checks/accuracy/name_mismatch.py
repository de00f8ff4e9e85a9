"""ACC314: a proper name that is spelled otherwise, or is another one, on the other side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import OSA

from aligner.checks.accuracy._countries import exchanged_countries
from aligner.checks.accuracy._exchanged_names import (
    Placed,
    anchored,
    exchanged,
    in_prose,
    intruder,
    may_be_word,
    without_equal,
)
from aligner.checks.accuracy._foreign import is_untranslated
from aligner.checks.accuracy._persons import other_kings, translated_persons
from aligner.checks.base import bead_check
from aligner.lexicon.dictionary import in_dictionary
from aligner.lexicon.names import (
    Name,
    can_be_same,
    known,
    looks_like_name,
    no_names,
    read_alike,
    read_words,
)
from aligner.lexicon.words import lexicon
from aligner.model import LANGUAGES, BeadView, Context, Hit, Language, Span

# Tuned on newstest 2008-2012 (train), read one by one.
EDITS = ((5, 1), (9, 2), (99, 3))
"""Letters of the longer name, and the edits up to which two names are twins."""
GLUED = (5, 4)
"""Letters of the shorter name, and of what may hang on the longer one ("Brookspar")."""
EVIDENCE_REACH = 15
"""Beads before and after in which the right spelling is looked for."""
SURE, LIKELY, UNSURE = 0.9, 0.75, 0.6

_TITLE = re.compile(
    r"(?<![^\W_])(?:M|MM|Mme|Mmes|Mlle|Me|Mr|Mrs|Ms|Miss|Dr|Dre|Pr|Prof|Sir|Lord|Lady|Sen|Rep|Gov|Gen|Lt|Col|Capt)"
    r"\.?[ \u00a0]$"
)
LONGEST_TITLE = 8
"""Letters back to which the title of a person is looked for."""


_Pair = tuple[Placed, Placed]


@bead_check(
    "ACC314",
    "name-mismatch",
    title={"en": "Name differs", "fr": "Nom différent"},
    category="named-entity",
    cause="translation",
    severity="major",
    explained_by=("ACC315", "EXT101", "EXT102"),
    explained_in_bead_by=("ALN204", "ACC304"),
    messages={
        "spelling": {
            "fr": "Le nom n'a pas la même orthographe : « {fr} » en français, « {en} » en anglais.",
            "en": "The name is spelled differently: “{fr}” in French, “{en}” in English.",
        },
        "misspelt": {
            "fr": "« {wrong} » semble mal orthographié : l'autre texte écrit « {right} ».",
            "en": "“{wrong}” looks misspelled: the other text has “{right}”.",
        },
        "other": {
            "fr": "Le nom n'est pas le même : « {fr} » en français, « {en} » en anglais.",
            "en": "The name is not the same: “{fr}” in French, “{en}” in English.",
        },
    },
)
def name_mismatch(view: BeadView, context: Context) -> Iterator[Hit]:
    """A proper name is spelled otherwise on the other side, or is another name there.

    Finds: names, and capitalised words of both languages, without an equal on the other side that have a
        near twin there; names next to an equal first or last name that differ; and a name whose form in the
        other language is known and is nowhere there, while another name that nothing matches, or an
        adjective or any other capital, is in its place. Kings and popes of another number ("François Ier",
        "Francis II"), persons whose name was translated ("Pierre Boulanger", "Peter Baker"), and countries
        in each other's place ("les Pays-Bas", "Denmark").
    Matters: a wrong name is a wrong person, and the first thing a reader writes in about.
    Bad: Angela Merkel a signé. / Angela Markel signed.
    Good: Le maire de Londres a signé. / The mayor of London signed.
    False positives: forms that each language has of its own and that the table of exonyms lacks, and other
        transcriptions from another alphabet; minor where the two are read alike or a word was translated.
    Measured: 377 findings on 549,000 words of human news translations (newstest 2008-2012), 150 of them
        major; newstest is among the texts of the lexicon. Of 32 drawn by chance in dirty text (web bitext
        and machine translations) 26 were right. Of 750 names misspelled 738 are found, of 750 exchanged for
        another, places and their exonyms among them, 720. Of 1,009 countries exchanged for another in
        newstest 894 are found by their table alone, which finds nothing in its 12,178 pairs as they are.
    """
    bead = view.bead
    if not bead.fr or not bead.en:
        return
    yield from other_kings(view)
    countries = exchanged_countries(view)
    if countries and not is_untranslated(view):
        yield _country_hit(view, *countries)
        return
    fr = without_equal(bead.fr, bead.en)
    en = without_equal(bead.en, bead.fr) if fr else []
    if not en or is_untranslated(view):
        return
    persons = list(translated_persons(view, fr, en))
    yield from persons
    if persons:
        return
    twins = _twins([p for p in fr if _may_be_twin(p, "fr")], [p for p in en if _may_be_twin(p, "en")])
    yield from (_spelling_hit(view, *pair) for pair in twins)
    twin_ids = {id(placed) for pair in twins for placed in pair}
    rest_fr, rest_en = (
        [p for p in side if id(p) not in twin_ids and p.name.folded not in no_names()] for side in (fr, en)
    )
    pairs = exchanged(view, rest_fr, rest_en)
    if not pairs and not twins and (intrusion := intruder(view, rest_fr, rest_en)):
        pairs = [intrusion]
    yield from (_other_hit(view, *pair) for pair in pairs if not _are_one_person(view, *pair))


def _country_hit(view: BeadView, fr: Span, en: Span) -> Hit:
    pair = view.alignment.pair
    values = {"fr": pair.fr.text[slice(*fr)], "en": pair.en.text[slice(*en)]}
    return Hit("other", *en, values=values, language="en", confidence=SURE, other=fr)


def _are_one_person(view: BeadView, f: Placed, e: Placed) -> bool:
    """Return whether a given name stands for a family name: an article has them side by side."""
    full_names = (f"{f.name.text} {e.name.text}", f"{e.name.text} {f.name.text}")
    texts = (view.alignment.pair.fr.text, view.alignment.pair.en.text)
    return any(name in text for name in full_names for text in texts)


def _may_be_twin(placed: Placed, language: Language) -> bool:
    """Return whether it is a name, a word of both languages, or of neither ("Culture", "Cnlture")."""
    return looks_like_name(placed.name, language) or _count_lexicons(placed.name) in (0, len(LANGUAGES))


def _begins_with_word(placed: Placed, language: Language) -> bool:
    """Return whether a common word opens the passage, list and emphasis marks left out."""
    begins = not any(sign.isalpha() for sign in placed.segment.text[: placed.name.start])
    return begins and in_dictionary(placed.name.text.lower(), language)


def _count_lexicons(name: Name) -> int:
    """Return the number of lexicons that have the word, in any case."""
    return sum(known(name, language) for language in LANGUAGES)


def _twins(fr: Sequence[Placed], en: Sequence[Placed]) -> list[_Pair]:
    """Return names that nearly agree and cannot be one name in two languages."""
    twins: list[_Pair] = []
    for f in fr:
        for e in en:
            if _both_established(f, e) or not _is_similar(f.name.folded, e.name.folded):
                continue
            if _may_be_one_name(f, e):
                settled = any(_listed_in_both(p.name) for p in (f, e))
                if not can_be_same(f.name.folded, e.name.folded, settled=settled):
                    twins.append((f, e))
                break
    return twins


def _both_established(f: Placed, e: Placed) -> bool:
    """Return whether both are words of their languages, so that neither is a slip for the other."""
    if _begins_with_word(f, "fr") and _begins_with_word(e, "en"):
        return True  # "Testez" and "Test", at the head of two items
    if not (looks_like_name(f.name, "fr") and looks_like_name(e.name, "en")):
        return 0 not in (_count_lexicons(f.name), _count_lexicons(e.name)) or 1 in (
            _count_lexicons(f.name),
            _count_lexicons(e.name),
        )
    return known(f.name, "fr") and known(e.name, "en")


def _may_be_one_name(f: Placed, e: Placed) -> bool:
    """Return whether one of two similar words is a name, and not two capitals of a list of goods."""
    if in_prose(f) or in_prose(e) or anchored(f, e) or all(map(_has_title, (f, e))):
        return True
    sides: tuple[tuple[Placed, Language], ...] = ((f, "fr"), (e, "en"))
    return any(known(p.name, language) and looks_like_name(p.name, language) for p, language in sides)


def _has_title(placed: Placed) -> bool:
    """Return whether a title of persons is before a name, which says that it is one: "Mme Roy", "Dr. Roy"."""
    start = placed.name.start
    return bool(_TITLE.search(placed.segment.text, max(0, start - LONGEST_TITLE), start))


def _listed_in_both(name: Name) -> bool:
    return all(name.text in lexicon(language) for language in LANGUAGES)


def _is_similar(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    limit = next(edits for letters, edits in EDITS if len(long) <= letters)
    if OSA.distance(a, b, score_cutoff=limit) <= limit:
        return True
    return _hangs_on(short, long)


def _hangs_on(short: str, long: str) -> bool:
    """Return whether ``long`` is ``short`` with a short word run on."""
    return len(short) >= GLUED[0] and long.startswith(short) and 2 <= len(long) - len(short) <= GLUED[1]


def _spelling_hit(view: BeadView, f: Placed, e: Placed) -> Hit:
    odd_side = _odd_side(view, f.name, e.name)
    certain = (odd_side is not None or anchored(f, e)) and not read_alike(f.name.folded, e.name.folded)
    side: Language = odd_side or "en"
    wrong, right = (f, e) if side == "fr" else (e, f)
    same_alphabet = wrong.name.text.isascii() == right.name.text.isascii()
    fits = same_alphabet and (known(right.name, side) or not _count_lexicons(right.name))
    return Hit(
        "misspelt" if odd_side else "spelling",
        *wrong.span,
        values={"wrong": wrong.name.text, "right": right.name.text, "fr": f.name.text, "en": e.name.text},
        language=side,
        severity=None if certain else "minor",
        confidence=SURE if certain else LIKELY,
        suggestion=right.name.text if odd_side and fits else None,
        other=right.span,
    )


def _other_hit(view: BeadView, f: Placed, e: Placed) -> Hit:
    # "Colonia" may be "Colony", where what is a word of its language was translated.
    is_anchored = anchored(f, e) and in_prose(f, e) and not (may_be_word(f) or may_be_word(e))
    is_anchored = is_anchored and not read_alike(f.name.folded, e.name.folded)
    odd_side = _odd_side(view, f.name, e.name)
    side: Language = odd_side or "en"
    wrong, right = (f, e) if side == "fr" else (e, f)
    return Hit(
        "other",
        *wrong.span,
        values={"fr": f.name.text, "en": e.name.text},
        language=side,
        severity=None if is_anchored else "minor",
        confidence=LIKELY if is_anchored else UNSURE,
        other=right.span,
    )


def _odd_side(view: BeadView, f: Name, e: Name) -> Language | None:
    """Return the side whose spelling nothing supports while the articles, or a lexicon, know the other's."""
    contexts = [
        read_words(s.text) for language in LANGUAGES for s in view.neighbours(language, EVIDENCE_REACH)
    ]
    seen_f, seen_e = (any(name.folded in words for words in contexts) for name in (f, e))
    if seen_f != seen_e:
        return "en" if seen_f else "fr"
    if _hangs_on(*sorted((f.folded, e.folded), key=len)):
        return "fr" if len(f.folded) > len(e.folded) else "en"
    listed_f, listed_e = (any(name.text in lexicon(k) for k in LANGUAGES) for name in (f, e))
    if listed_f != listed_e:
        return "en" if listed_f else "fr"
    return None
