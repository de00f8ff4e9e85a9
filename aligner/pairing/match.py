"""Which articles tell the same story, from their profiles: candidates, scores, mutual best, versions."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import PurePath

import numpy as np

from aligner.model import InputError, UnpairedReason
from aligner.pairing.candidates import Candidate, centred, nearest
from aligner.pairing.duplicates import duplicates
from aligner.pairing.profile import ArticleProfile, Floats, repeated
from aligner.pairing.score import Comparable, comparable, logit, pair_features, probability

SAME_STORY = 0.5
"""Least probability of a pair."""

ANOTHER_VERSION = 0.9
"""Least probability at which an article joins a pair as one more version of the story."""

AS_COVERED = 0.8
"""Least coverage of another version, as a share of that of the pair that it joins: one with part of a
story that continues with another one is not a version. On `corpora/demo` a rewritten version has .86 of it;
articles made of halves of two have .77."""

RELATED = 0.02
"""From here up, an article that is not paired is called related to its best candidate."""

DATE_WINDOW = datetime.timedelta(days=60)
"""Articles whose known dates lie further apart are not compared."""

COMPARABLES_KEPT = 20_000
"""Articles kept ready for comparing, about 20 KB each with sentences of the shipped encoder."""

Sentences = Callable[[int], tuple[Floats, Floats]]
"""Given an article, the static vectors (n, d) and lengths (n,) of its title and body segments."""

Search = Callable[[Sequence[int], Sequence[int]], Iterable[Candidate]]
"""Given the French and the English articles, pairs of indices into these that are worth comparing."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A scored candidate: indices of the French and English article, and the log-odds.

    ``covered`` is how well the side that is better covered is (0..1).
    """

    fr: int
    en: int
    logit: float
    covered: float = 1.0

    @property
    def score(self) -> float:
        """Probability 0..1, rounded as it is reported."""
        return round(probability(self.logit), 4)


@dataclass(frozen=True, slots=True)
class Link:
    """A pair: indices of its articles, score and margin 0..1, and the number of its story."""

    fr: int
    en: int
    score: float
    margin: float
    group: int


@dataclass(frozen=True, slots=True)
class Unmatched:
    """An article without counterpart; ``rival`` is its best candidate, or the article that it copies."""

    index: int
    reason: UnpairedReason
    rival: int | None = None
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Match:
    """The decisions of pairing: pairs in the order of their articles, and every unpaired article."""

    links: tuple[Link, ...]
    unmatched: tuple[Unmatched, ...]


def match(
    profiles: Sequence[ArticleProfile],
    sentences: Sentences,
    known_pairs: Sequence[tuple[str, str]] = (),
    search: Search | None = None,
    rejected: Sequence[tuple[str, str]] = (),
) -> Match:
    """Pair articles of both languages.

    ``known_pairs`` of article keys (French, English) are taken as they are, ``rejected`` ones are
    never made; ``search`` finds the candidates, in memory if it is not given. Raises InputError for a known
    pair that names an article that was not read, or one of the wrong language.
    """
    known_edges = _known_edges(profiles, known_pairs)
    paired = {index for edge in known_edges for index in (edge.fr, edge.en)}
    copies = {copy: first for copy, first in duplicates(profiles).items() if copy not in paired}
    unpaired = [i for i in range(len(profiles)) if i not in paired and i not in copies]
    edges = _edges(
        profiles, sentences, unpaired, search or partial(_search_here, profiles), frozenset(rejected)
    )
    accepted, groups = _accept(known_edges, edges)
    rivals = _rivals(edges)
    links = [
        Link(edge.fr, edge.en, edge.score, _margin(edge, rivals, groups), groups[edge.fr])
        for edge in accepted
    ]
    left = [i for i in range(len(profiles)) if i not in groups]
    return Match(tuple(links), _unmatched_articles(left, copies, edges))


def _known_edges(profiles: Sequence[ArticleProfile], known_pairs: Sequence[tuple[str, str]]) -> list[Edge]:
    if not known_pairs:
        return []
    index = {profile.path: i for i, profile in enumerate(profiles)}
    edges = []
    for pair in known_pairs:
        for path, language in zip(pair, ("fr", "en"), strict=True):
            if path not in index:
                names = [p for p in index if PurePath(p).name == PurePath(path).name]
                hint = f"did you mean {names[0]!r}?" if names else "check the spelling"
                raise InputError(f"known pair {pair[0]},{pair[1]}: no article {path!r} was read; {hint}")
            if profiles[index[path]].language != language:
                raise InputError(
                    f"known pair {pair[0]},{pair[1]}: {path!r} is not in "
                    f"{'French' if language == 'fr' else 'English'}; the columns are fr,en"
                )
        edges.append(Edge(index[pair[0]], index[pair[1]], float("inf")))
    return edges


def _search_here(profiles: Sequence[ArticleProfile], fr: Sequence[int], en: Sequence[int]) -> list[Candidate]:
    sides = (centred(np.stack([profiles[i].vector for i in side])) for side in (fr, en))
    return nearest(*sides)


def _edges(
    profiles: Sequence[ArticleProfile],
    sentences: Sentences,
    unpaired: Sequence[int],
    search: Search,
    rejected: frozenset[tuple[str, str]],
) -> list[Edge]:
    """Return scored candidates among the articles that are neither paired already nor copies, best first."""
    french = [i for i in unpaired if profiles[i].language == "fr"]
    english = [i for i in unpaired if profiles[i].language == "en"]
    if not french or not english:
        return []
    weight = _Rarity([profiles[i] for i in unpaired])

    @lru_cache(COMPARABLES_KEPT)
    def prepared(index: int) -> Comparable:
        return comparable(*sentences(index), frozenset(profiles[index].facts.tolist()), weight)

    edges = []
    for i, j, cosine in search(french, english):
        a, b = french[i], english[j]
        keys = (profiles[a].path, profiles[b].path)
        if keys not in rejected and not _far_apart(profiles[a], profiles[b]):
            features = pair_features(prepared(a), prepared(b), weight, cosine)
            edges.append(Edge(a, b, logit(features), features.best_side))
    return sorted(edges, key=lambda edge: (-edge.logit, edge.fr, edge.en))


class _Rarity(dict[int, float]):
    """Weight of each fact: log of the share of articles that have it (inverse document frequency)."""

    def __init__(self, profiles: Sequence[ArticleProfile]) -> None:
        values, counts = repeated([profile.facts for profile in profiles])
        super().__init__(
            (value, math.log((len(profiles) + 1) / count))
            for value, count in zip(values.tolist(), counts.tolist(), strict=True)
        )
        self._once = math.log(len(profiles) + 1)

    def __missing__(self, fact: int) -> float:
        return self._once


def _far_apart(fr: ArticleProfile, en: ArticleProfile) -> bool:
    dates = []
    for profile in (fr, en):
        try:
            dates.append(datetime.date.fromisoformat(profile.date))
        except ValueError:
            return False
    return abs(dates[0] - dates[1]) > DATE_WINDOW


def _accept(known_edges: Sequence[Edge], edges: Sequence[Edge]) -> tuple[list[Edge], dict[int, int]]:
    """Accept mutual best pairs, then further versions; also return the group of every paired article."""
    accepted: list[Edge] = []
    groups: dict[int, int] = {}
    covered: dict[int, float] = {}

    def join(edge: Edge) -> None:
        group = groups.get(edge.fr, groups.get(edge.en, len(accepted)))
        groups[edge.fr] = groups[edge.en] = group
        covered.setdefault(group, edge.covered)
        accepted.append(edge)

    for edge in known_edges:
        join(edge)
    for edge in edges:
        if edge.score >= SAME_STORY and edge.fr not in groups and edge.en not in groups:
            join(edge)
    for edge in edges:
        if edge.score >= ANOTHER_VERSION and (edge.fr in groups) != (edge.en in groups):
            story = groups.get(edge.fr, groups.get(edge.en, 0))
            if edge.covered >= AS_COVERED * covered[story]:
                join(edge)
    accepted.sort(key=lambda edge: (edge.fr, edge.en))
    return accepted, _renumbered(accepted, groups)


def _renumbered(accepted: Sequence[Edge], groups: Mapping[int, int]) -> dict[int, int]:
    """Renumber the stories from 1, in the order in which they are reported."""
    order: dict[int, int] = {}
    for edge in accepted:
        order.setdefault(groups[edge.fr], len(order) + 1)
    return {index: order[group] for index, group in groups.items()}


def _rivals(edges: Sequence[Edge]) -> Mapping[int, list[Edge]]:
    """Map each article to its edges."""
    of_article: dict[int, list[Edge]] = {}
    for edge in edges:
        for article in (edge.fr, edge.en):
            of_article.setdefault(article, []).append(edge)
    return of_article


def _margin(edge: Edge, rivals: Mapping[int, list[Edge]], groups: Mapping[int, int]) -> float:
    """Return the distance in probability to the best rival of either side, other versions left out."""
    group = groups[edge.fr]
    scores = (
        rival.score
        for article in (edge.fr, edge.en)
        for rival in rivals.get(article, ())
        if not (groups.get(rival.fr) == group and groups.get(rival.en) == group)
    )
    return round(edge.score - max(scores, default=0.0), 4)


def _unmatched_articles(
    left: Sequence[int], copies: Mapping[int, int], edges: Sequence[Edge]
) -> tuple[Unmatched, ...]:
    best_rivals: dict[int, tuple[int, float]] = {}
    for edge in edges:
        best_rivals.setdefault(edge.fr, (edge.en, edge.score))
        best_rivals.setdefault(edge.en, (edge.fr, edge.score))
    unmatched = []
    for i in left:
        if i in copies:
            unmatched.append(Unmatched(i, "duplicate of another article", copies[i], 1.0))
        elif i not in best_rivals:
            unmatched.append(Unmatched(i, "no counterpart"))
        else:
            rival, score = best_rivals[i]
            unmatched.append(Unmatched(i, _reason(score), rival, score))
    return tuple(unmatched)


def _reason(score: float) -> UnpairedReason:
    if score >= SAME_STORY:
        return "ambiguous"
    return "only related" if score >= RELATED else "no counterpart"
