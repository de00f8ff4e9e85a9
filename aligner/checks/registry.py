"""Every check there is, in the order of the codes, and how a user chooses among them."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from aligner.checks.accuracy.acronym_mismatch import acronym_mismatch
from aligner.checks.accuracy.addition import addition
from aligner.checks.accuracy.currency_mismatch import currency_mismatch
from aligner.checks.accuracy.date_time_mismatch import date_time_mismatch
from aligner.checks.accuracy.false_friend import false_friend
from aligner.checks.accuracy.leftover_words import leftover_words
from aligner.checks.accuracy.link_lost import link_lost
from aligner.checks.accuracy.literal_proper_name import literal_proper_name
from aligner.checks.accuracy.magnitude_mismatch import magnitude_mismatch
from aligner.checks.accuracy.mistranslation_suspected import mistranslation_suspected
from aligner.checks.accuracy.mixed_language_title import mixed_language_title
from aligner.checks.accuracy.name_mismatch import name_mismatch
from aligner.checks.accuracy.negation_mismatch import negation_mismatch
from aligner.checks.accuracy.number_mismatch import number_mismatch
from aligner.checks.accuracy.omission import omission
from aligner.checks.accuracy.partial_omission import partial_omission
from aligner.checks.accuracy.percent_mismatch import percent_mismatch
from aligner.checks.accuracy.quotation_mismatch import quotation_mismatch
from aligner.checks.accuracy.unit_mismatch import unit_mismatch
from aligner.checks.accuracy.untranslated import untranslated
from aligner.checks.accuracy.wrong_language import wrong_language
from aligner.checks.alignment.duplicate_article import duplicate_article
from aligner.checks.alignment.length_ratio import length_ratio
from aligner.checks.alignment.low_similarity import low_similarity
from aligner.checks.alignment.order_break import order_break
from aligner.checks.alignment.pair_adapted import pair_adapted
from aligner.checks.alignment.pair_ambiguous import pair_ambiguous
from aligner.checks.alignment.pair_missing import pair_missing
from aligner.checks.extraction.boilerplate import boilerplate
from aligner.checks.extraction.duplicate_ngram import duplicate_ngram
from aligner.checks.extraction.duplicate_sentence import duplicate_sentence
from aligner.checks.extraction.encoding import encoding
from aligner.checks.extraction.glued_words import glued_words
from aligner.checks.extraction.markup_remains import markup_remains
from aligner.checks.extraction.missing_space_after_stop import missing_space_after_stop
from aligner.checks.extraction.split_words import split_words
from aligner.checks.extraction.truncated_sentence import truncated_sentence
from aligner.checks.fluency.agreement import agreement
from aligner.checks.fluency.calque import calque
from aligner.checks.fluency.case_break import case_break
from aligner.checks.fluency.garbled import garbled
from aligner.checks.fluency.missing_auxiliary import missing_auxiliary
from aligner.checks.fluency.missing_function_word import missing_function_word
from aligner.checks.fluency.wrong_verb_form import wrong_verb_form
from aligner.checks.locale.number_format import number_format
from aligner.checks.terminology.glossary_term import glossary_term
from aligner.checks.terminology.inconsistent_name import inconsistent_name
from aligner.checks.typography.end_punctuation_mismatch import end_punctuation_mismatch
from aligner.checks.typography.french_spacing import french_spacing
from aligner.checks.typography.quote_balance import quote_balance
from aligner.model import Check, InputError

CHECKS: tuple[Check, ...] = (
    glued_words,
    missing_space_after_stop,
    split_words,
    duplicate_ngram,
    duplicate_sentence,
    encoding,
    boilerplate,
    truncated_sentence,
    markup_remains,
    pair_missing,
    pair_ambiguous,
    pair_adapted,
    low_similarity,
    order_break,
    length_ratio,
    duplicate_article,
    omission,
    addition,
    partial_omission,
    untranslated,
    wrong_language,
    mixed_language_title,
    leftover_words,
    number_mismatch,
    magnitude_mismatch,
    percent_mismatch,
    currency_mismatch,
    date_time_mismatch,
    unit_mismatch,
    name_mismatch,
    literal_proper_name,
    acronym_mismatch,
    link_lost,
    negation_mismatch,
    quotation_mismatch,
    mistranslation_suspected,
    false_friend,
    case_break,
    missing_auxiliary,
    missing_function_word,
    agreement,
    calque,
    garbled,
    wrong_verb_form,
    quote_balance,
    french_spacing,
    end_punctuation_mismatch,
    number_format,
    glossary_term,
    inconsistent_name,
)

ALL = "ALL"
"""What selects every check, those that are off by default included."""


def select(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Check, ...]:
    """Choose checks by code, prefix of a code ("EXT", "ACC30"), name, or "ALL".

    Without ``select``, the checks that are on by default; with it, exactly those it names, also
    when they are off by default. ``ignore`` wins over both. An entry that fits no check, or a
    choice that leaves none, raises ``InputError``.
    """
    for entry in (*select, *ignore):
        _require_known(entry)
    chosen = tuple(
        check
        for check in CHECKS
        if (any(_fits(check, entry) for entry in select) if select else check.default)
        and not any(_fits(check, entry) for entry in ignore)
    )
    if not chosen:
        raise InputError("no check is left to run: everything selected is also ignored")
    return chosen


def _fits(check: Check, entry: str) -> bool:
    wanted = entry.strip()
    return bool(wanted) and (
        wanted.upper() == ALL or check.code.startswith(wanted.upper()) or check.name == wanted.lower()
    )


def _require_known(entry: str) -> None:
    if any(_fits(check, entry) for check in CHECKS):
        return
    known = {check.code.lower(): check.code for check in CHECKS} | {c.name: c.name for c in CHECKS}
    near = difflib.get_close_matches(entry.strip().lower(), known, n=1, cutoff=0.5)
    hint = f"; did you mean {known[near[0]]}?" if near else "; `aligner checks` lists all codes"
    raise InputError(f"there is no check {entry!r}{hint}")
