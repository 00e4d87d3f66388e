"""The solver of examples/bound: truths with noise of known size, and fits by alternating least squares."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

PATH = Path(__file__).resolve().parents[2] / "examples" / "bound" / "solver.py"


def _load():
    spec = importlib.util.spec_from_file_location("bound_solver", PATH)
    module = importlib.util.module_from_spec(spec)
    sys.modules["bound_solver"] = module
    spec.loader.exec_module(module)
    return module


_solver = _load()
by_leaf, exact, forward, solved = _solver.by_leaf, _solver.exact, _solver.forward, _solver.solved
