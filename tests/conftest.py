"""Settings of the whole suite: reproducible hypothesis runs, and LaTeX tests skipped by name where LaTeX is missing."""

import shutil
import time

import pytest
from hypothesis import settings

import exactfact as ef

settings.register_profile("exactfact", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("exactfact")


@pytest.fixture
def pace():
    """The seconds that a small certification in a process of its own takes now: one, or more on a busy machine."""
    start = time.monotonic()
    ef.certify(ef.Architecture([ef.full(1, 1)]), isolate=True)
    return time.monotonic() - start


def pytest_collection_modifyitems(items):
    missing = [tool for tool in ("pdflatex", "latexmk") if shutil.which(tool) is None]
    if not missing:
        return
    skip = pytest.mark.skip(reason=f"needs {' and '.join(missing)}")
    for item in items:
        if item.get_closest_marker("latex"):
            item.add_marker(skip)
