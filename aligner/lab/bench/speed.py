"""How fast a whole audit is, stage by stage, how much memory it takes, and how both grow with the corpus.

The articles are made up (see ``synthetic``), or those of a folder; every corpus is measured in a process of
its own, first with nothing kept, then again with all that was kept then.
"""

from __future__ import annotations

import math
import multiprocessing
import resource
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aligner.engine.collecting import collect_seldom
from aligner.lab.bench.synthetic import write_corpus
from aligner.settings import Settings

SIZES = (100, 1_000, 10_000)
STAGES = ("read", "pair", "align", "check", "write")
TOTAL = "all"


@dataclass(slots=True)
class Clock:
    """Called with progress, notes when every stage ended: seconds, CPU seconds of this process, peak MB."""

    begun: tuple[float, float] = field(default_factory=lambda: (time.perf_counter(), time.process_time()))
    ends: dict[str, tuple[float, float, float]] = field(default_factory=dict)

    def __call__(self, stage: str, done: int, total: int | None) -> None:  # noqa: ARG002
        """Note how far the run has come."""
        self.ends[stage] = (time.perf_counter(), time.process_time(), peak_megabytes())

    def rows(self) -> Iterator[tuple[str, float, float, float]]:
        """Yield every stage with its seconds, CPU seconds, and the peak of memory until its end; then all."""
        before = self.begun
        for stage, (seconds, cpu, peak) in self.ends.items():
            yield stage, seconds - before[0], cpu - before[1], peak
            before = seconds, cpu
        last = self.ends[stage]
        yield TOTAL, last[0] - self.begun[0], last[1] - self.begun[1], last[2]


def peak_megabytes() -> float:
    """Return the peak memory so far of this process, or of a larger one that it started and that ended."""
    processes = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(process).ru_maxrss for process in processes) / 1024


def tables(settings: Settings, sizes: Sequence[int] = SIZES) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Audit corpora of these numbers of articles; yield a table for each, then growth, and costs on paper.

    Seconds are those of the clock; CPU seconds are of the main process alone, so that with ``--jobs 1``
    they hold on a busy machine too. ``peak_mb`` is the most that one process has taken until then.
    """
    from aligner.lab.bench.scale import on_paper, search_constants

    totals: list[dict[str, Any]] = []
    for size in sizes:
        rows = measure_size(settings, size)
        totals.append({row["stage"]: row for row in rows if row["run"] == "cold"})
        yield f"{size} articles, {rows[0]['words']} words", rows
    if len(totals) > 1:
        yield "growth", growth(totals[0], totals[-1])
    constants = search_constants()
    yield "search, CPU seconds", [constants]
    yield "on paper, 16 cores a machine", on_paper(totals[0], totals[-1], constants)


def tables_of(data: Path, settings: Settings) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Audit the articles of a folder; yield one table, as for a corpus that is made up."""
    with TemporaryDirectory(prefix="aligner-speed-") as folder:
        yield data.name, _rows(settings, data, Path(folder))


def measure_size(settings: Settings, articles: int) -> list[dict[str, Any]]:
    """Audit so many articles cold and warm, a row for each stage."""
    with TemporaryDirectory(prefix="aligner-speed-") as folder:
        corpus = Path(folder, "corpus")
        write_corpus(corpus, articles)
        return _rows(settings, corpus, Path(folder))


def _rows(settings: Settings, corpus: Path, scratch: Path) -> list[dict[str, Any]]:
    rows = []
    for run in ("cold", "warm"):
        # A process of its own, set up like that of a command: what is loaded, and the peak of memory, are
        # then of this run.
        spawning = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=spawning, initializer=collect_seldom) as pool:
            counts, stages = pool.submit(_audit, corpus, scratch, settings).result()
        for stage, seconds, cpu, peak in stages:
            rows.append(
                {
                    "run": run,
                    "stage": stage,
                    "articles": counts["articles"],
                    "words": counts["words"],
                    "seconds": seconds,
                    "cpu_seconds": cpu,
                    "articles_per_s": counts["articles"] / max(seconds, 1e-9),
                    "words_per_s": counts["words"] / max(seconds, 1e-9),
                    "peak_mb": peak,
                }
            )
    return rows


def growth(first: dict[str, Any], last: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the exponent of every stage's CPU seconds over the number of articles, from first to last."""
    scale = math.log(last[TOTAL]["articles"] / first[TOTAL]["articles"])
    return [
        {
            "stage": stage,
            "from": first[TOTAL]["articles"],
            "to": last[TOTAL]["articles"],
            "exponent": math.log(last[stage]["cpu_seconds"] / max(first[stage]["cpu_seconds"], 1e-9)) / scale,
            "peak_mb_per_1000_more": 1000
            * (last[stage]["peak_mb"] - first[stage]["peak_mb"])
            / (last[TOTAL]["articles"] - first[TOTAL]["articles"]),
        }
        for stage in (*STAGES, TOTAL)
    ]


def _audit(
    folder: Path, scratch: Path, settings: Settings
) -> tuple[Mapping[str, int], list[tuple[str, float, float, float]]]:
    """Audit a folder; return what it holds, and what each stage took."""
    from aligner.run import corpus as corpus
    from aligner.run import pipeline

    corpus.WORTH_KEEPING = 1  # the same way for every size
    clock = Clock()
    settings = replace(settings, cache=scratch / "cache")
    report = pipeline.audit([str(folder)], settings, scratch / "report", progress=clock)
    return report.summary["counts"], list(clock.rows())
