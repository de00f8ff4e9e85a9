"""The whole of pairing: copies, candidates, scores, mutual best, versions, and who is left over."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from aligner.alignment import with_evidence
from aligner.alignment.align import Vectors, align_segments, vectors
from aligner.encoders.protocol import Encoder
from aligner.model import (
    Alignment,
    Document,
    DocumentPair,
    InputError,
    Pairing,
    Unpaired,
    UnpairedReason,
)
from aligner.pairing.candidates import article_vectors, nearest
from aligner.pairing.duplicates import duplicates
from aligner.pairing.facts import facts, rarity
from aligner.pairing.kind import kind
from aligner.pairing.score import likeness, logit, probability, profile

logger = logging.getLogger(__name__)

Progress = Callable[[int, int], None]

SAME_STORY = 0.5
"""Least probability of a pair."""

ANOTHER_VERSION = 0.9
"""Least probability at which an article joins a pair as one more version of the story."""

RELATED = 0.02
"""From here up, an article that is not paired is called related to its best candidate."""

ENCODED_AT_ONCE = 256
"""Articles handed to the encoder together, which costs it less than one at a time."""

DATE_WINDOW = datetime.timedelta(days=60)
"""Articles whose known dates lie further apart are not compared."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A scored candidate: indices of the French and English article, and the log-odds."""

    fr: int
    en: int
    logit: float

    @property
    def score(self) -> float:
        """Probability 0..1, rounded as it is reported."""
        return round(probability(self.logit), 4)


def pair_documents(
    documents: Sequence[Document],
    encoder: Encoder,
    known: Sequence[tuple[str, str]] = (),
    progress: Progress | None = None,
    wanted: Callable[[str], bool] | None = None,
) -> Pairing:
    """Pair and align articles of both languages.

    ``known`` are pairs of article keys (French, English) that are taken as they are. ``progress``
    is told (done, total) after each alignment. With ``wanted``, only pairs of which it holds an
    article's key are aligned; the others have no beads. Raises InputError for a known pair that names an
    article that was not read, or one of the wrong language.
    """
    embedded = _embedded(documents, encoder)
    given = _known_edges(documents, known)
    taken = {index for edge in given for index in (edge.fr, edge.en)}
    copies = {copy: first for copy, first in duplicates(documents).items() if copy not in taken}
    free = [i for i in range(len(documents)) if i not in taken and i not in copies]
    edges = _edges(documents, embedded, free)
    accepted, groups = _accept(given, edges)
    rivals = _rivals(edges)
    alignments = []
    for number, edge in enumerate(accepted):
        pair = DocumentPair(
            documents[edge.fr], documents[edge.en], edge.score, _margin(edge, rivals, groups),
            "translation", groups[edge.fr],
        )  # fmt: skip
        if wanted is None or wanted(pair.fr.path) or wanted(pair.en.path):
            alignments.append(_aligned(pair, embedded[edge.fr], embedded[edge.en], encoder))
        else:
            alignments.append(Alignment(pair, ()))
        if progress:
            progress(number + 1, len(accepted))
    left = [i for i in range(len(documents)) if i not in groups]
    return Pairing(tuple(alignments), _left_over(documents, left, copies, edges))


def _embedded(documents: Sequence[Document], encoder: Encoder) -> list[Vectors]:
    """The vectors of every article's title and body segments."""
    found = []
    for start in range(0, len(documents), ENCODED_AT_ONCE):
        articles = [document.aligned_segments for document in documents[start : start + ENCODED_AT_ONCE]]
        together = vectors([segment for article in articles for segment in article], encoder)
        end = 0
        for article in articles:
            begin, end = end, end + len(article)
            rows = slice(begin, end)
            found.append(
                Vectors(
                    together.sums[rows], together.weights[rows], together.plain[rows], together.lengths[rows]
                )
            )
    return found


def _known_edges(documents: Sequence[Document], known: Sequence[tuple[str, str]]) -> list[Edge]:
    index = {document.path: i for i, document in enumerate(documents)}
    edges = []
    for pair in known:
        for path, language in zip(pair, ("fr", "en"), strict=True):
            if path not in index:
                names = [p for p in index if PurePath(p).name == PurePath(path).name]
                hint = f"; did you mean {names[0]!r}?" if names else ""
                raise InputError(f"known pair {pair[0]},{pair[1]}: no article {path!r} was read{hint}")
            if documents[index[path]].language != language:
                raise InputError(
                    f"known pair {pair[0]},{pair[1]}: {path!r} is not in "
                    f"{'French' if language == 'fr' else 'English'}; the columns are fr,en"
                )
        edges.append(Edge(index[pair[0]], index[pair[1]], float("inf")))
    return edges


