"""Numpy's threads: one while we work, and what a program had set before is back afterwards."""

import os
import subprocess
import sys

import pytest

from aligner.engine.threads import OneThread

pytest.importorskip("numpy")
threadpoolctl = pytest.importorskip("threadpoolctl")


def threads() -> list[int]:
    return [pool["num_threads"] for pool in threadpoolctl.threadpool_info() if pool["user_api"] == "blas"]


@OneThread()
def work() -> list[int]:
    with OneThread():
        inner = threads()
    return inner + threads()


def test_one_thread_while_we_work_and_the_callers_own_afterwards() -> None:
    with threadpoolctl.threadpool_limits(2, user_api="blas"):
        before = threads()
        assert set(work()) <= {1}
        first, second = OneThread(), OneThread()
        first.__enter__()
        second.__enter__()
        first.__exit__()
        assert set(threads()) <= {1}
        second.__exit__()
        assert threads() == before


@pytest.mark.parametrize(("said", "expected"), [(None, "1"), ("2", "2")])
def test_what_is_said_before_holds(said: str | None, expected: str) -> None:
    code = (
        "import numpy; from aligner.engine.threads import one_thread_from_now_on as once; once();"
        "import os, threadpoolctl; print(os.environ['OPENBLAS_NUM_THREADS'],"
        "*{p['num_threads'] for p in threadpoolctl.threadpool_info() if p['user_api'] == 'blas'} or [''])"
    )
    variables = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"}
    if said:
        variables["OPENBLAS_NUM_THREADS"] = said
    run = subprocess.run(
        [sys.executable, "-c", code], env=variables, capture_output=True, text=True, check=True
    )
    variable, *used = run.stdout.split()
    assert variable == expected
    assert not used or used[0] == expected or not said or (os.cpu_count() or 1) < int(said)
