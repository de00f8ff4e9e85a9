"""How the default encoder was made: token vectors started from a transformer's, trained on sentence pairs.

A unigram vocabulary of French and English pieces (lower case, accents stripped, so that names are
the same in both) gets one vector a piece: multilingual-e5-small's vector of the piece alone,
reduced to its principal components and weighted by rarity (after model2vec, Tulkens & van Dongen
2024). Then sentence-transformers' ``StaticEmbedding`` is trained so that a sentence's translation
is its nearest neighbour in the batch, both ways (multiple-negatives ranking, Henderson et al. 2017),
with tokens left out at random.
"""

from __future__ import annotations

import hashlib
import json
import logging
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from aligner.encoders.transformer import load_transformer
from aligner.lab.datasets import corpora
from aligner.lab.datasets.retrieval import precision_at_1

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

logger = logging.getLogger(__name__)

Ids = list[npt.NDArray[np.int32]]

TEACHER_PROMPT = "passage: "
"""Half a point better on the held-out news than the teacher's other prompt."""

SHORT = 4
"""Sentences of at most so many tokens lose none of them."""


@dataclass(frozen=True, slots=True)
class TaskConfig:
    """Everything that decides the weights, beside the data."""

    vocabulary: int = 32_000
    dimension: int = 256
    batch: int = 1024
    epochs: float = 3.0
    dropout: float = 0.15  # share of a sentence's tokens left out at each sight of it
    learning_rate: float = 0.02
    warm_up: int = 50  # steps
    scale: float = 20.0  # inverse temperature of the softmax over cosines
    news_copies: int = 4  # the news are few, and what the encoder is for
    rarity: float = 1e-3  # pieces more frequent than this start with a smaller vector (Arora et al. 2017)
    first_norm: float = 1.6
    seed: int = 0


def train(data: Path, out: Path, config: TaskConfig | None = None) -> dict[str, float]:
    """Train on the corpora in ``data`` and write a SentenceTransformer folder to ``out``.

    Returns precision at 1 both ways on the held-out news. Raises InputError when a corpus or the
    teacher is missing. The same data, seed and versions give the same weights on one machine.
    """
    import torch

    config = config or TaskConfig()
    random.seed(config.seed)
    torch.manual_seed(config.seed)
    europarl, tatoeba = corpora.europarl(data), corpora.tatoeba(data)
    news, held_out = corpora.news(data)
    texts = _vocabulary_texts(europarl, tatoeba, news, corpora.articles(data))
    tokenizer = train_tokenizer(texts, config.vocabulary)
    logger.info("vocabulary of %d pieces", tokenizer.get_vocab_size())
    pairs = europarl + tatoeba + news * config.news_copies
    module = _module(tokenizer, first_vectors(tokenizer, config))
    fr, en = _tokenise(tokenizer, [p[0] for p in pairs]), _tokenise(tokenizer, [p[1] for p in pairs])
    held_ids = tuple(_tokenise(tokenizer, [p[side] for p in held_out]) for side in (0, 1))
    _fit(module, fr, en, config)
    return _save(module, held_ids, config, out)


def _vocabulary_texts(
    europarl: Sequence[corpora.Pair],
    tatoeba: Sequence[corpora.Pair],
    news: Sequence[corpora.Pair],
    articles: Sequence[dict[str, str]],
) -> list[str]:
    """Order texts news first; parliament and phrase books together weigh about as much as the news."""
    texts = [side for pair in news for side in pair] * 3
    texts += [line for article in articles for line in (article["title"], *article["text"].split("\n"))]
    texts += [side for pair in random.sample(list(europarl), min(80_000, len(europarl))) for side in pair]
    texts += [side for pair in random.sample(list(tatoeba), min(60_000, len(tatoeba))) for side in pair]
    return texts


