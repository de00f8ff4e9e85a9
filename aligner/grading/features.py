"""The features of a grade: a handful of named figures of one row, each the worse the higher."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from aligner.alignment.links import content_words, tokenised
from aligner.lexicon.dictionary import in_dictionary
from aligner.lexicon.words import is_known
from aligner.model import LANGUAGES, OTHER, SEVERITY_WEIGHT, Bead, Finding, Language, WordScore
from aligner.pairing.facts import facts
from aligner.text.language import guess
from aligner.text.splitting import is_sentence
from aligner.text.words import WORD

Features = Mapping[str, float]

ADEQUACY = (
    "distance",
    "missing",
    "unlinked",
    "uncovered",
    "facts",
    "digits",
    "length",
    "words",
    "copied",
    "language",
    "foreign",
    "signs",
    "damaged",
    "accuracy",
)
"""The features of meaning: whether the two sides match."""
RULES = ("distance", "uncovered", "accuracy", "form")
"""The features of quality, of sides that do match, without a detector."""
WORD_FEATURES = ("edited", "alone")
"""Features that predict whether a professional would change a word of a pair."""
WITH_DETECTOR = (*RULES, "garbled", "worst", "beside", "worse_beside", "edited", "edits")
"""The same, and the word scores of the detector."""

USUAL_LENGTH = 0.1  # log of French to English characters in human news translations
SMOOTH = 10  # characters added to both lengths
SMOOTH_COUNT = 2  # signs or digits added to what both sides have
PUNCTUATION = frozenset("'’\"“”«».,;:!?-–—")
"""Marks that each language sets in its own way."""
DAMAGED = "EXT106"
"""The check of characters that were read in the wrong encoding."""
CERTAIN = 0.9995  # probabilities beyond say no more
WORSE_SHARE = 0.4
"""Share of a text's words, the worst, by which its fluency is judged: function words excuse nothing."""
UNKNOWN_WORD = 0.9
"""Least probability that an English word in small letters is wrong which no dictionary has; in French, rare
and old words are too often missing there. With it and ``OF_RULE``, learners' sentences and their corrections
(jfleg) differ with ROC AUC .806, with neither .779; French lines (a grammar checker's tests) .805."""
OF_RULE = 0.8
"""Share of the confidence of a finding of grammar that its words are wrong at least."""
MIN_LETTERS = 3
"""Letters from which on a word is looked up: shorter ones are often no words but signs."""
CUT_OFF = 0.25
"""Weight of a word that seems cut off in what is no sentence: a caption or a list item may stop
anywhere (a grammar checker's test lines: ROC AUC .001 more, learners' sentences as before)."""
WORST_WORDS = 3
"""Words, the worst, that tell a side where the whole is read alone (on WMT15 newsdiscuss, what is here
orders translations into French as people did more often than means alone, .59 for .56)."""


def fluency(
    text: str, language: Language, scores: Sequence[WordScore], by_rule: Iterable[Finding] = ()
) -> float | None:
    """Return 1 (every word seems right) down to 0; None where nothing was scored. Marks do not count.

    ``by_rule`` are findings in this text; what those of grammar are about is the more likely to be wrong.
    """
    if not scores:
        return None
    of_grammar = [finding for finding in by_rule if finding.code.startswith("FLU")]
    doubts = sorted(_doubts(text, language, scores, of_grammar), reverse=True)
    return 1.0 - _mean(doubts[: math.ceil(len(doubts) * WORSE_SHARE)])


def _doubts(
    text: str, language: Language, scores: Sequence[WordScore], of_grammar: Sequence[Finding]
) -> Iterator[float]:
    """Yield for each word the probability that it is wrong; an unknown word may look like a name."""
    is_whole = is_sentence(text)
    for word in scores:
        surface = text[word.start : word.end]
        if not any(map(str.isalnum, surface)):
            continue
        doubt = word.p_bad if is_whole or word.type != "fragment" else CUT_OFF * word.p_bad
        if language == "en" and _is_unknown(surface):
            doubt = max(doubt, UNKNOWN_WORD)
        confidences = (f.confidence for f in of_grammar if f.start < word.end and word.start < f.end)
        yield max(doubt, OF_RULE * max(confidences, default=0.0))


def _is_unknown(word: str) -> bool:
    """Return whether no dictionary has an English word in small letters; in capitals it may be a name."""
    return len(word) >= MIN_LETTERS and word.isalpha() and word.islower() and not in_dictionary(word, "en")


