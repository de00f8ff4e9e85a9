"""A small language model fills places of clean text; what is clearly less likely is marked as wrong."""

from pathlib import Path

import pytest
import torch
import transformers
from tokenizers import Tokenizer, models, pre_tokenizers

from aligner.lab.train.detector import plausible
from aligner.lab.train.detector.examples import Corpora, Example, Side
from aligner.lab.train.detector.network import Network
from aligner.lab.train.detector.pieces import NO_TYPE
from aligner.lab.train.detector.pieces import rows as clean
from aligner.lab.train.detector.plausible import Guesser, learn, replaced, whole_words

WORDS = ["le", "chat", "dort", "the", "cat", "sleeps", "Tom"]
PIECES = ["<s>", "<pad>", "</s>", "<unk>", *(f"▁{word}" for word in WORDS), "s", "."]
ENDS = (0, 2)
FR, EN = Side("le chat dort le chat dort ."), Side("the cat sleeps the cat sleeps .")
ALONE = [Example(FR, None, ""), Example(None, EN, "")]


@pytest.fixture
def tokenizer() -> Tokenizer:
    made = Tokenizer(models.Unigram([(piece, -1.0) for piece in PIECES], unk_id=3))
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    return made


@pytest.fixture
def guesser(tokenizer: Tokenizer) -> Guesser:
    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=len(PIECES),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=32,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    made = Guesser(Network(transformers.BertModel(config, add_pooling_layer=False)))
    learn(made, clean(ALONE * 300, tokenizer), tokenizer, seed=1, steps=120)
    return made


def test_whole_words_are_told_from_the_rest(tokenizer: Tokenizer) -> None:
    kinds = dict(zip(PIECES, whole_words(tokenizer), strict=True))
    assert kinds["▁chat"] == 1
    assert kinds["▁Tom"] == 2
    assert not kinds["s"]
    assert not kinds["."]
    assert not kinds["<s>"]


def test_other_words_are_marked_and_the_same_word_is_not(guesser: Guesser, tokenizer: Tokenizer) -> None:
    wrong = sound = 0
    for row in replaced(guesser, clean(ALONE * 200, tokenizer), tokenizer, seed=2):
        known = clean(ALONE, tokenizer)[int(row.sides[0])]
        assert (row.ids[0], row.ids[-1]) == ENDS
        assert not (row.bad.astype(bool) & (row.wrong == 0)).any(), "what is unsure is not called wrong"
        assert not row.edited.any(), "no professional changed a text alone"
        assert set(row.types) == {NO_TYPE}
        wrong += int(row.bad.sum())
        if row.ids.tolist() == known.ids.tolist():
            sound += 1
            assert not row.bad.any()
            assert row.wrong.sum() == len(row.ids) - len(ENDS)
    assert wrong > 20
    assert sound > 10


def test_the_language_model_is_learned_once(
    tokenizer: Tokenizer, guesser: Guesser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = [("le chat dort .", "the cat sleeps .")] * 20
    articles = {"fr": ["le chat dort ."], "en": ["the cat sleeps ."]}
    held = Corpora(pairs, [], pairs, pairs, articles, [], [], [], [], [])  # type: ignore[arg-type]
    monkeypatch.setattr(plausible, "STEPS", 2)
    kept = tmp_path / "guesser.pt"
    body = Network(guesser.body)
    first = plausible.guesser(body, tokenizer, held, 1, kept)
    learned = {name: each.clone() for name, each in first.state_dict().items()}
    assert kept.is_file()
    monkeypatch.setattr(plausible, "learn", None)
    again = plausible.guesser(body, tokenizer, held, 2, kept).state_dict()
    assert all(torch.equal(each, again[name].to(each.dtype)) for name, each in learned.items())
    made = plausible.rows(first, tokenizer, held, 3)
    assert len(made) == 2 * plausible.NEWS_OFTEN * len(pairs) + 2 * plausible.NEWS_OFTEN + 4 * len(pairs)
