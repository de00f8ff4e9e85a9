"""A detector from its folder: a tokenizer, a small network in ONNX form, and a card. No torch.

One text (or pair) is run at a time: the network's products are scaled to what they are given, so
that a text would get slightly other scores in another batch. On one core, batches
of 16 are only a tenth faster.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from aligner.detector.protocol import Analysis, WordScores
from aligner.detector.tagging import Columns, Tagged
from aligner.detector.windows import Pieces, alone, together, touching
from aligner.detector.words import unknown, word_spans
from aligner.lexicon.words import lexicon_digest
from aligner.model import InputError, Language, Span, WordScore

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

FILES = ("card.json", "model.onnx", "tokenizer.json")
SIDE: Mapping[Language, int] = {"fr": 0, "en": 1}
"""Code by which the network knows the language of a piece."""
SHOWN_DIGITS = 4
"""Decimals kept of a probability: more than it is worth, and processors may differ beyond."""

OUTPUTS = ("wrong", "edited", "types")
TAG_OUTPUTS = ("tags", "sure", "arcs")
"""Outputs on the grammar of a single text, where the card of the model names the columns of its tags."""

Mode = Literal["alone", "bead"]


class Curve(NamedTuple):
    """From a word's log odds, the mean of its sentence's, and whether it is unknown, to those that hold.

    The network sees pieces of words and cannot know which ones together are no word.
    """

    slope: float
    offset: float
    company: float = 0.0
    unknown: float = 0.0

    def probability(self, logit: float, usual: float, unknown: bool) -> float:
        """Return the probability (0..1) for log-odds ``logit`` in a sentence of mean log-odds ``usual``."""
        odds = self.slope * logit + self.offset + self.company * usual + self.unknown * unknown
        return round(1.0 / (1.0 + math.exp(-min(max(odds, -30.0), 30.0))), SHOWN_DIGITS)


class _Logits(NamedTuple):
    """Logits of each piece: garbled, edited (n,), and the type if garbled (n, types)."""

    wrong: list[float]
    edited: list[float]
    types: list[int]


class OnnxDetector:
    """Runs the network of one folder, in this thread alone. The weights are read when first needed."""

    def __init__(self, folder: Path) -> None:
        for needed in FILES:
            if not (folder / needed).is_file():
                raise InputError(
                    f"{folder}: no detector there ({needed} is missing); name the folder of one, "
                    "or go without with --no-detector"
                )
        try:
            card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
            self._name = f"{folder.name}-{card['version']}"
            self._types: list[str] = [str(name) for name in card["types"]]
            self._curves = _curves(card["calibration"])
            self._columns = Columns.of(card.get("columns"))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(f"{folder}: card.json does not describe a detector: {error!r}") from error
        self._folder = folder

    @property
    def name(self) -> str:
        """Folder name and version, as its model card states."""
        return self._name

    @property
    def fingerprint(self) -> str:
        """A digest that changes with the model and with the word lists that its words are looked up in."""
        size = (self._folder / "model.onnx").stat()
        card = (self._folder / "card.json").read_bytes()
        stamp = (
            f"{self._folder.resolve()} {size.st_size} {size.st_mtime_ns} {lexicon_digest()} ".encode() + card
        )
        return hashlib.sha256(stamp).hexdigest()[:16]

    @property
    def types(self) -> Sequence[str]:
        """The types of fault that it tells apart."""
        return self._types

    def score(self, texts: Sequence[str], languages: Sequence[Language]) -> list[WordScores]:
        """Score each text alone."""
        return [analysis.words for analysis in self.analyse(texts, languages)]

    def analyse(self, texts: Sequence[str], languages: Sequence[Language]) -> list[Analysis]:
        """Score each text alone, and tag its words where the network can."""
        return [self._analyse_alone(text, language) for text, language in zip(texts, languages, strict=True)]

    def score_pairs(self, fr: Sequence[str], en: Sequence[str]) -> list[tuple[WordScores, WordScores]]:
        """Score both sides of each pair, each with the other as evidence."""
        return [self._score_together(*sides) for sides in zip(fr, en, strict=True)]

    def _analyse_alone(self, text: str, language: Language) -> Analysis:
        words, pieces = self._pieces(text)
        logits = _Logits([], [], [])
        tagged = Tagged(self._columns) if self._columns else None
        for first, last in alone(pieces) if pieces.ids else ():
            ids = [self._open, *pieces.ids[first:last], self._close]
            _extend(logits, self._run(ids, [SIDE[language]] * len(ids), tagged), 1, last - first)
        scores = tuple(self._words(words, unknown(text, words, language), pieces, logits, "alone"))
        return Analysis(scores, None if tagged is None else tuple(tagged.of_words(words, pieces.runs)))

    def _score_together(self, fr: str, en: str) -> tuple[WordScores, WordScores]:
        (fr_words, fr_pieces), (en_words, en_pieces) = self._pieces(fr), self._pieces(en)
        of_fr, of_en = _Logits([], [], []), _Logits([], [], [])
        for fr_run, en_run in together(fr_pieces, en_pieces):
            left, right = fr_pieces.ids[slice(*fr_run)], en_pieces.ids[slice(*en_run)]
            ids = [self._open, *left, self._close, *right, self._close]
            sides = [SIDE["fr"]] * (len(left) + 2) + [SIDE["en"]] * (len(right) + 1)
            logits = self._run(ids, sides)
            _extend(of_fr, logits, 1, len(left))
            _extend(of_en, logits, len(left) + 2, len(right))
        return (
            tuple(self._words(fr_words, unknown(fr, fr_words, "fr"), fr_pieces, of_fr, "bead")),
            tuple(self._words(en_words, unknown(en, en_words, "en"), en_pieces, of_en, "bead")),
        )

    def _pieces(self, text: str) -> tuple[list[Span], Pieces]:
        words = word_spans(text)
        # A lone surrogate is no text; in its place, a character that no vocabulary holds.
        valid = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _torn(text) else text
        encoding = self._tokenizer.encode(valid, add_special_tokens=False)
        spans = [_without_space(text, span) for span in encoding.offsets]
        return words, Pieces(encoding.ids, touching(words, spans))

    def _run(self, ids: Sequence[int], sides: Sequence[int], tagged: Tagged | None = None) -> _Logits:
        inputs = {
            "input_ids": np.array([ids], np.int64),
            "attention_mask": np.ones((1, len(ids)), np.int64),
            "token_type_ids": np.array([sides], np.int64),
        }
        outputs = [*OUTPUTS, *TAG_OUTPUTS] if tagged is not None else [*OUTPUTS]
        wrong, edited, types, *tags = self._session.run(outputs, inputs)
        if tagged is not None:
            tagged.add(*(output[0] for output in tags))
        return _Logits(wrong[0].tolist(), edited[0].tolist(), types[0].argmax(axis=1).tolist())

    def _words(
        self,
        words: Sequence[Span],
        unknown_flags: Sequence[bool],
        pieces: Pieces,
        logits: _Logits,
        mode: Mode,
    ) -> Iterator[WordScore]:
        """Yield the score of each word: that of its most suspect piece, with that piece's type."""
        wrong_curve, edited_curve = self._curves["wrong", mode], self._curves["edited", mode]
        edits = [max(logits.edited[first:last]) for first, last in pieces.runs if first < last]
        usual = sum(edits) / len(edits) if edits else 0.0
        for (start, end), is_unknown, (first, last) in zip(words, unknown_flags, pieces.runs, strict=True):
            if first == last:
                yield WordScore(start, end, 0.0, self._types[0])
                continue
            suspect = max(range(first, last), key=logits.wrong.__getitem__)
            yield WordScore(
                start,
                end,
                wrong_curve.probability(logits.wrong[suspect], 0.0, is_unknown),
                self._types[logits.types[suspect]],
                edited_curve.probability(max(logits.edited[first:last]), usual, is_unknown),
            )

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        return Tokenizer.from_file(str(self._folder / "tokenizer.json"))

    @cached_property
    def _open(self) -> int:
        return _id(self._tokenizer, "<s>")

    @cached_property
    def _close(self) -> int:
        return _id(self._tokenizer, "</s>")

    @cached_property
    def _session(self) -> InferenceSession:
        import onnxruntime

        # Newer releases (1.31) carry a client that reports to their vendor; nothing here may call home.
        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # processes share the work: --jobs
        options.use_deterministic_compute = True
        options.log_severity_level = 3  # errors
        path = self._folder / "model.onnx"
        try:
            return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime has no base class of its own for them
            raise InputError(
                f"{path}: onnxruntime cannot load it: {error}; put the file right, or go without with "
                "--no-detector"
            ) from error


def _curves(calibration: Mapping[str, Any]) -> dict[tuple[str, str], Curve]:
    pairs = [(head, mode) for head in ("wrong", "edited") for mode in ("alone", "bead")]
    values = {(head, mode): calibration[head][mode] for head, mode in pairs}
    return {key: Curve(*map(float, numbers)) for key, numbers in values.items()}


def _extend(logits: _Logits, window: _Logits, first: int, number: int) -> None:
    last = first + number
    logits.wrong.extend(window.wrong[first:last])
    logits.edited.extend(window.edited[first:last])
    logits.types.extend(window.types[first:last])


def _id(tokenizer: Tokenizer, token: str) -> int:
    number = tokenizer.token_to_id(token)
    if number is None:
        raise InputError(f"the detector's tokenizer has no {token}; build the model again")
    return int(number)


def _torn(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text)


def _without_space(text: str, span: Span) -> Span:
    """Return the span of a piece without the space before it, which some tokenizers count in."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    return start, end
