"""The targets of the fuzzer on their seeds and on random bytes; the fuzzer itself runs on request."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz import mutate, targets

RUNS = 2_000
FAST = tuple(name for name in targets.TARGETS if name not in ("html", "parquet"))


@pytest.mark.parametrize("name", targets.TARGETS)
def test_seeds_hold(name: str, tmp_path: Path) -> None:
    run = targets.target(name, tmp_path)
    for seed in targets.seeds(name):
        run(seed)
        for cut in (1, len(seed) // 3, len(seed) // 2, len(seed) - 3):
            run(seed[:cut])
            run(seed[:cut] + b'\xff\0\x1b<"' + seed[cut:])


@pytest.mark.parametrize("name", FAST)
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_bytes_among_the_seeds_hold(name: str, tmp_path: Path, data: st.DataObject) -> None:
    pieces = st.sampled_from(
        [seed[at : at + 40] for seed in targets.seeds(name) for at in range(0, len(seed), 40)]
    )
    made = b"".join(data.draw(st.lists(pieces | st.binary(max_size=6), max_size=20)))
    targets.target(name, tmp_path)(made)


def test_chance_is_that_of_the_seed(tmp_path: Path) -> None:
    seeds = targets.seeds("settings")
    first, again, other = (
        [mutate.mutated(dice, seeds, seeds) for _ in range(20)] for dice in map(random.Random, (1, 1, 2))
    )
    assert first == again != other
    met, failed = mutate.run("settings", 0.2, 1, tmp_path)
    assert met
    assert not failed


@pytest.mark.benchmark
@pytest.mark.parametrize("name", targets.TARGETS)
def test_fuzzer_finds_nothing(name: str, tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="atheris is not installed")
    command = [sys.executable, "-m", "tests.fuzz", name, str(RUNS), str(tmp_path / "corpus")]
    run = subprocess.run(command, capture_output=True, text=True, timeout=3600, check=False)
    sys.stdout.write("\n".join(line for line in run.stderr.splitlines() if "one" in line.lower()))
    assert run.returncode == 0, run.stderr[-3000:]
