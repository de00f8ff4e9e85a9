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
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from aligner.lab.train.detector import pieces
from aligner.lab.train.detector.examples import Corpora, Example, Side, one_sided
from aligner.lab.train.detector.fit import keep, learned, padded, update
from aligner.lab.train.detector.network import Network, batches
from aligner.lab.train.detector.pieces import LONGEST_ROW, NO_TYPE, Row, specials
from aligner.model import LANGUAGES

if TYPE_CHECKING:
    from tokenizers import Tokenizer

logger = logging.getLogger(__name__)

HIDDEN = 0.15
"""Share of the pieces that the language model has to guess while it learns."""
REPLACED = (0.04, 0.2)
"""Least and largest share of the single-piece words of a text that it fills."""
INSERTED = 0.15
"""Share of these places that are gaps between two words: what is filled in there was never there."""
CLEARLY_WORSE = 0.3
"""A word with less than this share of the true word's probability is wrong; with more, nobody can say."""
SOUND = 0.15
"""Share of rows that stay as they are."""

STEPS = 5_000
"""Batches that the language model learns from: a better one makes faults that are none."""
GUESSED_FROM = (100_000, 100_000)
"""Pairs of parliament and of everyday sentences that it learns from; of news and articles it has all."""
FILLED = (60_000, 50_000)
"""The same for those that it fills."""
NEWS_OFTEN = 2
"""So many times news is filled, each time in other places."""


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


def learn(guesser: Guesser, clean: Sequence[Row], tokenizer: Tokenizer, seed: int, steps: int) -> None:
    """Teach the language model; ``<unk>`` stands for what it has to guess."""
    rng = np.random.default_rng(seed)
    torch.manual_seed(seed)
    start, end, unknown = specials(tokenizer)
    plan = batches([len(row.ids) for row in clean], 1000, rng)[:steps]
    guesser.bfloat16().train()
    masters = [p.detach().float().clone().requires_grad_() for p in learned(guesser)]
    optimizer = torch.optim.AdamW(masters, lr=4e-4, weight_decay=0.01, fused=True)
    began, total = time.monotonic(), 0.0
    for step, chosen in enumerate(plan):
        for group in optimizer.param_groups:
            group["lr"] = 4e-4 * min(1.0, (step + 1) / 100) * (1 - step / len(plan))
        ids, mask, sides = padded([clean[i] for i in chosen])
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


def whole_words(tokenizer: Tokenizer) -> npt.NDArray[np.int8]:
    """Of every piece: 1 for a word in small letters, 2 for one with a capital, 0 for anything else."""
    kinds = np.zeros(tokenizer.get_vocab_size(), np.int8)
    for piece, number in tokenizer.get_vocab().items():
        word = piece.removeprefix("▁")
        if piece.startswith("▁") and word.isalpha():
            kinds[number] = 1 if word.islower() else 2
    return kinds


def replaced(guesser: Guesser, clean: Sequence[Row], tokenizer: Tokenizer, seed: int) -> Iterator[Row]:
    """Yield each row with words filled in, and labels for the head that hears what is garbled."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    kinds = whole_words(tokenizer)
    opens = np.zeros(len(kinds), bool)
    for piece, number in tokenizer.get_vocab().items():
        opens[number] = piece.startswith("▁") or not piece[:1].isalnum()
    start, end, unknown = specials(tokenizer)
    allowed = [torch.from_numpy(np.where(kinds == kind, 0.0, -1e9)).float() for kind in (0, 1, 2)]
    for chosen in batches([len(row.ids) + 4 for row in clean], 2000, np.random.default_rng(seed)):
        gaps = [_hidden(clean[i], kinds, opens, (start, end), unknown, rng) for i in chosen]
        ids, mask, sides = padded([row for row, _ in gaps])
        places = torch.zeros(ids.shape, dtype=torch.bool)
        wanted: list[int] = []
        for number, (_, truth) in enumerate(gaps):
            for place, stood in truth.items():
                places[number, place] = True
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
        for row, truth in gaps:
            for place, stood in truth.items():
                piece, wrong = next(filled)
                row.ids[place] = piece
                if piece != stood:
                    row.bad[place], row.wrong[place] = int(wrong), float(wrong)
            yield row


def _hidden(
    row: Row,
    kinds: npt.NDArray[np.int8],
    opens: npt.NDArray[np.bool_],
    ends: tuple[int, int],
    unknown: int,
    rng: random.Random,
) -> tuple[Row, dict[int, int]]:
    """The row with places to fill, and what stood there (-1: nothing), in order."""
    often = 0.0 if rng.random() < SOUND else rng.uniform(*REPLACED)
    made: list[int] = []
    truth: dict[int, int] = {}
    for i, piece in enumerate(row.ids.tolist()):
        if kinds[piece] and opens[row.ids[i + 1]] and rng.random() < often:
            inserted = rng.random() < INSERTED
            truth[len(made)] = -1 if inserted else piece
            made += [unknown, piece] if inserted else [unknown]
        else:
            made.append(piece)
    ids = np.array(made, np.int32)
    bad, nothing = np.zeros(len(ids), np.int8), np.zeros(len(ids), np.float32)
    scores = (~np.isin(ids, ends)).astype(np.float32)
    sides = np.full(len(ids), row.sides[0])
    return Row(ids, sides, bad, bad, scores, nothing, np.full(len(ids), NO_TYPE, np.int16)), truth


def guesser(network: Network, tokenizer: Tokenizer, held: Corpora, seed: int, kept: Path) -> Guesser:
    """The language model, read from the file ``kept`` if it is there, else learned and written to it.

    It starts from ``network``, whose weights are changed.
    """
    made, rng = Guesser(network), random.Random(seed)
    if kept.is_file():
        made.load_state_dict(torch.load(kept, weights_only=True))
        return made.bfloat16().eval()
    learn(made, pieces.rows(_clean(held, rng, GUESSED_FROM), tokenizer), tokenizer, seed, STEPS)
    keep(kept, made.state_dict())
    return made


def rows(guesser: Guesser, tokenizer: Tokenizer, held: Corpora, seed: int) -> list[Row]:
    """Rows of texts alone with words filled in."""
    clean = pieces.rows(_clean(held, random.Random(seed), FILLED), tokenizer)
    return [row for row in replaced(guesser, clean, tokenizer, seed) if len(row.ids) <= LONGEST_ROW]


def _clean(held: Corpora, rng: random.Random, sizes: tuple[int, int]) -> list[Example]:
    """All news, post-edits and articles, and so many pairs of parliament and of everyday sentences."""
    pairs = [*held.news, *((row["fr"], row["postedit"]) for row in held.wce)] * NEWS_OFTEN
    for corpus, size in zip((held.europarl, held.tatoeba), sizes, strict=True):
        pairs += rng.sample(list(corpus), min(size, len(corpus)))
    texts = [(pair[side], language) for pair in pairs for side, language in enumerate(LANGUAGES)]
    texts += [(text, language) for language in LANGUAGES for text in [*held.articles[language]] * NEWS_OFTEN]
    return [one_sided(Side(text), language, "plausible") for text, language in texts]
