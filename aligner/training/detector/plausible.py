"""Words that another network takes for the true ones: what fits beside its neighbours and yet is wrong.

A small masked language model learns the clean text, then fills places of it; where its word is another
and less likely than the true one, the detector learns to hear it. Source: Clark et al. 2020, "ELECTRA"
(arXiv 2003.10555), with one difference: a word as likely as the true one teaches nothing here.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from aligner.model import LANGUAGES
from aligner.training.detector.examples import Corpora
from aligner.training.detector.fit import learned, update
from aligner.training.detector.network import Network, batches
from aligner.training.detector.pieces import LONGEST_ROW, NO_TYPE, Row, specials

if TYPE_CHECKING:
    from tokenizers import Tokenizer

logger = logging.getLogger(__name__)

HIDDEN = 0.15
"""Share of the pieces that the language model has to guess while it learns."""
REPLACED = 0.12
"""Share of the single-piece words of a sentence that it fills."""
INSERTED = 0.15
"""Share of these places that are gaps between two words: what is filled in there was never there."""
CLEARLY_WORSE = 0.3
"""A word with less than this share of the true word's probability is wrong; with more, nobody can say."""
SOUND = 0.15
"""Share of sentences that stay as they are."""


STEPS = 1_500
"""Batches that the language model learns from: a better one makes faults that are none."""
GUESSED_FROM, FILLED_IN = (60_000, 60_000), (32_000, 40_000)
"""Pairs of parliament and of everyday sentences that it learns from, and that it fills."""


@dataclass(frozen=True, slots=True)
class Line:
    """The pieces of a sentence, ``<s>`` and ``</s>`` left out, and its side (0 French, 1 English)."""

    ids: npt.NDArray[np.int32]
    side: int


class Guesser(nn.Module):
    """A masked language model: the body of a network, and its own table of pieces to guess by."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.body = network.body
        width = self.body.config.hidden_size
        self.turn = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.LayerNorm(width))
        self.bias = nn.Parameter(torch.zeros(self.body.config.vocab_size))

    def forward(
        self, ids: torch.Tensor, mask: torch.Tensor, sides: torch.Tensor, asked: torch.Tensor
    ) -> torch.Tensor:
        """Return the logits of every piece (asked places, vocabulary) where ``asked`` is true."""
        body = self.body(input_ids=ids, attention_mask=mask, token_type_ids=sides).last_hidden_state
        table = self.body.embeddings.word_embeddings.weight
        return self.turn(body[asked]) @ table.T + self.bias  # type: ignore[no-any-return]


def lines(texts: Sequence[tuple[str, int]], tokenizer: Tokenizer) -> list[Line]:
    """Cut sentences, each given with its side, into pieces."""
    found = []
    for start in range(0, len(texts), 50_000):
        some = texts[start : start + 50_000]
        for (_, side), encoding in zip(
            some, tokenizer.encode_batch([text for text, _ in some], add_special_tokens=False), strict=True
        ):
            if 3 < len(encoding.ids) < LONGEST_ROW - 2:
                found.append(Line(np.array(encoding.ids, np.int32), side))
    return found


def learn(guesser: Guesser, clean: Sequence[Line], tokenizer: Tokenizer, seed: int, steps: int) -> None:
    """Teach the language model; ``<unk>`` stands for what it has to guess."""
    rng = np.random.default_rng(seed)
    torch.manual_seed(seed)
    start, end, unknown = specials(tokenizer)
    plan = batches([len(line.ids) + 2 for line in clean], 1000, rng)[:steps]
    guesser.bfloat16().train()
    masters = [p.detach().float().clone().requires_grad_() for p in learned(guesser)]
    optimizer = torch.optim.AdamW(masters, lr=4e-4, weight_decay=0.01, fused=True)
    began, total = time.monotonic(), 0.0
    for step, chosen in enumerate(plan):
        for group in optimizer.param_groups:
            group["lr"] = 4e-4 * min(1.0, (step + 1) / 100) * (1 - step / len(plan))
        ids, mask, sides = _together([clean[i] for i in chosen], start, end)
        asked = (torch.rand(ids.shape) < HIDDEN) & (mask == 1) & (ids != start) & (ids != end)
        true = ids[asked]
        logits = guesser(ids.masked_fill(asked, unknown), mask, sides, asked)
        loss = nn.functional.cross_entropy(logits.float(), true)
        loss.backward()  # type: ignore[no-untyped-call]
        update(guesser, masters, optimizer, clip=1.0)
        total += loss.item()
        if (step + 1) % 100 == 0:
            speed = (step + 1) / (time.monotonic() - began)
            logger.info(
                "guesser: step %d of %d, loss %.3f, %.2f steps/s", step + 1, len(plan), total / 100, speed
            )
            total = 0.0
    guesser.eval()


def _together(some: Sequence[Line], start: int, end: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    longest = max(len(line.ids) for line in some) + 2
    ids = torch.full((len(some), longest), end)
    mask = torch.zeros((len(some), longest), dtype=torch.long)
    sides = torch.zeros((len(some), longest), dtype=torch.long)
    for i, line in enumerate(some):
        ids[i, 0] = start
        ids[i, 1 : len(line.ids) + 1] = torch.from_numpy(line.ids.astype(np.int64))
        mask[i, : len(line.ids) + 2] = 1
        sides[i] = line.side
    return ids, mask, sides


def whole_words(tokenizer: Tokenizer) -> npt.NDArray[np.int8]:
    """Of every piece: 1 for a word in small letters, 2 for one with a capital, 0 for anything else."""
    kinds = np.zeros(tokenizer.get_vocab_size(), np.int8)
    for piece, number in tokenizer.get_vocab().items():
        word = piece.removeprefix("▁")
        if piece.startswith("▁") and word.isalpha():
            kinds[number] = 1 if word.islower() else 2
    return kinds


def replaced(
    guesser: Guesser, clean: Sequence[Line], tokenizer: Tokenizer, seed: int
) -> Iterator[tuple[Line, npt.NDArray[np.int8], npt.NDArray[np.float32]]]:
    """Yield each sentence with words filled in: its pieces, which are wrong (n,), and their weight (n,)."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    kinds = whole_words(tokenizer)
    opens = np.zeros(len(kinds), bool)
    for piece, number in tokenizer.get_vocab().items():
        opens[number] = piece.startswith("▁") or not piece[:1].isalnum()
    start, end, unknown = specials(tokenizer)
    allowed = [torch.from_numpy(np.where(kinds == kind, 0.0, -1e9)).float() for kind in (0, 1, 2)]
    for chosen in batches([len(line.ids) + 4 for line in clean], 2000, np.random.default_rng(seed)):
        asked_lines, truths = [], []
        for i in chosen:
            asked, truth = _hidden(clean[i], kinds, opens, unknown, rng)
            asked_lines.append(asked)
            truths.append(truth)
        ids, mask, sides = _together(asked_lines, start, end)
        places = torch.zeros(ids.shape, dtype=torch.bool)
        wanted: list[int] = []
        for row, truth in enumerate(truths):
            for place, stood in truth.items():
                places[row, place + 1] = True
                wanted.append(stood)
        if wanted:
            with torch.no_grad():
                logits = guesser(ids, mask, sides, places).float()
            true = torch.tensor(wanted)
            kind = torch.tensor([int(kinds[w]) if w >= 0 else 1 for w in wanted])
            logits += torch.stack(allowed)[kind]
            odds = torch.log_softmax(logits, dim=1)
            found = torch.multinomial(odds.exp(), 1).squeeze(1)
            mine = odds.gather(1, found[:, None]).squeeze(1)
            truly = odds.gather(1, true.clamp(min=0)[:, None]).squeeze(1)
            worse = ((mine - truly) < float(np.log(CLEARLY_WORSE))) | (true < 0)
            filled = iter(zip(found.tolist(), worse.tolist(), strict=True))
        for line, truth in zip(asked_lines, truths, strict=True):
            labels, weights = np.zeros(len(line.ids), np.int8), np.ones(len(line.ids), np.float32)
            for place, stood in truth.items():
                piece, wrong = next(filled)
                line.ids[place] = piece
                if piece != stood:
                    labels[place], weights[place] = int(wrong), float(wrong)
            yield line, labels, weights


