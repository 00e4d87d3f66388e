"""One BLAS thread while exactfact computes: several made its small products five times slower on a busy machine.

A user who sets OPENBLAS_NUM_THREADS, MKL_NUM_THREADS or OMP_NUM_THREADS is left alone.
"""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext

from threadpoolctl import threadpool_limits

CHOSEN = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")


def one_blas_thread() -> AbstractContextManager[object]:
    """A context in which BLAS uses one thread, or nothing at all when the user has chosen a number."""
    if any(name in os.environ for name in CHOSEN):
        return nullcontext()
    limits: AbstractContextManager[object] = threadpool_limits(limits=1, user_api="blas")
    return limits
