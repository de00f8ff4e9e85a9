"""Measures how often each rule, wording and look at the tree is right, and what the detector adds to it.

In the passages of ``corpora/garbled`` (but the test part), a finding is right where it overlaps what is
marked and its finder is silent in the correct form; all findings in correct forms are wrong. In news, one is
right if a reader said so: ``data/right_in_news.tsv`` has the digests of those sentences.
"""

from __future__ import annotations

import hashlib
import json
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner import detector
from aligner.checks.evidence import (
    Claim,
    Evidence,
    Finder,
    Seen,
    from_log_odds,
    log_odds,
    log_odds_of_doubt,
    read_evidence,
)
from aligner.checks.fluency._government import government_claims
from aligner.checks.fluency._grammar import grammar_claims, sentences_of
from aligner.checks.fluency.agreement import distance_claims
from aligner.checks.fluency.calque import wording_claims
from aligner.checks.fluency.clause_structure import clause_claims
from aligner.lab.datasets import corpora
from aligner.lab.datasets.garbled import Passage, read_passages
from aligner.lab.train.detector.texts import NEWS as LEARNED
from aligner.lab.train.detector.texts import documents, is_kept_back
from aligner.model import LANGUAGES, Document, InputError, Language
from aligner.text.prose import as_read
from aligner.text.structure import make_document
from aligner.text.words import count_words

NEAR = 8
"""Characters from a marked place within which a finding is about it."""
WORDS: Mapping[str, int] = {"masakhanews": 180_000, "newstest": 120_000, "more": 300_000}
"""Words of news of each language that are read."""
NEWS: Mapping[Language, tuple[str, ...]] = {
    "fr": ("news.fr.orangesum",),
    "en": ("news.en.bbc2004", "news.en.abc-au2006"),
}
"""News in the folder ``more`` of the data that the detector never learned from, of a file that it did learn
from the documents that were kept back."""
LINES = 20
"""Lines of newstest that are read as one article."""
LEAST_SEEN, MOST_SEEN = 4.0, 30.0
"""Findings that the beta distribution of a kind stands for at least and at most."""
RIGHT_IN_NEWS = "right_in_news.tsv"
DIGEST_LENGTH = 16

_PAIR = re.compile(r"\[\s+([\d.]+),\s+([\d.]+)\s+\]")
"""Two numbers, which are a line each until they are put on one."""

Judgements = Mapping[str, frozenset[str]]
"""Digests of sentences, and the finders that a reader found right there."""


@dataclass(slots=True)
class Observed:
    """What was found in texts of one language: finder, doubt of the sentence, and whether it was right."""

    rows: list[tuple[Finder, float, bool]] = field(default_factory=list)
    garbled: int = 0
    correct: int = 0

    def add(self, claim: Claim, *, right: bool) -> None:
        """Count one finding."""
        doubt = claim.circumstances.doubt if claim.circumstances else 0.0
        self.rows.append((claim.finder, doubt, right))


def train(data: Path, out: Path, *, garbled: Path) -> Mapping[str, float]:
    """Write what was measured to a file, and return figures of it by language."""
    tables = dict[str, Mapping[str, Any]]()
    figures = dict[str, float]()
    model = detector.load()
    for language in LANGUAGES:
        observed = Observed()
        observe_passages(read_passages(garbled, language), language, model, observed)
        observe_news(news(data, language), model, observed, judgements())
        table = tables[language] = fitted(observed)
        figures[f"{language}: finders seen"] = float(len(table["seen"]))
        right = sum(was_right for _, _, was_right in observed.rows)
        figures[f"{language}: of their findings, right"] = right / len(observed.rows)
    out.write_text(dumped(tables), encoding="utf-8")
    return figures


