"""An audit on a real Dask cluster on this machine: the same bytes, also when a worker is killed under it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial, partialmethod
from pathlib import Path

import pytest

from aligner.engine import cluster as engine
from aligner.engine import open_engine
from aligner.model import InputError
from aligner.run import pipeline
from tests.engine.test_alone import deadly, substitute
from tests.runs import Undisturbed, beside, files
from tests.shared_data import ROOT

pytest.importorskip("distributed", reason="dask.distributed is not installed")
pytest.importorskip("pyarrow", reason="pyarrow is not installed")

# Warnings of Dask and its dependencies about themselves.
pytestmark = pytest.mark.filterwarnings("ignore")

WORKERS = 3
BATCH = 4  # so few that every worker has some of every stage
PATIENCE = 120.0  # seconds for processes to start on a busy machine


class Cluster:
    """A scheduler and some workers, each a process of its own."""

    def __init__(self, folder: Path, workers: int = WORKERS, *, nanny: bool = False) -> None:
        self._folder = folder
        self._nanny = "--nanny" if nanny else "--no-nanny"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self._scheduler = self._start(
            "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"
        )
        self.workers: list[subprocess.Popen[bytes]] = []
        for _ in range(workers):
            self.add_worker()

    def add_worker(self) -> None:
        options = ("--nworkers", "1", "--nthreads", "1", self._nanny, "--no-dashboard")
        self.workers.append(
            self._start("worker", self.address, *options, "--local-directory", str(self._folder))
        )

    def replace_dead(self) -> None:
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        while len(self.workers) < WORKERS:
            self.add_worker()
        self.wait(WORKERS)

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        log = (self._folder / f"{arguments[0]}-{time.monotonic_ns()}.log").open("wb")
        # Not in our folder: workers need not be where the run was started.
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments],
            cwd=self._folder,
            stdout=log,
            stderr=log,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )

    def wait(self, workers: int) -> None:
        """Wait until so many workers have come."""
        from distributed import Client

        ends = time.monotonic() + PATIENCE
        while True:
            try:
                with Client(self.address, timeout=5, set_as_default=False) as client:
                    client.wait_for_workers(workers, timeout=PATIENCE)
                return
            except OSError:
                assert time.monotonic() < ends

    def stop(self) -> None:
        for process in (*self.workers, self._scheduler):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    made.wait(WORKERS)
    yield made
    made.stop()


@pytest.mark.parametrize(
    "times", [pytest.param(1, id="once"), pytest.param(20, id="often", marks=pytest.mark.benchmark)]
)
def test_a_run_outlives_its_workers(
    times: int, cluster: Cluster, undisturbed: Undisturbed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine.Cluster, "map", partialmethod(engine.Cluster.map, size=BATCH))
    settings = replace(undisturbed.settings, scheduler=cluster.address)
    for number in range(times):
        out = tmp_path / f"{number}" / "report"
        victims = dict(zip(("align", "check"), cluster.workers[:2], strict=True))

        def kill(
            at: str, done: int, total: int | None, victims: dict[str, subprocess.Popen[bytes]] = victims
        ) -> None:
            if done and at in victims and victims[at].poll() is None:
                victims[at].send_signal(signal.SIGKILL)
                victims[at].wait()

        pipeline.audit([str(undisturbed.corpus)], settings, out, progress=kill)
        assert [victim.returncode for victim in victims.values()] == [-signal.SIGKILL] * 2
        assert files(out) == undisturbed.report
        assert beside(out) == set()
        if number + 1 < times:
            cluster.replace_dead()


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("nonsense", "is no address"),
        ("127.0.0.1:70000", "is no address"),
        ("tls://127.0.0.1:9", "needs certificates"),
        ("tcp://127.0.0.1:9", "no Dask scheduler answers at tcp://127.0.0.1:9"),
    ],
)
def test_an_address_where_no_scheduler_is(
    address: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aligner.engine.cluster.PATIENCE", "500ms")
    with pytest.raises(InputError, match=message):
        open_engine(scheduler=address)


def test_that_is_said_at_once(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr("aligner.engine.cluster.PATIENCE", "500ms")
    with pytest.raises(InputError, match="no Dask scheduler answers"):
        open_engine(scheduler="tcp://127.0.0.1:9")
    assert "nobody answers at tcp://127.0.0.1:9 yet; waiting 500 ms for a Dask scheduler" in caplog.text


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.0 400 Bad Request\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        bytes(range(256)),
        b"\0" * 64,
        b"\0\0\0\0\x02\0\0\0" * 9,
        b"short",
        b"",
        None,
    ],
)
def test_an_address_where_another_program_answers(
    answer: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is refused before a client waits for it without end, or makes room for gigabytes."""
    monkeypatch.setattr("aligner.engine.cluster.GREETING_SECONDS", 0.5)
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with server.accept()[0] as peer:
                if answer is None:
                    done.wait(60)
                else:
                    peer.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        with pytest.raises(InputError, match="is no Dask scheduler"):
            open_engine(scheduler=f"tcp://127.0.0.1:{server.getsockname()[1]}")
        done.set()


def test_workers_of_another_version_are_refused(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aligner.engine.cluster.code_digest", lambda: "another")
    with pytest.raises(InputError, match="another version of aligner"):
        open_engine(scheduler=cluster.address)


def slept(numbers: Sequence[int]) -> Sequence[int]:
    """Take longer than the only worker lives."""
    time.sleep(60)
    return numbers


def test_the_only_worker_dies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """That is reported within 30 s, and the run ends after the time that the message names."""
    monkeypatch.setattr(engine, "NO_WORKER_SECONDS", 8.0)
    monkeypatch.setattr(engine, "LOOK_SECONDS", 1.0)
    lonely = Cluster(tmp_path, 1)
    try:
        lonely.wait(1)
        with open_engine(scheduler=lonely.address) as cluster:
            killer = threading.Timer(2.0, lonely.workers[0].kill)
            killer.start()
            begun = time.monotonic()
            with pytest.raises(InputError, match="no worker for 8 s"):
                list(cluster.map(slept, [1, 2, 3]))
            assert time.monotonic() - begun < 40
        assert "no worker left; waiting 8 s" in caplog.text
    finally:
        lonely.stop()


def test_a_task_that_kills_workers_costs_itself(tmp_path: Path) -> None:
    """Each worker has somebody who starts it again, as ``dask worker`` has it by default."""
    watched = Cluster(tmp_path, 2, nanny=True)
    try:
        watched.wait(2)
        with open_engine(scheduler=watched.address) as cluster:
            results = list(cluster.map(partial(deadly, (7,)), range(40), substitute=substitute))
        assert results == [-n if n == 7 else 2 * n for n in range(40)]
    finally:
        watched.stop()
