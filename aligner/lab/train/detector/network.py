"""The network that the detector is: a small BERT with heads for faults and for grammar, piece by piece."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import nn

SHARED = 1
"""Lower layers that texts alone and pairs have in common, so that the whole stays under 30 MB."""
HEAD_DROPOUT = 0.1
WORD_DROPOUT = 0.1
"""Of the embedded pieces, the only other dropout."""
ARC_WIDTH = 128
"""Width of the vectors whose products are the scores of arcs."""

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


def _names(words: str) -> tuple[str, ...]:
    return tuple(words.split())


COLUMNS: Mapping[str, tuple[str, ...]] = {
    "UPOS": _names(
        "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X "
        "ADP+DET ADP+PRON other+"
    ),
    "Number": _names("_ Sing Plur"),
    "Gender": _names("_ Masc Fem Neut"),
    "Person": _names("_ 1 2 3"),
    "VerbForm": _names("_ Fin Inf Part Ger"),
    "Tense": _names("_ Pres Past Imp Fut"),
    "Mood": _names("_ Ind Sub Imp Cnd"),
    "Definite": _names("_ Def Ind"),
    "PronType": _names("_ Prs Art Dem Rel Int Ind Neg Tot"),
    "Degree": _names("_ Pos Cmp Sup"),
    "Relation": _names(
        "root nsubj obj iobj csubj ccomp xcomp obl vocative expl dislocated advcl advmod discourse aux cop "
        "mark nmod appos nummod acl amod det clf case conj cc fixed flat compound list parataxis orphan "
        "goeswith reparandum punct dep"
    ),
}
"""What the network says of the grammar of a piece: by column, the labels (Universal Dependencies 2)."""
SIZES = tuple(len(labels) for labels in COLUMNS.values())


class Scores(NamedTuple):
    """What the heads say of n texts of ``length`` pieces, as logits.

    ``wrong`` and ``edited`` (n, length), ``types`` (n, length, types), ``tags`` (n, length, labels of all
    columns), ``arcs`` (n, length, length): how likely the second piece begins the head of the first; the
    root's is the mark that opens the text.
    """

    wrong: torch.Tensor
    edited: torch.Tensor
    types: torch.Tensor
    tags: torch.Tensor
    arcs: torch.Tensor


class Grammar(nn.Module):
    """Parts of speech, features and relations by one linear layer; heads by a biaffine one.

    Both see a weighted mean of the layers from the last shared one on. Sources: Peters et al. 2018, "Deep
    contextualized word representations"; Dozat and Manning 2017, "Deep Biaffine Attention for Neural
    Dependency Parsing".
    """

    def __init__(self, width: int, layers: int) -> None:
        super().__init__()
        self.mix = nn.Parameter(torch.zeros(layers))
        self.hidden = nn.Sequential(nn.Linear(width, width), nn.GELU())
        self.tags = nn.Linear(width, sum(SIZES))
        self.child, self.parent = nn.Linear(width, ARC_WIDTH), nn.Linear(width, ARC_WIDTH)
        self.between = nn.Linear(ARC_WIDTH, ARC_WIDTH)

    def forward(self, layers: Sequence[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the logits of tags (n, length, labels) and arcs (n, length, length)."""
        shares = self.mix.softmax(0)
        mixed = shares[0] * layers[0]
        for share, layer in zip(shares[1:], layers[1:], strict=True):
            mixed = mixed + share * layer
        hidden = self.hidden(mixed)
        child, parent = self.child(hidden), self.parent(hidden)
        arcs = (self.between(child) + child) @ parent.transpose(1, 2) / math.sqrt(ARC_WIDTH)
        return self.tags(hidden), arcs


class Network(nn.Module):
    """A BertModel with heads for garbled, edited, the type of fault, and grammar, for every piece."""

    def __init__(self, body: Any) -> None:
        super().__init__()
        self.body = body
        body.config._attn_implementation = "eager"  # on a CPU the fused one is twice as slow backwards
        width = body.config.hidden_size
        self.drop = nn.Dropout(HEAD_DROPOUT)
        self.wrong = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, 1))
        self.edited = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, 1))
        self.types = nn.Linear(width, len(TYPES))
        self.grammar = Grammar(width, body.config.num_hidden_layers - SHARED + 1)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> Scores:
        """Return what the heads say of pieces (n, length)."""
        body = self.body(
            input_ids=input_ids,
            attention_mask=attention_mask,
            token_type_ids=token_type_ids,
            output_hidden_states=True,
        )
        return self.scores(body.hidden_states[SHARED:])

    def scores(self, layers: Sequence[torch.Tensor]) -> Scores:
        """Return what the heads say, from the layers (n, length, width), the last shared one first."""
        last = self.drop(layers[-1])
        wrong, edited = self.wrong(last).squeeze(-1), self.edited(last).squeeze(-1)
        return Scores(wrong, edited, self.types(last), *self.grammar(layers))


def unlearned(config: Any) -> Network:
    """Return a network of a BertConfig with random weights."""
    from transformers import BertModel

    config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
    network = Network(BertModel(config, add_pooling_layer=False))
    network.body.embeddings.dropout.p = WORD_DROPOUT
    return network


def freeze(network: Network, layers: int) -> None:
    """Keep the embeddings and the lowest ``layers`` as they are."""
    lower = (network.body.embeddings, *network.body.encoder.layer[:layers])
    for part in lower:
        part.requires_grad_(False)


def batches(lengths: Sequence[int], budget: int, rng: np.random.Generator) -> list[list[int]]:
    """Group rows of similar length in batches of at most ``budget`` pieces; the batches in random order."""
    noisy = np.asarray(lengths) * (1 + 0.1 * rng.random(len(lengths)))
    batched: list[list[int]] = [[]]
    longest = 0
    for row in np.argsort(noisy, kind="stable"):
        longest = max(longest, lengths[row])
        if batched[-1] and longest * (len(batched[-1]) + 1) > budget:
            batched.append([])
            longest = lengths[row]
        batched[-1].append(int(row))
    return [batched[i] for i in rng.permutation(len(batched))]