def dumped(tables: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the file: a line for each finder."""
    text = json.dumps(tables, ensure_ascii=False, indent=1, sort_keys=True)
    return _PAIR.sub(r"[\1, \2]", text) + "\n"


def claims(document: Document) -> Iterator[Claim]:
    """Yield all that is weighed by ``checks/evidence.py`` in a scored article."""
    yield from grammar_claims(document)
    for claims_of in (wording_claims, distance_claims, government_claims, clause_claims):
        yield from claims_of(document)


def observe_passages(
    passages: Iterable[Passage], language: Language, model: detector.Detector, observed: Observed
) -> None:
    """Count what is found in passages and in their correct forms, those of the test part left out."""
    for passage in passages:
        if passage.split == "test":
            continue
        in_correct = [*claims_in(passage.correct, language, model)]
        observed.correct += 1
        for claim in in_correct:
            observed.add(claim, right=False)
        if passage.garbled:
            observed.garbled += 1
            silent = {claim.finder for claim in in_correct}
            for claim in claims_in(passage.garbled, language, model):
                if claim.finder not in silent and is_marked(claim, passage):
                    observed.add(claim, right=True)


def is_marked(claim: Claim, passage: Passage) -> bool:
    """Return whether a finding is at or beside what is marked in a passage."""
    hit = claim.hit
    return any(
        hit.start <= max(end, start + 1) + NEAR and start - NEAR <= hit.end for start, end in passage.spans
    )


def claims_in(text: str, language: Language, model: detector.Detector) -> Iterator[Claim]:
    """Yield what is found in a text alone; nothing where it is too short to be read."""
    try:
        document = make_document("passage.txt", text, {"format": "txt"}, language)
    except InputError:
        return
    yield from claims(as_read(detector.score_article(document, model)))


def news(data: Path, language: Language) -> Iterator[Document]:
    """Yield articles of news, drawn by chance. Raises InputError when a file is missing."""
    yield from _drawn(_masakhanews(data, language), language, WORDS["masakhanews"])
    yield from _drawn(_newstest(data, language), language, WORDS["newstest"])
    yield from _drawn(_unlearned(data, language), language, WORDS["more"])


def _masakhanews(data: Path, language: Language) -> Iterator[tuple[str, str]]:
    for article in corpora.articles(data):
        if article["lang"].startswith(language):
            yield article["title"], article["text"]


def _newstest(data: Path, language: Language) -> Iterator[tuple[str, str]]:
    learned, held_out = corpora.news(data)
    lines = [pair[LANGUAGES.index(language)] for pair in (*learned, *held_out)]
    for first in range(0, len(lines), LINES):
        yield "", "\n".join(lines[first : first + LINES])


def _unlearned(data: Path, language: Language) -> Iterator[tuple[str, str]]:
    for name in NEWS[language]:
        for lines in documents(data / "more" / f"{name}.txt.xz"):
            if name not in LEARNED[language] or is_kept_back(lines):
                yield "", "\n\n".join(lines)


def _drawn(articles: Iterable[tuple[str, str]], language: Language, words: int) -> Iterator[Document]:
    shuffled = list(articles)
    random.Random(1).shuffle(shuffled)
    for title, text in shuffled:
        if words <= 0:
            return
        try:
            document = make_document("news.txt", text, {"format": "txt", "title": title}, language)
        except InputError:
            continue
        if document.language == language:
            words -= count_words(document.text)
            yield document


def observe_news(
    documents: Iterable[Document],
    model: detector.Detector,
    observed: Observed,
    right: Judgements,
) -> None:
    """Count what is found in news."""
    for document in documents:
        scored = as_read(detector.score_article(document, model))
        observed.correct += len(sentences_of(scored))
        for claim in claims(scored):
            observed.add(claim, right=claim.finder.key in right.get(sentence_digest(scored, claim), ()))


def sentence_digest(document: Document, claim: Claim) -> str:
    """Return the digest of the sentence in which something was found."""
    hit = claim.hit
    text = next((s.text for s in document.segments if s.start <= hit.start < s.end), "")
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:DIGEST_LENGTH]


def judgements() -> Judgements:
    """Read which findings in news are right."""
    source = files("aligner.lab.train").joinpath("data", RIGHT_IN_NEWS)
    finders = defaultdict[str, set[str]](set)
    for line in source.read_text(encoding="utf-8").splitlines():
        digest, key = line.split("\t")
        finders[digest].add(key)
    return {digest: frozenset(keys) for digest, keys in finders.items()}


def fitted(observed: Observed) -> dict[str, Any]:
    """Return the table of one language."""
    right = Counter(finder.key for finder, _, was_right in observed.rows if was_right)
    wrong = Counter(finder.key for finder, _, was_right in observed.rows if not was_right)
    kinds: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for finder in sorted({finder.key: finder for finder, _, _ in observed.rows}.values()):
        kinds[finder.kind].append((right[finder.key], wrong[finder.key]))
    table = {
        "seen": {key: [right[key], wrong[key]] for key in sorted(right.keys() | wrong.keys())},
        "kinds": {kind: [round(x, 3) for x in beta(counts)] for kind, counts in kinds.items()},
        "doubt": [0.0, 0.0],
        "share": round(observed.garbled / (observed.garbled + observed.correct), 4),
        "authors": 0.0,
    }
    offset, slope = (round(x, 4) for x in doubt_curve(observed.rows, read_evidence(table)))
    authors = round(modesty(observed.rows, (offset, slope)), 4)
    return table | {"doubt": [offset, slope], "authors": authors}


def beta(counts: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """Return the beta distribution of the precisions of finders that makes their counts likeliest.

    It stands for ``LEAST_SEEN`` to ``MOST_SEEN`` findings.
    """
    from scipy.optimize import minimize
    from scipy.special import betaln

    right, wrong = np.array(counts, float).T
    strength_range = math.log(LEAST_SEEN), math.log(MOST_SEEN)

    def loss(x: npt.NDArray[np.float64]) -> float:
        a, b = _beta(*x)
        return float(-(betaln(right + a, wrong + b) - betaln(a, b)).sum())

    solution = minimize(loss, [3.0, 2.0], method="L-BFGS-B", bounds=[(0.0, 5.0), strength_range])
    return _beta(*solution.x)


def _beta(mean_odds: float, log_strength: float) -> tuple[float, float]:
    mean, strength = from_log_odds(mean_odds), math.exp(log_strength)
    return mean * strength, (1 - mean) * strength


def modesty(rows: Sequence[tuple[Finder, float, bool]], doubt: tuple[float, float]) -> float:
    """Return what is added to the log odds of the authors' estimates of rules to come to what was seen.

    Each rule weighs as much as any other: they stand for those that were never seen.
    """
    from scipy.optimize import minimize_scalar

    estimated = [row for row in rows if row[0].estimate < 1.0]
    times = Counter(finder.key for finder, _, _ in estimated)
    weights = np.array([1.0 / times[finder.key] for finder, _, _ in estimated])
    known = np.array(
        [
            log_odds(finder.estimate) + doubt[0] + doubt[1] * log_odds_of_doubt(doubted)
            for finder, doubted, _ in estimated
        ]
    )
    signs = np.array([1.0 if right else -1.0 for _, _, right in estimated])

    def loss(x: float) -> float:
        return float(weights @ np.logaddexp(0.0, -signs * (known + x)))

    return float(minimize_scalar(loss, bounds=(-3.0, 3.0), method="bounded").x) if estimated else 0.0


def doubt_curve(rows: Sequence[tuple[Finder, float, bool]], counts: Evidence) -> tuple[float, float]:
    """Return offset and slope of the log odds of findings in those of the doubt of their sentences.

    What the finder was seen to find is known, each finding itself left out.
    """
    from scipy.optimize import minimize

    known = np.array(
        [log_odds(counts.of_finder(finder, Seen(right, not right))) for finder, _, right in rows]
    )
    doubts = np.array([log_odds_of_doubt(doubt) for _, doubt, _ in rows])
    signs = np.array([1.0 if right else -1.0 for _, _, right in rows])

    def loss(x: npt.NDArray[np.float64]) -> float:
        return float(np.logaddexp(0.0, -signs * (known + x[0] + x[1] * doubts)).sum())

    offset, slope = minimize(loss, [0.0, 0.5], method="L-BFGS-B").x
    return float(offset), float(slope)
