"""What the numbers were taken on: processor, system, versions, BLAS."""

from __future__ import annotations

import datetime
import os
import platform
from collections.abc import Mapping
from importlib.metadata import version

import exactfact

from .peers import Peer


def described(peers: Mapping[str, Peer]) -> dict[str, str]:
    """The machine and the versions of everything, in the order in which the table shows them."""
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "processor": _processor(),
        "cores": f"{os.cpu_count()}, one thread used",
        "system": f"{platform.system()} {platform.release()}, {platform.machine()}",
        "python": platform.python_version(),
        "exactfact": exactfact.__version__,
        "numpy": f"{version('numpy')}, {_blas()}",
        "python-flint": version("python-flint"),
        **{name: peer.version or f"missing: {peer.missing}" for name, peer in peers.items()},
    }


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or "unknown"


def _blas() -> str:
    """numpy's BLAS as threadpoolctl sees it."""
    import numpy as np  # noqa: F401 - it loads the library
    from threadpoolctl import threadpool_info

    found = [info for info in threadpool_info() if info["user_api"] == "blas"]
    names = [f"{info['internal_api']} {info['version']}, core {info.get('architecture', '?')}" for info in found]
    return ", ".join(names) or "no BLAS"
