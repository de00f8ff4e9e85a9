"""Running totals of a report, and the counts, rates and corpus score that ``summary.json`` shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from aligner.model import LANGUAGES, Cause, Finding, Language, Severity, Skipped
from aligner.report.scores import cost, penalty, score

CAUSES: tuple[Cause, ...] = get_args(Cause)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


class Totals:
    """Counts over all articles; memory does not grow with them but for one number per finding."""

    def __init__(self) -> None:
        self.beads = 0
        self._articles: Counter[Language] = Counter()
        self._words: Counter[Language] = Counter()
        self._segments = 0
        self._all = 0
        self._demoted = 0
        self._suppressed = 0
        self._suspicions = 0
        self._by: Counter[tuple[Cause, Severity]] = Counter()
        self._codes: Counter[str] = Counter()
        self._names: dict[str, str] = {}
        self._costs: defaultdict[Language, list[float]] = defaultdict(list)

    def add_words(self, language: Language, words: int, segments: int) -> None:
        """Count one article."""
        self._articles[language] += 1
        self._words[language] += words
        self._segments += segments

    def add_finding(self, finding: Finding) -> None:
        """Count one finding; demoted, suppressed and suspected ones are counted apart and enter no rate."""
        self._all += 1
        self._demoted += finding.demoted_by is not None
        self._suppressed += finding.suppressed
        self._suspicions += finding.suspicion
        if not finding.counts:
            return
        self._by[finding.cause, finding.severity] += 1
        self._codes[finding.code] += 1
        self._names[finding.code] = finding.name
        self._costs[finding.language].append(cost(finding))

    def summary(self, counts: Mapping[str, int], skipped: Sequence[Skipped]) -> dict[str, Any]:
        """Return the counted part of ``summary.json``; rates are per 1,000 words of all articles."""
        words = self._words.total()
        causes = {cause: self._severities(cause) for cause in CAUSES}
        severities = {s: sum(causes[cause][s] for cause in CAUSES) for s in SEVERITIES}
        codes = {
            code: {"name": self._names[code], "count": count, "per_1000_words": _rate(count, words)}
            for code, count in sorted(self._codes.items())
        }
        return {
            "counts": {
                "articles": self._articles.total(),
                **{f"articles_{language}": self._articles[language] for language in LANGUAGES},
                "pairs": counts["pairs"],
                "unpaired": counts["unpaired"],
                "skipped": len(skipped),
                "other_files": counts["other_files"],
                "words": words,
                "segments": self._segments,
                "beads": self.beads,
                "findings": self._all,
                "demoted": self._demoted,
                "suppressed": self._suppressed,
                "suspicions": self._suspicions,
            },
            "skipped_by_type": dict(sorted(Counter(entry.type for entry in skipped if entry.type).items())),
            "score": self._score(LANGUAGES),
            **{f"score_{language}": self._score((language,)) for language in LANGUAGES},
            "findings_by_cause": causes,
            "findings_by_severity": severities,
            "findings_by_code": codes,
            "per_1000_words": {severity: _rate(count, words) for severity, count in severities.items()},
        }

    def _severities(self, cause: Cause) -> dict[str, int]:
        return {"total": sum(self._by[cause, s] for s in SEVERITIES)} | {
            severity: self._by[cause, severity] for severity in SEVERITIES
        }

    def _score(self, languages: tuple[Language, ...]) -> float | None:
        """Return the score of these languages' articles taken as one text; None where there is no article."""
        if not any(self._articles[language] for language in languages):
            return None
        costs = [value for language in languages for value in self._costs[language]]
        return round(score(penalty(costs, sum(self._words[language] for language in languages))), 2)


def _rate(count: int, words: int) -> float:
    return round(1000 * count / max(words, 1), 4)
