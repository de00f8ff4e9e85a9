"""A detector of a few bytes, in the form of the shipped one: it takes words with "zz" for garbled."""

from __future__ import annotations

import json
import string
from pathlib import Path

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers

TYPES = ["lexical", "duplication", "verb-form"]
SPECIALS = ["<s>", "<pad>", "</s>", "<unk>"]
LETTERS = string.ascii_letters + string.digits + string.punctuation + "éèàçêœ’«»"
PIECES = [*SPECIALS, "zz", "xx", "▁", *LETTERS]
HEARD_BAD, HEARD_EDITED = 5.0, 5.0
SOUND = -4.0
CURVES = {
    "wrong": {"alone": [1.0, 0.0], "bead": [2.0, 0.5]},
    "edited": {"alone": [1.0, 0.0], "bead": [1.0, 0.0]},
}


def write_detector(folder: Path, version: str = "tiny", largest: int | None = None) -> Path:
    """Write the model folder. "zz" is scored as garbled, "xx" as edited where French is beside it.

    With ``largest``, the network refuses more pieces than that at once.
    """
    folder.mkdir(parents=True)
    tokenizer = Tokenizer(models.Unigram([(p, -1.0 if len(p) > 1 else -2.0) for p in PIECES], unk_id=3))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.save(str(folder / "tokenizer.json"))
    _write_network(folder / "model.onnx", largest)
    card = {"version": version, "types": TYPES, "calibration": CURVES}
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
    return folder


def _write_network(path: Path, largest: int | None) -> None:
    wrong = np.full(len(PIECES), SOUND, np.float32)
    wrong[PIECES.index("zz")] = HEARD_BAD
    edited = np.full(len(PIECES), SOUND, np.float32)
    edited[PIECES.index("xx")] = 2 * HEARD_EDITED - SOUND
    types = np.zeros((len(PIECES), len(TYPES)), np.float32)
    types[PIECES.index("zz"), 2] = 1.0
    names = ["n", "length"]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, names)
        for name in ("input_ids", "attention_mask", "token_type_ids")
    ]
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, names) for name in ("wrong", "edited")]
    outputs.append(helper.make_tensor_value_info("types", TensorProto.FLOAT, [*names, len(TYPES)]))
    nodes = [
        helper.make_node("Gather", ["wrong_of", "input_ids"], ["wrong"]),
        helper.make_node("Gather", ["types_of", "input_ids"], ["types"]),
        helper.make_node("Gather", ["edited_of", "input_ids"], ["edited_alone"]),
        # What is edited depends on whether a piece of the other side is there: the least side is 0.
        helper.make_node("ReduceMax", ["token_type_ids"], ["most"], keepdims=1, axes=[1]),
        helper.make_node("ReduceMin", ["token_type_ids"], ["least"], keepdims=1, axes=[1]),
        helper.make_node("Sub", ["most", "least"], ["both"]),
        helper.make_node("Cast", ["both"], ["beside"], to=TensorProto.FLOAT),
        helper.make_node("Sub", ["edited_alone", "sound"], ["above"]),
        helper.make_node("Mul", ["above", "beside"], ["shown"]),
        helper.make_node("Mul", ["shown", "half"], ["halved"]),
        helper.make_node("Add", ["halved", "sound"], ["edited"]),
    ]
    values = {
        "wrong_of": wrong,
        "types_of": types,
        "edited_of": edited,
        "sound": np.array(SOUND, np.float32),
        "half": np.array(0.5, np.float32),
    }
    if largest is not None:
        # Positions beyond the last row cannot be looked up, as in a network with learned positions.
        values["positions"] = np.zeros(largest, np.float32)
        nodes += [
            helper.make_node("Shape", ["input_ids"], ["size"], start=1),
            helper.make_node("Sub", ["size", "one"], ["last"]),
            helper.make_node("Gather", ["positions", "last"], ["nothing"]),
            helper.make_node("Add", ["edited_shown", "nothing"], ["edited"]),
        ]
        nodes[10] = helper.make_node("Add", ["halved", "sound"], ["edited_shown"])
        values["one"] = np.array([1], np.int64)
    graph = helper.make_graph(
        nodes, "tiny", inputs, outputs, [numpy_helper.from_array(v, name) for name, v in values.items()]
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    checker.check_model(model)
    save(model, str(path))
