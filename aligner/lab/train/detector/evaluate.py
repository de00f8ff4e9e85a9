"""Figures on what is kept back, while the detector learns: garbled passages, news, and parts of speech."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from aligner.lab.datasets.ranking import auc
from aligner.lab.train.detector.network import SIZES, Network
from aligner.lab.train.detector.rows import UNKNOWN, Row, labels, padded, text_rows, tree_rows
from aligner.lab.train.detector.stream import Sources
from aligner.lab.train.detector.texts import Text, passage_texts, read_garbled, sentence_of
from aligner.model import LANGUAGES, Language

if TYPE_CHECKING:
    from tokenizers import Tokenizer

NEWS, TREES = 400, 200
"""News sentences, and sentences of treebanks' test parts, of each language."""
FLAGGED = (0.02, 0.05)
"""Shares of correct sentences at which figures say how many garbled ones are found."""
BATCH = 32


@dataclass(frozen=True, slots=True)
class KeptBack:
    """Rows of one language that nothing is learned from."""

    garbled: Sequence[Row]
    correct: Sequence[Row]
    news: Sequence[Row]
    trees: Sequence[Row]


def kept_back(sources: Sources, garbled: Path, tokenizer: Tokenizer) -> dict[Language, KeptBack]:
    """Return the dev split of the garbled passages, kept-back news, and parts of the treebanks."""
    rows_by_language = {}
    for language, passages in read_garbled(garbled, "dev").items():
        rng = random.Random(f"kept back {language}")
        texts = [text for passage in passages for text in passage_texts(passage, language)]
        news: list[Text] = []
        documents = sources.news[language].kept_back
        while len(news) < NEWS:
            if sentence := sentence_of(rng.choice(rng.choice(documents)), language, rng):
                news.append(Text(sentence, language))
        trees = rng.sample(list(sources.banks.tested[language]), TREES)
        rows_by_language[language] = KeptBack(
            text_rows([text for text in texts if text.marks], tokenizer),
            text_rows([text for text in texts if not text.marks], tokenizer),
            text_rows(news, tokenizer),
            tree_rows(trees, tokenizer),
        )
    return rows_by_language


def figures(network: Network, kept_back: Mapping[Language, KeptBack]) -> dict[str, float]:
    """Return for each language: AUC of garbled against correct passages, found at shares flagged, UPOS."""
    network.eval()
    figures_of = {}
    for language in LANGUAGES:
        texts = kept_back[language]
        garbled, correct, news = (
            suspicion(network, rows) for rows in (texts.garbled, texts.correct, texts.news)
        )
        figures_of[f"{language} AUC"] = auc(garbled, correct) or 0.0
        for share in FLAGGED:
            for name, negatives in (("correct", correct), ("news", news)):
                limit = np.quantile(negatives, 1 - share)
                figures_of[f"{language} found at {share:.0%} of {name}"] = float((garbled > limit).mean())
        figures_of[f"{language} UPOS"], figures_of[f"{language} heads"] = tagged(network, texts.trees)
    network.train()
    return figures_of


def suspicion(network: Network, rows: Sequence[Row]) -> np.ndarray:
    """Return for each text the log of its pieces' summed odds, shape (texts,)."""
    suspicions = np.zeros(len(rows))
    for batch in _batches(rows):
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            wrong = network(*padded([rows[i] for i in batch])).wrong.float()
        labelled = labels([rows[i] for i in batch], "wrong") != UNKNOWN
        suspicions[batch] = wrong.masked_fill(~labelled, -torch.inf).logsumexp(1).numpy()
    return suspicions


def tagged(network: Network, rows: Sequence[Row]) -> tuple[float, float]:
    """Return the shares of first pieces of words whose part of speech, and whose head, is right."""
    right, headed, total = 0, 0, 0
    for batch in _batches(rows):
        batch_rows = [rows[i] for i in batch]
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            scores = network(*padded(batch_rows))
        gold, heads = labels(batch_rows, "tags")[..., 0], labels(batch_rows, "heads")
        labelled = gold != UNKNOWN
        labelled[:, 1:] &= ~((heads[:, 1:] == heads[:, :-1]) & (gold[:, 1:] == gold[:, :-1]))
        upos = scores.tags[..., : SIZES[0]].argmax(-1)
        right += int((upos == gold)[labelled].sum())
        headed += int((scores.arcs.argmax(-1) == heads)[labelled].sum())
        total += int(labelled.sum())
    return right / max(total, 1), headed / max(total, 1)


def _batches(rows: Sequence[Row]) -> list[list[int]]:
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].ids))
    return [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