def train_tokenizer(texts: Sequence[str], size: int) -> Tokenizer:
    """Train a unigram model of word pieces; every word is split by itself, whatever its neighbours."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Replace("œ", "oe"),
            normalizers.Replace("Œ", "oe"),
            normalizers.Replace("’", "'"),
            normalizers.Lowercase(),
            normalizers.NFD(),
            normalizers.StripAccents(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            pre_tokenizers.Punctuation("isolated"),
            pre_tokenizers.Metaspace(prepend_scheme="always", split=False),
        ]
    )
    trainer = trainers.UnigramTrainer(
        vocab_size=size, unk_token="[UNK]", special_tokens=["[UNK]"], max_piece_length=20, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def first_vectors(tokenizer: Tokenizer, config: TaskConfig) -> npt.NDArray[np.float32]:
    """Return the teacher's vectors of all pieces, shape (vocabulary, dimension)."""
    pieces = [
        (tokenizer.id_to_token(i) or "").replace("▁", "") or "." for i in range(tokenizer.get_vocab_size())
    ]
    teacher = load_transformer("accurate", None, prompt=TEACHER_PROMPT).encode(pieces).astype(np.float64)
    teacher -= teacher.mean(axis=0)
    _, axes = np.linalg.eigh(teacher.T @ teacher)
    reduced = teacher @ axes[:, ::-1][:, : config.dimension]
    reduced *= config.first_norm / np.maximum(np.linalg.norm(reduced, axis=1, keepdims=True), 1e-6)
    scores = np.array([score for _, score in json.loads(tokenizer.to_str())["model"]["vocab"]])
    weight = config.rarity / (config.rarity + np.exp(scores))
    return np.asarray(reduced * weight[:, None], np.float32)


def _module(tokenizer: Tokenizer, vectors: npt.NDArray[np.float32]) -> Any:
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    return StaticEmbedding(tokenizer, embedding_weights=vectors)


def _tokenise(tokenizer: Tokenizer, texts: Sequence[str]) -> Ids:
    encodings = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    return [np.array(encoding.ids, np.int32) for encoding in encodings]


def _features(ids: Ids) -> dict[str, torch.Tensor]:
    import torch

    offsets = np.concatenate([[0], np.cumsum([len(row) for row in ids])[:-1]])
    return {
        "input_ids": torch.from_numpy(np.concatenate(ids).astype(np.int64)),
        "offsets": torch.from_numpy(offsets.astype(np.int64)),
    }


def _embed(module: Any, ids: Ids) -> torch.Tensor:
    import torch

    vectors: torch.Tensor = module(_features(ids))["sentence_embedding"]
    return torch.nn.functional.normalize(vectors)


def _thinned(ids: Ids, rows: npt.NDArray[np.int64], share: float, rng: np.random.Generator) -> Ids:
    """Leave tokens out at random, so that no single word decides; short sentences stay whole."""
    chosen = [ids[row] for row in rows]
    return [tokens[rng.random(len(tokens)) >= share] if len(tokens) > SHORT else tokens for tokens in chosen]


def _fit(module: Any, fr: Ids, en: Ids, config: TaskConfig) -> None:
    import torch

    optimizer = torch.optim.Adam(module.parameters(), lr=config.learning_rate)
    rng = np.random.default_rng(config.seed)
    steps = int(config.epochs * len(fr) / config.batch)
    rows = np.concatenate([rng.permutation(len(fr)) for _ in range(int(config.epochs) + 1)])
    for step in range(steps):
        rate = min(1.0, (step + 1) / config.warm_up) * (1 - step / steps)
        for group in optimizer.param_groups:
            group["lr"] = config.learning_rate * rate
        batch = rows[step * config.batch : (step + 1) * config.batch]
        sides = [_embed(module, _thinned(ids, batch, config.dropout, rng)) for ids in (fr, en)]
        cosines = sides[0] @ sides[1].T * config.scale
        answers = torch.arange(len(batch))
        entropy = torch.nn.functional.cross_entropy
        loss = (entropy(cosines, answers) + entropy(cosines.T, answers)) / 2
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        if step % 50 == 0:
            logger.info("step %d of %d, loss %.4f", step, steps, loss.item())


def _save(module: Any, held_ids: tuple[Ids, ...], config: TaskConfig, out: Path) -> dict[str, float]:
    import torch
    from sentence_transformers import SentenceTransformer

    module.half()
    SentenceTransformer(modules=[module], device="cpu").save(str(out), create_model_card=False)
    module.float()
    with torch.no_grad():
        fr, en = (_embed(module, ids).numpy() for ids in held_ids)
    to_en, to_fr = precision_at_1(fr, en)
    figures = {"p_at_1_fr_en": round(to_en, 4), "p_at_1_en_fr": round(to_fr, 4)}
    digest = hashlib.sha256((out / "model.safetensors").read_bytes()).hexdigest()
    card = {"version": digest[:12], "config": asdict(config), "held_out_news": figures}
    (out / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    return figures
