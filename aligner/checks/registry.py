"""Every check there is, in the order of the codes, and how a user chooses among them."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from aligner.checks.acc301_omission import omission
from aligner.checks.acc302_addition import addition
from aligner.checks.acc303_partial_omission import partial_omission
from aligner.checks.acc304_untranslated import untranslated
from aligner.checks.acc305_wrong_language import wrong_language
from aligner.checks.acc306_mixed_language_title import mixed_language_title
from aligner.checks.acc307_leftover_words import leftover_words
from aligner.checks.acc308_number_mismatch import number_mismatch
from aligner.checks.acc309_magnitude_mismatch import magnitude_mismatch
from aligner.checks.acc310_percent_mismatch import percent_mismatch
from aligner.checks.acc311_currency_mismatch import currency_mismatch
from aligner.checks.acc312_date_time_mismatch import date_time_mismatch
from aligner.checks.acc313_unit_mismatch import unit_mismatch
from aligner.checks.acc314_name_mismatch import name_mismatch
from aligner.checks.acc315_literal_proper_name import literal_proper_name
from aligner.checks.acc316_acronym_mismatch import acronym_mismatch
from aligner.checks.acc317_link_lost import link_lost
from aligner.checks.acc318_negation_mismatch import negation_mismatch
from aligner.checks.acc319_quotation_mismatch import quotation_mismatch
from aligner.checks.acc320_mistranslation_suspected import mistranslation_suspected
from aligner.checks.acc321_false_friend import false_friend
from aligner.checks.aln201_pair_missing import pair_missing
from aligner.checks.aln202_pair_ambiguous import pair_ambiguous
from aligner.checks.aln203_pair_adapted import pair_adapted
from aligner.checks.aln204_low_similarity import low_similarity
from aligner.checks.aln205_order_break import order_break
from aligner.checks.aln206_length_ratio import length_ratio
from aligner.checks.aln207_duplicate_article import duplicate_article
from aligner.checks.ext101_glued_words import glued_words
from aligner.checks.ext102_missing_space_after_stop import missing_space_after_stop
from aligner.checks.ext103_split_words import split_words
from aligner.checks.ext104_duplicate_ngram import duplicate_ngram
from aligner.checks.ext105_duplicate_sentence import duplicate_sentence
from aligner.checks.ext106_encoding import encoding
from aligner.checks.ext107_boilerplate import boilerplate
from aligner.checks.ext108_truncated_sentence import truncated_sentence
from aligner.checks.ext109_markup_remains import markup_remains
from aligner.checks.flu401_case_break import case_break
from aligner.checks.flu402_missing_auxiliary import missing_auxiliary
from aligner.checks.flu403_missing_function_word import missing_function_word
from aligner.checks.flu404_agreement import agreement
from aligner.checks.flu405_calque import calque
from aligner.checks.flu406_garbled import garbled
from aligner.checks.flu407_wrong_verb_form import wrong_verb_form
from aligner.checks.loc601_number_format import number_format
from aligner.checks.trm701_glossary_term import glossary_term
from aligner.checks.trm702_inconsistent_name import inconsistent_name
from aligner.checks.typ501_quote_balance import quote_balance
from aligner.checks.typ502_french_spacing import french_spacing
from aligner.checks.typ503_end_punctuation_mismatch import end_punctuation_mismatch
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
)  # fmt: skip

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
