"""Word scores kept between runs by model, by what runs it, and by text. Losing it costs only time."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from aligner.detector.protocol import Analysis, Detector, WordScores
from aligner.detector.words import word_spans
from aligner.model import Language, WordScore, WordTag
from aligner.storage.cache import CacheFile
from aligner.version import model_versions

FORM = 2
"""Goes up when words are cut otherwise, or kept in another form."""

Item = TypeVar("Item")
Result = TypeVar("Result")


class Remembering:
    """A detector that asks another one only for what it has not scored yet.

    One file, which processes may share, and which is ignored where it is broken.
    """

    def __init__(self, detector: Detector, fingerprint: str, folder: Path) -> None:
        self._detector = detector
        self._made_by = f"{FORM} {fingerprint} {model_versions()}\0".encode()
        self._file = CacheFile(folder, "scores")

    @property
    def name(self) -> str:
        """Name and version of the detector asked."""
        return self._detector.name

    def score(self, texts: Sequence[str], languages: Sequence[Language]) -> list[WordScores]:
        """Score each text alone, or remember its scores."""
        return [analysis.words for analysis in self.analyse(texts, languages)]

    def analyse(self, texts: Sequence[str], languages: Sequence[Language]) -> list[Analysis]:
        """Score and tag each text alone, or remember what was said of it."""

        def ask(new: Sequence[tuple[str, Language]]) -> list[Analysis]:
            return self._detector.analyse([text for text, _ in new], [language for _, language in new])

        items = list(zip(texts, languages, strict=True))
        return self._from_cache(items, lambda item: (item[1], item[0]), ask, _analysis_dumped, _analysis)

    def score_pairs(self, fr: Sequence[str], en: Sequence[str]) -> list[tuple[WordScores, WordScores]]:
        """Score both sides of each pair, or remember their scores."""

        def ask(new: Sequence[tuple[str, str]]) -> list[tuple[WordScores, WordScores]]:
            return self._detector.score_pairs([fr for fr, _ in new], [en for _, en in new])

        def dumped(scores: tuple[WordScores, WordScores]) -> bytes:
            return _to_json((*scores[0], *scores[1]))

        def loaded(pair: tuple[str, str], stored: bytes) -> tuple[WordScores, WordScores]:
            return _split(pair, stored)

        return self._from_cache(
            list(zip(fr, en, strict=True)), lambda pair: ("pair", *pair), ask, dumped, loaded
        )

    def _from_cache(
        self,
        items: Sequence[Item],
        parts: Callable[[Item], Iterable[str]],
        ask: Callable[[Sequence[Item]], list[Result]],
        dumped: Callable[[Result], bytes],
        loaded: Callable[[Item, bytes], Result],
    ) -> list[Result]:
        keys = [self._key(parts(item)) for item in items]
        cached = self._file.get(set(keys))
        by_key = dict(zip(keys, items, strict=True))
        results: dict[bytes, Result] = {}
        for key, words in cached.items():
            with contextlib.suppress(
                ValueError, TypeError, LookupError, RecursionError
            ):  # broken: asked again
                results[key] = loaded(by_key[key], words)
        new = {key: item for key, item in by_key.items() if key not in results}
        if new:
            fresh = dict(zip(new, ask(list(new.values())), strict=True))
            self._file.put((key, dumped(result)) for key, result in fresh.items())
            results |= fresh
        return [results[key] for key in keys]

    def _key(self, parts: Iterable[str]) -> bytes:
        digest = hashlib.sha256(self._made_by)
        for part in parts:
            digest.update(hashlib.sha256(part.encode("utf-8", "surrogatepass")).digest())
        return digest.digest()


def _to_json(scores: WordScores) -> bytes:
    rows = [[word.p_bad, word.p_edited, word.type] for word in scores]
    return json.dumps(rows, separators=(",", ":")).encode()


def _analysis_dumped(analysis: Analysis) -> bytes:
    rows = [[word.p_bad, word.p_edited, word.type] for word in analysis.words]
    tags = analysis.tags and [[t.pos, t.features, t.relation, t.head, t.confidence] for t in analysis.tags]
    return json.dumps([rows, tags], separators=(",", ":")).encode()


def _analysis(item: tuple[str, Language], stored: bytes) -> Analysis:
    spans = word_spans(item[0])
    rows, tags = json.loads(stored)
    return Analysis(_scores_at(spans, rows), None if tags is None else tuple(_tags_at(spans, tags)))


def _tags_at(spans: Sequence[tuple[int, int]], values: Sequence[Sequence[object]]) -> Iterator[WordTag]:
    starts = {start for start, _ in spans}
    for (start, end), (pos, features, relation, head, confidence) in zip(spans, values, strict=True):
        if not isinstance(head, int) or head not in starts:
            raise ValueError(f"{head!r} is where no word starts")
        fields = _word(pos), _word(features), _word(relation)
        yield WordTag(start, end, *fields, head, _share(confidence))


def _split(pair: tuple[str, str], stored: bytes) -> tuple[WordScores, WordScores]:
    values = json.loads(stored)
    fr, en = map(word_spans, pair)
    return _scores_at(fr, values[: len(fr)]), _scores_at(en, values[len(fr) :])


def _scores_at(spans: Sequence[tuple[int, int]], values: Sequence[tuple[float, float, str]]) -> WordScores:
    return tuple(
        WordScore(start, end, _share(p_bad), _word(kind), _share(p_edited))
        for (start, end), (p_bad, p_edited, kind) in zip(spans, values, strict=True)
    )


def _share(value: object) -> float:
    if not isinstance(value, int | float) or not 0.0 <= value <= 1.0:
        raise ValueError(f"{value!r} is no probability")
    return value


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no word")
    return value
