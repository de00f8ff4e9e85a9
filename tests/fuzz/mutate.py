"""Fuzzing by chance, without atheris: ``python -m tests.fuzz.mutate SECONDS SEED [TARGET...]``.

Seeds of all formats are cut, spliced, repeated and bent; what a target does not hold is written to
``crash-TARGET-*`` in the working directory (what ends the process, to ``last-TARGET``), and one line per
target says how many inputs it met.
"""

from __future__ import annotations

import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from tests.fuzz import targets

SECONDS_AN_INPUT = 10
"""Of CPU."""
LONGEST = 20_000
"""Bytes of an input, but for pieces repeated ``MOST`` times."""
MOST = 3_000
PIECES = (
    *(bytes([n]) for n in (0, 9, 10, 13, 26, 27, 34, 39, 44, 59, 60, 91, 92, 123, 127, 128, 160, 255)),
    *(text.encode() for text in "\u2028 \u202e \ufeff é œ « » ’ € ½ ² ٣ １ 🐻 e\u0301 \u00a0 ﬁ".split(" ")),
    b"\xed\xa0\x80",
    b"\xff\xfe",
    b"&#0;",
    b"&#xd800;",
    b"]]>",
    b"<!--",
    b"1e999",
    b"-1",
    b"9" * 400,
    b"NaN",
    b"null",
    b"true",
    b"\\ud800",
    b"\\u0000",
    b'""',
    b"'''",
    b"[[",
    b"]]",
    b"=",
    b"\r\n",
    b"a" * 300,
    b"../",
    b"#",
    b"%",
)


def mutated(rng: random.Random, pool: list[bytes], all_seeds: list[bytes]) -> bytes:
    """Bend one input in a few places."""
    data = bytearray(rng.choice(pool))
    for _ in range(rng.choice((1, 1, 2, 3, 5, 9))):
        at, to = sorted(rng.randint(0, len(data)) for _ in range(2))
        kind = rng.random()
        if kind < 0.2:
            data[at:at] = rng.choice(PIECES)
        elif kind < 0.35:
            other = rng.choice(all_seeds if rng.random() < 0.2 else pool)
            begin, end = sorted(rng.randint(0, len(other)) for _ in range(2))
            data[at : min(to, at + 80)] = other[begin:end]
        elif kind < 0.5:
            del data[at : min(to, at + rng.choice((1, 4, 40, 4_000)))]
        elif kind < 0.65 and data:
            data[min(at, len(data) - 1)] ^= 1 << rng.randint(0, 7)
        elif kind < 0.8:
            data[at:at] = data[at : min(to, at + 60)] * rng.choice((1, 2, 9, 70))
        elif kind < 0.83:
            data[at:at] = (data[at : min(to, at + 9)] or b"a") * MOST
        elif kind < 0.9:
            data[at : min(to, at + 12)] = str(rng.choice((-1, 0, 7, 2**31, 2**64, 10**25))).encode()
        else:
            data[at:at] = bytes(rng.randint(0, 255) for _ in range(rng.randint(1, 8)))
    return bytes(data[: LONGEST * 2])


def run(name: str, seconds: float, seed: int, folder: Path) -> tuple[int, int]:
    """Fuzz one target; return how many inputs it met, and how many it did not hold."""
    rng = random.Random(f"{seed} {name}")
    hold = targets.target(name, folder)
    all_seeds = [data for other in targets.TARGETS for data in targets.seeds(other)]
    pool = list(targets.seeds(name))
    ends = time.monotonic() + seconds
    met: Counter[str] = Counter()
    last = Path(f"last-{name}")
    while time.monotonic() < ends:
        data = mutated(rng, pool, all_seeds)
        met["all"] += 1
        last.write_bytes(data)  # what is left if the process itself ends
        signal.setitimer(signal.ITIMER_PROF, SECONDS_AN_INPUT)
        try:
            hold(data)
            signal.setitimer(signal.ITIMER_PROF, 0)
        except BaseException as error:
            signal.setitimer(signal.ITIMER_PROF, 0)
            if isinstance(error, KeyboardInterrupt):
                raise
            met["failed"] += 1
            Path(f"crash-{name}-{met['failed']}").write_bytes(data)
            Path(f"crash-{name}-{met['failed']}.txt").write_text(traceback.format_exc(), encoding="utf-8")
        if len(data) < LONGEST and rng.random() < 0.02 and len(pool) < 400:
            pool.append(data)  # bent further later on
    last.unlink(missing_ok=True)
    return met["all"], met["failed"]


class HangsError(BaseException):
    """An input took too long."""


def _hangs(number: int, frame: object) -> None:
    raise HangsError


def main() -> None:
    """Fuzz some targets, or all, for some seconds together."""
    total, seed, *names = sys.argv[1:]
    signal.signal(signal.SIGPROF, _hangs)
    chosen = names or list(targets.TARGETS)
    with tempfile.TemporaryDirectory() as folder:
        for name in chosen:
            began = time.process_time()
            met, failed = run(name, float(total) / len(chosen), int(seed), Path(folder))
            used = time.process_time() - began
            sys.stdout.write(f"{name}: {met} inputs, {failed} failed, {used:.0f} s of CPU, seed {seed}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
