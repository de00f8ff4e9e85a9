"""What other machines made of a sentence: which of its words are wrong, and which nobody can judge."""

from tokenizers import Tokenizer, models, pre_tokenizers

from aligner.lab.train.detector.examples import rival_translations
from aligner.lab.train.detector.pieces import rows
from aligner.lab.train.detector.tokens import UNSURE

ROW = {
    "fr": "Le maire a promis un pont.",
    "en": "The mayor has promised a bridge.",
    "postedit": "The mayor promised a bridge.",
    "google": "The mayor has promised a deck.",
    "bing": "The mayor promised a bridge.",
}


def test_a_word_that_no_other_translation_has_is_wrong() -> None:
    google, bing = rival_translations([ROW])
    assert google.en is not None
    assert bing.en is not None
    marked = {google.en.text[mark.start : mark.end]: mark.type for mark in google.en.marks}
    assert marked == {"has": UNSURE, "deck": ""}, "another machine has 'has' as well"
    assert not bing.en.marks
    assert google.en.edited < 1, "nobody edited it"


def test_what_is_unsure_is_not_learned_from() -> None:
    words = sorted({word for text in ROW.values() for word in text.rstrip(".").split()})
    pieces = ["<s>", "</s>", "<unk>", ".", *(f"▁{word}" for word in words)]
    tokenizer = Tokenizer(models.Unigram([(piece, -1.0) for piece in pieces], unk_id=2))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    row = rows([next(rival_translations([ROW]))], tokenizer)[0]
    place = {pieces[i]: k for k, i in enumerate(row.ids)}
    has, deck, mayor = (place[f"▁{word}"] for word in ("has", "deck", "mayor"))
    assert row.bad[deck] == 1
    assert row.bad[has] == 0
    assert row.edited[has] == row.wrong[has] == 0
    assert row.edited[deck] == row.edited[mayor] > 0
