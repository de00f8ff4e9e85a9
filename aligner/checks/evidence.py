"""How probable it is that what a rule, a wording or a look at the tree finds is a fault, as measured.

Three things speak for a finding or against it, and their odds are multiplied. How often its finder was right:
in the garbled passages of ``corpora/garbled`` (but the test part), in their correct forms and in 1.2 million
words of news, where a reader judged each; a finder seen seldom is drawn towards its kind by a beta
distribution. How much the detector doubts the sentence. And how garbled the rest of the article seems:
the same finding is likelier a fault among broken sentences than in clean prose.

The figures are in ``data/evidence.json``, which `aligner train evidence` writes.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from aligner.model import Hit, Language

FILE = "evidence.json"
MAJOR = 0.85
"""Probability from which a finding is major."""
LEAST = 0.2
"""Probability below which nothing is shown, not even as a suspicion."""
LEAST_DOUBT, MOST_DOUBT = 0.003, 0.98
"""Bounds of the doubt of a sentence: beyond, the detector was never measured."""
HIGHEST = 0.99

Kind = Literal["rule", "wording", "tree"]


class Finder(NamedTuple):
    """What found something. ``estimate`` is how often it is right, as its author thinks."""

    kind: Kind
    name: str
    estimate: float = 1.0

    @property
    def key(self) -> str:
        """Its name among all finders of a language."""
        return f"{self.kind}:{self.name}"


class Circumstances(NamedTuple):
    """What the detector says of a sentence, and of the other sentences of its article.

    ``doubt`` is the highest probability 0..1 of a word to be wrong, ``share`` how many of the other sentences
    are garbled, 0..1.
    """

    doubt: float
    share: float


class Claim(NamedTuple):
    """Something found, with what is known of its sentence: None without the detector."""

    finder: Finder
    hit: Hit
    circumstances: Circumstances | None


class Seen(NamedTuple):
    """Findings, right ones and others; or the two numbers of a beta distribution, which stand for as many."""

    right: float
    wrong: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was measured in one language.

    ``doubt`` has the offset and the slope by which the log odds of a finding grow with those of the doubt,
    ``share`` is the share of garbled sentences among those measured, ``authors`` what is added to the log
    odds of what authors of rules estimate: they are too modest.
    """

    seen: Mapping[str, Seen]
    kinds: Mapping[str, Seen]
    doubt: tuple[float, float]
    share: float
    authors: float

    def of_finder(self, finder: Finder, without: Seen = Seen(0, 0)) -> float:  # noqa: B008 (a tuple)
        """Return how probably a finding of a finder is right, whatever the text; some may be left out."""
        right, wrong = self.seen.get(finder.key, Seen(0, 0))
        right, wrong, prior = right - without.right, wrong - without.wrong, self.kinds[finder.kind]
        p = (right + prior.right) / (right + wrong + prior.right + prior.wrong)
        return p if right + wrong or finder.estimate >= 1.0 else min(p, self._estimated(finder))

    def _estimated(self, finder: Finder) -> float:
        return from_log_odds(log_odds(finder.estimate) + self.authors)

    def probability(self, finder: Finder, circumstances: Circumstances | None) -> float:
        """Return how probably a finding is right."""
        odds = log_odds(self.of_finder(finder))
        if circumstances is not None:
            offset, slope = self.doubt
            odds += offset + slope * log_odds_of_doubt(circumstances.doubt)
            odds += log_odds(circumstances.share) - log_odds(self.share)
        return min(from_log_odds(odds), HIGHEST)


def log_odds(p: float) -> float:
    """Return the log odds of a probability between 0 and 1, both excluded."""
    return math.log(p / (1.0 - p))


def from_log_odds(odds: float) -> float:
    """Return the probability 0..1 that has some log odds."""
    return 1.0 / (1.0 + math.exp(-odds))


def log_odds_of_doubt(doubt: float) -> float:
    """Return the log odds of the doubt of a sentence, within its bounds."""
    return log_odds(min(max(doubt, LEAST_DOUBT), MOST_DOUBT))


# Saves 1 ms a call, one call for each finding.
@cache
def evidence(language: Language) -> Evidence:
    """Return what was measured in a language."""
    text = files("aligner.checks").joinpath("data", FILE).read_text(encoding="utf-8")
    return read_evidence(json.loads(text)[language])


def read_evidence(row: Mapping[str, Any]) -> Evidence:
    """Read what was measured in one language, as the file has it."""
    offset, slope = row["doubt"]
    return Evidence(
        {key: Seen(*counts) for key, counts in row["seen"].items()},
        {kind: Seen(*numbers) for kind, numbers in row["kinds"].items()},
        (offset, slope),
        row["share"],
        row["authors"],
    )


def surest(claims: Iterable[Claim], language: Language) -> list[Hit]:
    """Return what was found, each with its probability and its severity, the surest first."""
    hits = filter(None, (_weighed(claim, language) for claim in claims))
    return sorted(hits, key=lambda hit: -(hit.confidence or 0.0))


def _weighed(claim: Claim, language: Language) -> Hit | None:
    """Return what was found as it counts: None for what is improbable, minor for what is so by its kind."""
    probability = round(evidence(language).probability(claim.finder, claim.circumstances), 2)
    if probability < LEAST:
        return None
    minor = claim.hit.severity == "minor" or probability < MAJOR
    return replace(claim.hit, confidence=probability, severity="minor" if minor else "major")
