"""Writes tests/certificates/accept/*.json, the true certificates of tests/certificates/true.

Run `python -m tests.certificates.make_accept` from the repository's root.
"""
import json
from pathlib import Path

from tests.certificates.true import CERTIFICATES

FOLDER = Path(__file__).parent / "accept"


def files() -> dict[str, bytes]:
    """Every file: its name without the ending, and its bytes."""
    return {make.__name__: (json.dumps(make(), indent=1) + "\n").encode() for make in CERTIFICATES}


def write(folder: Path, made: dict[str, bytes]) -> None:
    """Write the files of one corpus; stale ones are removed."""
    folder.mkdir(exist_ok=True)
    for path in folder.glob("*.json"):
        if path.stem not in made:
            path.unlink()
    for name, data in made.items():
        (folder / f"{name}.json").write_bytes(data)


if __name__ == "__main__":
    write(FOLDER, files())
