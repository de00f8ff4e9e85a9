"""Coverage-guided fuzzing of the readers and of the report: ``python -m tests.fuzz TARGET RUNS [FOLDER]``.

Bytes that reach new code are kept in FOLDER and bent further (atheris, on libFuzzer). A target must end
with articles or a reason; anything else stops the run and leaves the bytes in ``crash-*`` there. RUNS may
be a time instead: ``90s``.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["aligner"]):
    from tests.fuzz import targets

MAX_BYTES = 2_000
SECONDS_AN_INPUT = 20


def main() -> None:
    """Fuzz one target with the seeds of its format."""
    name, runs, *rest = sys.argv[1:]
    folder = Path(rest[0]) if rest else Path(tempfile.mkdtemp(prefix=f"fuzz-{name}-"))
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(targets.seeds(name)):
        (folder / f"seed-{number}").write_bytes(seed)
    options = [
        f"-max_total_time={runs[:-1]}" if runs.endswith("s") else f"-atheris_runs={runs}",
        f"-max_len={MAX_BYTES}",
        f"-timeout={SECONDS_AN_INPUT}",
        "-seed=1",
        f"-artifact_prefix={folder}/",
        "-len_control=0",
        str(folder),
    ]
    atheris.Setup([sys.argv[0], *options], targets.target(name, folder.parent))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
