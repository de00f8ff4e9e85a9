"""Trains the detector of wrong words on from a shipped one, and ships what comes out."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner.detector import load
from aligner.model import LANGUAGES

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from torch import Tensor

    from aligner.lab.train.detector.network import Network
    from aligner.lab.train.detector.stream import Sources

logger = logging.getLogger(__name__)

OF_START = 0.3
"""Share of the weights at the start in those that are shipped. The mean of both keeps more of what other
texts than news need: learners' English against its corrections .779 in place of .760 (ROC AUC, jfleg), and
finds as much in news. Source: Wortsman et al. 2022, "Robust fine-tuning of zero-shot models"."""
SAMPLE = 400
"""Passages by which the activations are measured before the network is shipped in int8."""


def train(
    data: Path, out: Path, *, start: Path, garbled: Path, batches: int, seed: int
) -> Mapping[str, float]:
    """Train the detector in the folder ``start`` for so many batches; ``out`` becomes one like it.

    Texts alone are learned, with layers of their own; the layers for pairs, and those that both have in
    common, stay. Beside the model, ``out/training`` keeps a checkpoint that an interrupted run goes on from,
    and figures. ``garbled`` is the folder of ``corpora/garbled``. Returns figures of what was kept back.
    Raises InputError when a corpus or the start is missing.
    """
    import torch
    from tokenizers import Tokenizer

    from aligner.lab.train.detector import network, stream
    from aligner.lab.train.detector.start import read

    torch.set_num_threads(1)
    net, model = read(start)
    network.freeze(net, network.SHARED)
    tokenizer = Tokenizer.from_file(str(start / "tokenizer.json"))
    began = time.monotonic()
    sources = stream.read(data, garbled)
    logger.info("read the corpora in %.0f s", time.monotonic() - began)
    (out / "training").mkdir(parents=True, exist_ok=True)
    before = {name: value.clone() for name, value in net.state_dict().items()}
    figures = _learn(net, tokenizer, sources, out / "training", start, garbled, batches, seed)
    blend(net, before)
    card = {
        "start": json.loads((start / "card.json").read_text(encoding="utf-8"))["version"],
        "batches": batches,
        "seed": seed,
        "of the start": OF_START,
        "chunk": dict(stream.CHUNK),
    }
    return figures | ship(net, model, tokenizer, sources, out, start, garbled, card)


def blend(net: Network, before: Mapping[str, Tensor]) -> None:
    """Bring the weights back towards those ``before``, by ``OF_START`` of the way."""
    for name, value in net.state_dict().items():
        if value.is_floating_point():
            value.lerp_(before[name], OF_START)


def _learn(
    net: Network,
    tokenizer: Tokenizer,
    sources: Sources,
    work: Path,
    start: Path,
    garbled: Path,
    batches: int,
    seed: int,
) -> dict[str, float]:
    from aligner.lab.train.detector import evaluate, stream
    from aligner.lab.train.detector.fit import Schedule, fit

    kept_back = evaluate.kept_back(sources, garbled, tokenizer)
    flow = stream.Stream(sources, stream.generator(sources, start, seed), tokenizer, seed)
    figures: dict[str, float] = {}

    def report(net: Network, done: int) -> None:
        figures.update(evaluate.figures(net, kept_back))
        logger.info("after %d batches: %s", done, ", ".join(f"{k} {v:.3f}" for k, v in figures.items()))
        with (work / "figures.jsonl").open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({"batches": done, **figures}) + "\n")

    fit(net, flow.chunk, Schedule(batches, seed), work / "checkpoint.pt", report)
    return figures


def ship(
    net: Network,
    model: Any,
    tokenizer: Tokenizer,
    sources: Sources,
    out: Path,
    start: Path,
    garbled: Path,
    recipe: Mapping[str, Any],
) -> dict[str, float]:
    """Write model, tokenizer and card into ``out``, with curves fitted to what was kept back."""
    from aligner.lab.train.detector import calibrate
    from aligner.lab.train.detector.export import export
    from aligner.lab.train.detector.network import COLUMNS, TYPES
    from aligner.lab.train.detector.rows import text_rows
    from aligner.lab.train.detector.texts import passage_texts

    sample = [
        t
        for language, passage in sources.passages[:: len(sources.passages) // SAMPLE]
        for t in passage_texts(passage, language)
    ]
    export(net, model, text_rows(sample, tokenizer), out)
    shutil.copyfile(start / "tokenizer.json", out / "tokenizer.json")
    curves = json.loads((start / "card.json").read_text(encoding="utf-8"))["calibration"]
    curves["wrong"]["alone"] = curves["edited"]["alone"] = calibrate.IDENTITY
    card = {
        "version": hashlib.sha256((out / "model.onnx").read_bytes()).hexdigest()[:12],
        "types": TYPES,
        "columns": COLUMNS,
        "recipe": recipe,
        "calibration": curves,
    }
    _write(out, card)
    texts = calibrate.kept_back(sources, garbled)
    words = calibrate.words(load(str(out), None), calibrate.languages(texts))
    curves["wrong"]["alone"] = calibrate.word_curve(words)
    _write(out, card)
    model, card["sentences"] = load(str(out), None), {}
    for language in LANGUAGES:
        curve = calibrate.sentence_curve(model, texts[language])
        correct = [text for text in texts[language][: -calibrate.NEWS] if not text.marks]
        card["sentences"][language] = calibrate.cautious(curve, model, correct)
    figures = {"wrong, alone: ROC AUC of words": round(calibrate.word_auc(words), 4)}
    _write(out, card | {"figures": figures})
    return figures


def _write(out: Path, card: Mapping[str, Any]) -> None:
    (out / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
