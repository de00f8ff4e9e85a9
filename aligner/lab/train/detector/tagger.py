"""Parts of speech, features and heads of the tokens of a sentence, as a shipped detector gives them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from aligner.detector.onnx import SIDE
from aligner.lab.train.detector.rows import ends, piece_spans
from aligner.lab.train.detector.tokens import TOKEN
from aligner.model import Language

CERTAIN = 0.8
"""Probability of a part of speech below which a token has none."""


class Tag(NamedTuple):
    """A token's part of speech ("" if uncertain), features, relation, and its head's number (-1: none)."""

    upos: str
    features: Mapping[str, str]
    relation: str
    head: int


class Tagger:
    """Tags the tokens that ``tokens.tokenise`` cuts, with the network of a folder."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
        self._columns: Mapping[str, Sequence[str]] = card["columns"]

    def __call__(self, text: str, language: Language) -> list[Tag]:
        """Return a tag for each token of the text."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        first, last = ends(self._tokenizer)
        ids = np.array([[first, *encoding.ids, last]], np.int64)
        inputs = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.full_like(ids, SIDE[language]),
        }
        tags, confidence, arcs = (output[0] for output in self._session.run(["tags", "sure", "arcs"], inputs))
        spans = piece_spans(text, encoding.offsets)
        tokens = [match.span() for match in TOKEN[language].finditer(text)]
        pieces = [_first(spans, start, end) for start, end in tokens]
        token_of = _tokens_of_pieces(spans, tokens)
        return [
            Tag("", {}, "", -1) if piece < 0 else self._tag(piece + 1, tags, confidence, arcs, token_of)
            for piece in pieces
        ]

    def _tag(self, piece: int, tags: Any, confidence: Any, arcs: Any, token_of: Sequence[int]) -> Tag:
        values = {
            column: labels[int(tags[piece, k])] for k, (column, labels) in enumerate(self._columns.items())
        }
        upos, relation = values.pop("UPOS"), values.pop("Relation")
        head = int(arcs[piece, : len(token_of) + 1].argmax()) - 1
        return Tag(
            upos if confidence[piece, 0] >= CERTAIN else "",
            {column: label for column, label in values.items() if label != "_"},
            relation,
            token_of[head] if head >= 0 else -1,
        )


def _first(spans: Sequence[tuple[int, int]], start: int, end: int) -> int:
    return next((i for i, (a, b) in enumerate(spans) if a < end and b > start), -1)


def _tokens_of_pieces(spans: Sequence[tuple[int, int]], tokens: Sequence[tuple[int, int]]) -> list[int]:
    numbers, token = [], 0
    for start, _ in spans:
        while token + 1 < len(tokens) and tokens[token][1] <= start:
            token += 1
        numbers.append(token)
    return numbers
