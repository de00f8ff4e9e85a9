"""The same calls with options given once and models loaded once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Unpack, overload

from aligner.api import functions
from aligner.api.inputs import PathName, Paths
from aligner.api.options import Options, settings_of
from aligner.api.tables import Aligned, Findings, Grades, Pairs
from aligner.model import Language
from aligner.report.reader import Report
from aligner.run.session import detector_spec
from aligner.run.tasks import load_encoder, loaded_detector

if TYPE_CHECKING:
    import pandas as pd


class Aligner:
    """Calls that share options and keep their models loaded.

    Options that a call is given itself replace those said here.

    >>> aligner = Aligner(select="EXT102", detector=False)
    >>> aligner
    Aligner(select='EXT102', detector=False)
    >>> aligner.lint(text="The bridge opened on Monday.The crowd was large.")
    <1 finding>
    """

    def __init__(self, **options: Unpack[Options]) -> None:
        """Load the encoder now, and the detector unless it is False. Raises InputError for what is wrong."""
        self._options = options
        settings = settings_of(options)
        load_encoder(settings.encoder, settings.cache)
        if detector := detector_spec(settings):
            loaded_detector(detector)

    def __repr__(self) -> str:
        return f"Aligner({', '.join(f'{name}={value!r}' for name, value in self._options.items())})"

    def audit(
        self,
        paths: Paths | pd.DataFrame,
        out: PathName | None = None,
        *,
        previous: PathName | None = None,
        **options: Unpack[Options],
    ) -> Report:
        """Audit as ``aligner.audit`` does."""
        return functions.audit(paths, out, previous=previous, **self._with_defaults(options))

    def pair(self, paths: Paths | pd.DataFrame, **options: Unpack[Options]) -> Pairs:
        """Pair as ``aligner.pair`` does."""
        return functions.pair(paths, **self._with_defaults(options))

    @overload
    def align(
        self,
        fr: PathName,
        en: PathName,
        *,
        texts: bool = ...,
        presegmented: bool = ...,
        **options: Unpack[Options],
    ) -> Aligned: ...
    @overload
    def align(
        self,
        fr: Iterable[tuple[PathName, PathName]],
        *,
        texts: bool = ...,
        presegmented: bool = ...,
        **options: Unpack[Options],
    ) -> list[Aligned]: ...
    def align(
        self,
        fr: PathName | Iterable[tuple[PathName, PathName]],
        en: PathName | None = None,
        *,
        texts: bool = False,
        presegmented: bool = False,
        **options: Unpack[Options],
    ) -> Aligned | list[Aligned]:
        """Align as ``aligner.align`` does."""
        settings = settings_of(self._with_defaults(options))
        return functions.align_given(fr, en, settings, texts=texts, presegmented=presegmented)

    def lint(
        self,
        paths: Paths | pd.DataFrame | None = None,
        *,
        text: str | None = None,
        language: Language | None = None,
        **options: Unpack[Options],
    ) -> Findings:
        """Check articles as ``aligner.lint`` does."""
        return functions.lint(paths, text=text, language=language, **self._with_defaults(options))

    def grade(
        self,
        bitext: Paths | pd.DataFrame | Iterable[tuple[str | None, str | None]],
        *,
        language: Language | None = None,
        **options: Unpack[Options],
    ) -> Grades:
        """Grade rows as ``aligner.grade`` does."""
        return functions.grade(bitext, language=language, **self._with_defaults(options))

    def _with_defaults(self, options: Options) -> Options:
        return {**self._options, **options}
