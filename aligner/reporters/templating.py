"""The templates of the pages, compiled once and kept in ``__pycache__``, as Python keeps its modules."""

from __future__ import annotations

import contextlib
import pickle
import sys
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from aligner.reporters.messages import in_language
from aligner.text.visible import visible

TEMPLATES = Path(__file__).parent / "templates"


class CompiledTemplates(jinja2.FileSystemBytecodeCache):
    """Compiled templates as files: each by the digest of its source, and by the version of Jinja.

    None are kept where the folder cannot be written, or Python is set to keep no byte code.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), f"%s.jinja2-{jinja2.__version__}.{sys.implementation.cache_tag}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a template that was kept; a file that cannot be read is as good as none."""
        try:
            super().load_bytecode(bucket)
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that was compiled, if that may be."""
        if sys.dont_write_bytecode:
            return
        with contextlib.suppress(OSError):
            Path(self.directory).mkdir(exist_ok=True)
            super().dump_bytecode(bucket)


def environment(compiled: Path = TEMPLATES / "__pycache__") -> jinja2.Environment:
    """Return what renders the templates; ``compiled`` is the folder where they are kept compiled."""
    result = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        bytecode_cache=CompiledTemplates(compiled),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    result.filters["visible"] = visible
    result.filters["worded"] = in_language
    return result