def _hidden(
    line: Line, kinds: npt.NDArray[np.int8], opens: npt.NDArray[np.bool_], unknown: int, rng: random.Random
) -> tuple[Line, dict[int, int]]:
    """The sentence with places to fill, and what stood there (-1: nothing), in order."""
    ids, truth = [int(i) for i in line.ids], {}
    if rng.random() >= SOUND:
        out: list[int] = []
        for i, piece in enumerate(ids):
            alone = i + 1 == len(ids) or bool(opens[ids[i + 1]])
            if kinds[piece] and alone and rng.random() < REPLACED:
                if rng.random() < INSERTED:
                    truth[len(out)] = -1
                    out += [unknown, piece]
                else:
                    truth[len(out)] = piece
                    out.append(unknown)
            else:
                out.append(piece)
        ids = out
    return Line(np.array(ids, np.int32), line.side), truth


def rows(network: Network, tokenizer: Tokenizer, held: Corpora, seed: int) -> list[Row]:
    """Rows of sentences with words filled in, for the head that hears what is garbled.

    The language model starts from ``network``, whose weights are changed.
    """
    guesser, rng = Guesser(network), random.Random(seed)
    texts = _texts(held, rng, GUESSED_FROM)
    rng.shuffle(texts)
    learn(guesser, lines(texts, tokenizer), tokenizer, seed, STEPS)
    texts = _texts(held, rng, FILLED_IN) + [
        (text, side) for row in held.wce for side, text in enumerate((row["fr"], row["postedit"]))
    ]
    rng.shuffle(texts)
    start, end, _ = specials(tokenizer)
    made = replaced(guesser, lines(texts, tokenizer), tokenizer, seed + 1)
    return [row for row in (_row(*each, start, end) for each in made) if len(row.ids) <= LONGEST_ROW]


def _texts(held: Corpora, rng: random.Random, sizes: tuple[int, int]) -> list[tuple[str, int]]:
    """All articles and both sides of all news, and of so many pairs of parliament and of everyday ones."""
    pairs = [*held.news]
    for corpus, size in zip((held.europarl, held.tatoeba), sizes, strict=True):
        pairs += rng.sample(list(corpus), min(size, len(corpus)))
    return [
        (text, side)
        for side, language in enumerate(LANGUAGES)
        for text in (*(pair[side] for pair in pairs), *held.articles[language])
    ]


def _row(line: Line, bad: npt.NDArray[np.int8], weight: npt.NDArray[np.float32], start: int, end: int) -> Row:
    """The row of a sentence alone, its ends added."""
    ids = np.concatenate(([start], line.ids, [end])).astype(np.int32)
    bad, weight = np.pad(bad, 1), np.pad(weight, 1)
    nothing, untold = np.zeros(len(ids), np.float32), np.full(len(ids), NO_TYPE, np.int16)
    return Row(ids, np.full(len(ids), line.side, np.int8), bad, bad, weight, nothing, untold)
