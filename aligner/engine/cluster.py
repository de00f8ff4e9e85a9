"""The engine of a Dask cluster: the same batches, worked on by the machines behind a scheduler's address."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import re
import socket
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner.engine.alone import Losses, work_alone
from aligner.engine.batches import BATCH, BATCHES_AHEAD, Result, Substitute, Task, Work, batches
from aligner.model import InputError
from aligner.version import PACKAGE

if TYPE_CHECKING:
    from distributed import Client, Future

logger = logging.getLogger(__name__)

PATIENCE = "15s"
"""Time to wait for the scheduler, and for its first worker."""
LOOK_SECONDS = 5.0
"""Interval of checks that there is any worker, while waiting for a batch."""
NO_WORKER_SECONDS = 120.0
"""Time to wait for a worker once all are gone; cluster managers replace one in about a minute."""
PROBE_SECONDS = 2.0
"""How long anybody at all may take to answer before we say that we wait."""
GREETING_SECONDS = 15.0
LONGEST_GREETING = 2**16
"""Bytes; a scheduler's greeting has 58."""
LAST_PORT = 2**16 - 1
_ADDRESS = re.compile(r"(?:(?:tcp|tls|ucx|wss?)://)?[^\s/]+:\d{1,5}")
_ENCRYPTED = ("tls://", "wss://")
SAME_VERSIONS = ("python", "distributed", "msgpack", "cloudpickle")
"""Packages that must be as here on every machine, for tasks and results to be understood."""


def _client_class() -> type[Client]:
    """Return Dask's client, which closes itself quietly where it never was connected.

    Else, one that fails over what an address needs waits half a minute at the end, and shows a traceback.
    """
    from distributed import Client

    class QuietClient(Client):  # type: ignore[misc]
        def __del__(self) -> None:
            if self.status == "running":
                super().__del__()

    return QuietClient


class Cluster:
    """Workers of a Dask cluster, which must have the same aligner installed, and see the same files.

    A worker that is lost costs the batches it had, which others do again; a batch over which several are
    lost is worked on in processes that they start for it. ``folder`` is only looked for on
    every worker (``shares_files``). Raises InputError if there is no such cluster, or if its workers have
    other versions than this machine.
    """

    def __init__(self, address: str, folder: Path | None = None) -> None:
        try:
            import distributed
        except ModuleNotFoundError as error:
            raise InputError(
                "--scheduler needs dask.distributed: pip install distributed, here and on every worker"
            ) from error
        self._address = address
        self._losses = Losses()
        if not _ADDRESS.fullmatch(address):
            raise InputError(f"--scheduler {address!r} is no address; write it like tcp://10.0.0.1:8786")
        if address.startswith(_ENCRYPTED) and not distributed.Security().get_connection_args("client").get(
            "ssl_context"
        ):  # a client that fails over it shows a traceback half a minute later
            raise InputError(
                f"--scheduler {address!r} needs certificates: name them in the configuration of Dask "
                "(distributed.comm.tls)"
            )
        _require_scheduler(address)
        try:
            self._client: Client = _client_class()(address, timeout=PATIENCE, set_as_default=False)
        except Exception as error:  # of any kind, where another program answers
            raise InputError(
                f"no Dask scheduler answers at {address} ({_short(error)}); start one"
            ) from error
        try:
            self._shares_files = self._inspect(folder)
        except BaseException:
            self._client.close()
            raise

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    @property
    def shares_files(self) -> bool:
        """True if every worker sees the folder of the run."""
        return self._shares_files

    def map(
        self,
        work: Work[Task, Result],
        tasks: Iterable[Task],
        size: int = BATCH,
        substitute: Substitute[Task, Result] | None = None,
    ) -> Iterator[Result]:
        """Spread batches over the workers; those of a worker that is lost are given to another."""
        waiting: deque[tuple[list[Task], Future[Any]]] = deque()

        def first() -> Sequence[Result]:
            batch, future = waiting[0]
            results: Sequence[Result] | None = self._result(future)
            if results is None:
                logger.warning("several workers died over one batch; its tasks are done one by one")
                outcomes = self._result(self._submit(work_alone, work, batch))
                if outcomes is None:
                    raise InputError(
                        f"the workers at {self._address} die over the same articles, even in turn, "
                        "possibly out of memory; see their logs"
                    )
                results = self._losses.replaced(batch, outcomes, substitute)
            waiting.popleft()
            return results

        try:
            for batch in batches(tasks, size):
                waiting.append((batch, self._submit(work, batch)))
                if len(waiting) > self._workers * BATCHES_AHEAD:
                    yield from first()
            while waiting:
                yield from first()
        finally:
            for _, left in waiting:
                left.cancel()

    def _submit(self, work: Callable[..., Any], *arguments: object) -> Future[Any]:
        return self._client.submit(work, *arguments, key=f"aligner-{uuid.uuid4().hex}", pure=False)

    def _result(self, future: Future[Any]) -> Any:
        """Wait for what a batch gives; None if it killed so many workers that the scheduler gave it up."""
        from distributed import KilledWorker
        from distributed.comm import CommClosedError

        try:
            self._wait(future)
            return future.result()
        except KilledWorker:
            return None
        except (CommClosedError, TimeoutError) as error:
            raise self._scheduler_lost() from error
        except Exception as error:
            if type(error).__name__.endswith("CancelledError"):  # what is left when the scheduler goes away
                raise self._scheduler_lost() from error
            raise

    def _wait(self, future: Future[Any]) -> None:
        """Wait for a batch, but not for workers that do not come back."""
        alone_since: float | None = None
        warned = False
        while not future.done():
            with contextlib.suppress(TimeoutError):
                future.exception(timeout=LOOK_SECONDS)
            if future.done() or self._has_workers():
                alone_since, warned = None, False
                continue
            alone_since = alone_since or time.monotonic()
            if time.monotonic() - alone_since >= NO_WORKER_SECONDS:
                raise InputError(
                    f"the Dask scheduler at {self._address} has had no worker for {NO_WORKER_SECONDS:.0f} s; "
                    "start some, then run the same command again: it goes on from here"
                )
            if not warned:
                warned = True
                logger.warning(
                    "the Dask scheduler at %s has no worker left; waiting %.0f s for one",
                    self._address,
                    NO_WORKER_SECONDS,
                )

    def _has_workers(self) -> bool:
        return bool(self._client.scheduler_info(n_workers=-1)["workers"])

    def _scheduler_lost(self) -> InputError:
        return InputError(
            f"the Dask scheduler at {self._address} went away; run the same command again: "
            "it goes on from here"
        )

    @property
    def _workers(self) -> int:
        return max(1, len(self._client.scheduler_info(n_workers=-1)["workers"]))

    def _inspect(self, folder: Path | None) -> bool:
        """Refuse workers of other versions; return whether all workers see the folder."""
        if not self._has_workers():
            logger.warning(
                "the Dask scheduler at %s has no worker yet; waiting %s for one",
                self._address,
                _words(PATIENCE),
            )
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise InputError(f"the Dask scheduler at {self._address} has no worker; start some") from error
        versions = self._client.get_versions(check=False)
        local_packages = versions["client"]["packages"]
        for worker, details in versions["workers"].items():
            for name in SAME_VERSIONS:
                own_version, version = local_packages.get(name), details["packages"].get(name)
                if own_version != version:
                    raise InputError(
                        f"worker {worker} has {name} {version}, and here is {own_version}: "
                        "install the same everywhere"
                    )
        token = _token(folder)
        try:
            replies = self._client.run(_look, str(token) if token else "")
        except ModuleNotFoundError as error:
            raise InputError(f"a worker of {self._address} has no aligner ({error}); install it") from error
        own_code = code_digest()
        for worker, (code, _) in replies.items():
            if code != own_code:
                raise InputError(
                    f"worker {worker} has another version of aligner: install the same everywhere"
                )
        if token is None:
            return False
        token.unlink()
        shared = all(sees_folder for _, sees_folder in replies.values())
        if not shared:
            logger.warning("%s is not on every worker: pairing runs on this machine", token.parent)
        return shared