def _edges(documents: Sequence[Document], embedded: Sequence[Vectors], free: Sequence[int]) -> list[Edge]:
    """Scored candidates among the articles that are neither taken nor copies, best first."""
    french = [i for i in free if documents[i].language == "fr"]
    english = [i for i in free if documents[i].language == "en"]
    if not french or not english:
        return []
    known_facts = {i: facts(documents[i].text) for i in free}
    weight = rarity(known_facts.values())
    profiles = {i: profile(embedded[i], known_facts[i], weight) for i in free}
    dimension = embedded[free[0]].plain.shape[1]
    fr = article_vectors([embedded[i] for i in french], dimension)
    en = article_vectors([embedded[i] for i in english], dimension)
    edges = []
    for i, j, cosine in nearest(fr, en):
        a, b = french[i], english[j]
        if _far_apart(documents[a], documents[b]):
            continue
        edges.append(Edge(a, b, logit(likeness(profiles[a], profiles[b], weight, cosine))))
    return sorted(edges, key=lambda edge: (-edge.logit, edge.fr, edge.en))


def _far_apart(fr: Document, en: Document) -> bool:
    dates = []
    for document in (fr, en):
        try:
            dates.append(datetime.date.fromisoformat(document.metadata.get("date", "")[:10]))
        except ValueError:
            return False
    return abs(dates[0] - dates[1]) > DATE_WINDOW


def _accept(given: Sequence[Edge], edges: Sequence[Edge]) -> tuple[list[Edge], dict[int, int]]:
    """Mutual best pairs, then further versions; also the group of every paired article."""
    accepted: list[Edge] = []
    groups: dict[int, int] = {}

    def join(edge: Edge) -> None:
        group = groups.get(edge.fr, groups.get(edge.en, len(accepted)))
        groups[edge.fr] = groups[edge.en] = group
        accepted.append(edge)

    for edge in given:
        join(edge)
    for edge in edges:
        if edge.score >= SAME_STORY and edge.fr not in groups and edge.en not in groups:
            join(edge)
    for edge in edges:
        if edge.score >= ANOTHER_VERSION and (edge.fr in groups) != (edge.en in groups):
            join(edge)
    accepted.sort(key=lambda edge: (edge.fr, edge.en))
    return accepted, _renumbered(accepted, groups)


def _renumbered(accepted: Sequence[Edge], groups: Mapping[int, int]) -> dict[int, int]:
    """Number the stories from 1 in the order in which they are reported."""
    order: dict[int, int] = {}
    for edge in accepted:
        order.setdefault(groups[edge.fr], len(order) + 1)
    return {index: order[group] for index, group in groups.items()}


def _rivals(edges: Sequence[Edge]) -> Mapping[int, list[Edge]]:
    """The edges of each article."""
    of_article: dict[int, list[Edge]] = {}
    for edge in edges:
        for article in (edge.fr, edge.en):
            of_article.setdefault(article, []).append(edge)
    return of_article


def _margin(edge: Edge, rivals: Mapping[int, list[Edge]], groups: Mapping[int, int]) -> float:
    """Distance in probability to the best rival of either side, other versions left out."""
    own = groups[edge.fr]
    scores = (
        other.score
        for article in (edge.fr, edge.en)
        for other in rivals.get(article, ())
        if not (groups.get(other.fr) == own and groups.get(other.en) == own)
    )
    return round(edge.score - max(scores, default=0.0), 4)


def _aligned(pair: DocumentPair, fr: Vectors, en: Vectors, encoder: Encoder) -> Alignment:
    alignment = align_segments(pair, fr, en)
    return with_evidence(replace(alignment, pair=replace(pair, kind=kind(alignment))), encoder)


def _left_over(
    documents: Sequence[Document], left: Sequence[int], copies: Mapping[int, int], edges: Sequence[Edge]
) -> tuple[Unpaired, ...]:
    best: dict[int, tuple[int, float]] = {}
    for edge in edges:
        best.setdefault(edge.fr, (edge.en, edge.score))
        best.setdefault(edge.en, (edge.fr, edge.score))
    found = []
    for i in left:
        document = documents[i]
        if i in copies:
            found.append(Unpaired(document, "duplicate of another article", documents[copies[i]].path, 1.0))
            continue
        if i not in best:
            found.append(Unpaired(document, "no counterpart"))
            continue
        rival, score = best[i]
        found.append(Unpaired(document, _reason(score), documents[rival].path, score))
    return tuple(found)


def _reason(score: float) -> UnpairedReason:
    if score >= SAME_STORY:
        return "ambiguous"
    return "only related" if score >= RELATED else "no counterpart"