def meaning(
    bead: Bead,
    fr: str,
    en: str,
    findings: Iterable[Finding],
    covered: tuple[float, float],
    linked: tuple[float, float],
) -> Features:
    """Compute the features of a row with both sides, whose ``bead`` it is, without the detector.

    ``covered`` are the shares 0..1 of the words of each side that the other has, ``linked`` of those that
    are linked to a word of their own.
    """
    weight = {"ACC": 0.0, "form": 0.0}
    damaged = 0
    for finding in findings:
        damaged += finding.code == DAMAGED
        family = "ACC" if finding.pair else "form"
        weight[family] += SEVERITY_WEIGHT[finding.severity] * finding.confidence
    words = [WORD.findall(text) for text in (fr, en)]
    tokens = tokenised(fr), tokenised(en)
    content = [len(content_words(side, language)) for side, language in zip(tokens, LANGUAGES, strict=True)]
    return {
        "distance": -_logit(bead.similarity),
        "missing": 1.0 - min(covered),
        "unlinked": 1.0 - min(linked),
        "uncovered": _uncovered_share(bead, fr, en),
        "facts": _lost_facts(fr, en),
        "length": abs(math.log((len(fr) + SMOOTH) / (len(en) + SMOOTH)) - USUAL_LENGTH),
        "copied": _copied(*words),
        "words": abs(math.log((content[0] + 1) / (content[1] + 1))),
        "language": max(_other_language(fr, "fr"), _other_language(en, "en")),
        "foreign": max(map(_foreign, tokens, LANGUAGES)),
        "accuracy": math.log1p(weight["ACC"]),
        "digits": _unshared(_digits(fr), _digits(en)),
        "signs": _unshared(_signs(fr), _signs(en)),
        "damaged": math.log1p(damaged),
        "form": math.log1p(weight["form"]),
    }


def score_features(
    alone_scores: Sequence[Sequence[WordScore]], paired_scores: Sequence[Sequence[WordScore]]
) -> Features:
    """Return figures of the word scores of both sides, alone and paired; both sides count alike.

    They are the same whichever side was translated: a row does not say. A mean taken before the log
    odds follows the worse side, one taken after both: what a row's worth hangs on is learned.
    """
    of_beside = [_mean(word.p_bad for word in side) for side in paired_scores]
    return {
        "garbled": math.log1p(sum(word.p_bad for side in alone_scores for word in side)),
        "worst": _logit(_mean(_worst_mean(word.p_bad for word in side) for side in alone_scores)),
        "beside": _mean(map(_logit, of_beside)),
        "worse_beside": _logit(_mean(of_beside)),
        "edited": _mean(_logit(_mean(word.p_edited for word in side)) for side in paired_scores),
        "edits": sum(math.log1p(sum(word.p_edited for word in side)) for side in paired_scores),
    }


def word_features(alone_score: WordScore, paired_score: WordScore) -> Features:
    """Compute the features of one word of a pair, scored in its own text and with the other side."""
    return {"edited": _logit(paired_score.p_edited), "alone": _logit(alone_score.p_bad)}


def _worst_mean(probabilities: Iterable[float]) -> float:
    return _mean(sorted(probabilities, reverse=True)[:WORST_WORDS])


def _logit(p: float) -> float:
    p = min(max(p, 1 - CERTAIN), CERTAIN)
    return math.log(p / (1 - p))


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def _uncovered_share(bead: Bead, fr: str, en: str) -> float:
    """Return the uncovered share of the worse side."""
    lengths: Mapping[Language, int] = {"fr": len(fr), "en": len(en)}
    spans = {"fr": bead.evidence.uncovered_fr, "en": bead.evidence.uncovered_en}
    return max(sum(b - a for a, b in spans[side]) / max(lengths[side], 1) for side in LANGUAGES)


def _lost_facts(fr: str, en: str) -> float:
    """Return the share of the poorer side's numbers and names that the other lacks (smoothed)."""
    left, right = facts(fr), facts(en)
    shared = len(left & right)
    return (min(len(left), len(right)) - shared) / (min(len(left), len(right)) + 1)


def _unshared(left: Counter[str], right: Counter[str]) -> float:
    """Return the share of what two sides count that only one of them has (smoothed)."""
    every, shared = (left | right).total(), (left & right).total()
    return (every - shared) / (every + SMOOTH_COUNT)


def _other_language(text: str, language: Language) -> float:
    """Return the probability (0..1) that a text is not in its expected language."""
    detected, probability = guess(text)
    return 0.0 if detected == language else probability


def _foreign(words: Sequence[str], language: Language) -> float:
    """Return the share of the words in small letters that only the other language has."""
    lowercase = [word for word in words if word.isalpha() and word.islower() and len(word) > 1]
    foreign = sum(not _is_listed(word, language) and _is_listed(word, OTHER[language]) for word in lowercase)
    return foreign / len(lowercase) if lowercase else 0.0


def _is_listed(word: str, language: Language) -> bool:
    return in_dictionary(word, language) or is_known(word, language)


def _digits(text: str) -> Counter[str]:
    return Counter(filter(str.isdigit, text))


def _signs(text: str) -> Counter[str]:
    """Count the signs that both languages use alike: those of lists, menus, units and sums."""
    return Counter(c for c in text if not c.isalnum() and not c.isspace() and c not in PUNCTUATION)


def _copied(fr: Sequence[str], en: Sequence[str]) -> float:
    """Return the share of the shorter side's plain words that occur unchanged on the other."""
    left, right = ({word for word in words if word.islower()} for words in (fr, en))
    shorter = min(len(left), len(right))
    return len(left & right) / shorter if shorter else float(fr == en)