def _require_scheduler(address: str) -> None:
    """Say at once that nobody answers yet, and how long is waited; for a client says nothing meanwhile.

    Raises InputError for no port, and where another program answers: a client of Dask waits for one that
    says nothing without end, and takes what others say for lengths of gigabytes.
    """
    scheme, _, place = address.rpartition("://")
    host, _, port = place.rpartition(":")
    if int(port) > LAST_PORT:
        raise InputError(f"--scheduler {address!r} is no address; write it like tcp://10.0.0.1:8786")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), timeout=PROBE_SECONDS) as probe:
            if scheme in ("", "tcp") and not _greets(probe):
                raise InputError(
                    f"what answers at {address} is no Dask scheduler; give the address that it printed"
                )
    except (OSError, UnicodeError):
        logger.warning("nobody answers at %s yet; waiting %s for a Dask scheduler", address, _words(PATIENCE))


def _greets(probe: socket.socket) -> bool:
    """Return whether who answers sends a short message first, as a scheduler does: its length, its bytes."""
    probe.settimeout(GREETING_SECONDS)
    try:
        said = probe.recv(8, socket.MSG_WAITALL)
    except OSError:
        return False
    return len(said) == 8 and 0 < int.from_bytes(said, "little") < LONGEST_GREETING


def _words(patience: str) -> str:
    return patience.replace("s", " s").replace("m s", " ms")


def _token(folder: Path | None) -> Path | None:
    """Create a file that workers can see if they see the folder."""
    if folder is None:
        return None
    token = folder.absolute() / f"seen-{uuid.uuid4().hex}"
    token.touch()
    return token


def _look(token: str) -> tuple[str, bool]:
    """Return the digest of a worker's aligner, and whether it sees the token."""
    return code_digest(), bool(token) and Path(token).exists()


def code_digest() -> str:
    """Return the digest of our code's content, the same wherever it is installed."""
    hashed = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        hashed.update(str(path.relative_to(PACKAGE)).encode() + b"\0" + path.read_bytes())
    return hashed.hexdigest()


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
