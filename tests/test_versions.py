"""What decides a result is in the key that it is kept by, and in the signature of a report."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest

from aligner.detector.cache import Remembering
from aligner.encoders import load
from aligner.encoders.cache import VectorCache
from aligner.model import Language
from aligner.run.session import article_keys, task_config
from aligner.run.signature import signature
from aligner.settings import Settings
from aligner.storage.store import code_version
from aligner.version import (
    MODEL_PACKAGES,
    PACKAGE,
    UNKNOWN,
    VERSIONED_PACKAGES,
    installed_version,
    package_versions,
    version,
)
from tests.detector.tiny import write_detector

DECIDING = tuple("text lexicon quantities readers detector encoders alignment pairing checks".split())
"""Rooms whose code decides what is read, aligned and found."""


def imported(room: str) -> Iterator[str]:
    """Yield the first name of everything that a room imports from elsewhere."""
    for path in (PACKAGE / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield (node.module or "").partition(".")[0]


@pytest.mark.parametrize("room", DECIDING)
def test_every_package_that_decides_is_versioned(room: str) -> None:
    others = set(imported(room)) - sys.stdlib_module_names - {"aligner"}
    of_module = metadata.packages_distributions()
    distributions = {name.lower().replace("_", "-") for other in others for name in of_module.get(other, ())}
    # faiss-cpu and others are optional: what is not installed here decides nothing here
    assert distributions <= set(VERSIONED_PACKAGES)


def update(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one package have another version."""
    version = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "999.9" if name == package else version(name))
    forget()


@pytest.fixture(autouse=True)
def versions_read_anew() -> Iterator[None]:
    forget()
    yield
    forget()


def forget() -> None:
    """Forget the versions that were read."""
    code_version.cache_clear()
    installed_version.cache_clear()


class Counted:
    """A detector that counts what it is asked."""

    def __init__(self, folder: Path) -> None:
        from aligner.detector.onnx import OnnxDetector

        self._detector, self.name, self.asked = OnnxDetector(folder), "counted", 0

    def analyse(self, texts: list[str], languages: list[Language]) -> object:
        self.asked += len(texts)
        return self._detector.analyse(texts, languages)


def kept(folder: Path) -> bytes:
    """Return the key by which the findings of an article are kept."""
    from aligner.run.corpus import load_corpus
    from aligner.storage.store import Store

    (folder / "a.txt").write_text("Le maire est content de ce pont.\n", encoding="utf-8")
    store = Store()
    corpus = load_corpus([str(folder / "a.txt")], store, lambda work, tasks, **_: work(list(tasks)))
    (key,) = article_keys(corpus, task_config(Settings(detector=None), ()))
    store.close()
    return key


@pytest.mark.parametrize("package", VERSIONED_PACKAGES)
def test_another_version_is_another_key_and_signature(
    package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept(tmp_path)
    update(package, monkeypatch)
    assert kept(tmp_path) != before
    assert signature(Settings(detector=None), load(None, None), ())[package] == "999.9"


@pytest.mark.parametrize("package", MODEL_PACKAGES)
def test_scores_and_vectors_of_another_version_are_not_used(
    package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    detector = Counted(write_detector(tmp_path / "tiny"))
    vector = np.ones(3, np.float32)

    def score() -> None:
        Remembering(detector, "a", tmp_path).score(["Un zz."], ["fr"])  # type: ignore[arg-type]

    for _ in range(2):
        score()
    VectorCache(tmp_path, "model", "print").put({"Un pont.": vector})
    assert detector.asked == 1
    assert VectorCache(tmp_path, "model", "print").get(["Un pont."], 3)
    update(package, monkeypatch)
    score()
    assert detector.asked == 2
    assert not VectorCache(tmp_path, "model", "print").get(["Un pont."], 3)


def test_python_is_named() -> None:
    assert package_versions()["python"] == f"{sys.version_info.major}.{sys.version_info.minor}"


@pytest.mark.parametrize("metadata_of_lxml", [b"\xff\xfe\0", b"Name: lxml\n", b""])
def test_a_damaged_package_does_no_harm(
    metadata_of_lxml: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lxml-5.dist-info").mkdir()
    (tmp_path / "lxml-5.dist-info" / "METADATA").write_bytes(metadata_of_lxml)
    monkeypatch.syspath_prepend(tmp_path)
    assert package_versions(("lxml",)).keys() <= {"python", "lxml"}
    assert version() != UNKNOWN


def test_a_copy_that_is_not_installed_has_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    assert version() == UNKNOWN
