"""Places to write to: checked before the work begins, written whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path

from exactfact.cli.failures import UsageError


def target(name: str, *inputs: str) -> Path:
    """The file to write, links followed.

    UsageError for a directory, a device or pipe (also /dev/stdout, wherever it leads), a place not writable, or one of
    the files that are being read.
    """
    if not name:
        raise UsageError("required the name of a file to write, received an empty one")
    path = Path(os.path.realpath(name))
    if path.is_dir():
        raise UsageError(f"{name}: required the name of a file to write, received a directory")
    device = Path(os.path.abspath(name)).is_relative_to("/dev/fd") or name in ("/dev/stdout", "/dev/stderr")
    if device or (path.exists() and not path.is_file()):
        raise UsageError(f"{name}: required an ordinary file to write, received a device, pipe or socket")
    if path in (Path(os.path.realpath(source)) for source in inputs if source != "-"):
        raise UsageError(f"{name}: required another file than the one that is read")
    if not path.parent.is_dir():
        raise UsageError(f"{name}: the folder {str(path.parent)!r} does not exist")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise UsageError(f"{name}: the folder {str(path.parent)!r} is not writable")
    return path


def certificate(name: str) -> None:
    """UsageError when the file is a spec, where a certificate is read: it says how to make one."""
    path = Path(name)
    content = path.read_bytes() if path.is_file() else b""
    try:
        document = json.loads(content) if content.lstrip().startswith(b"{") else None
    except (ValueError, RecursionError):
        return
    spec = isinstance(document, dict) and "exactfact" in document and "format" not in document
    if spec or (document is None and path.suffix == ".toml" and content):
        how = f"`exactfact certify {name} -o CERT.json` makes one"
        raise UsageError(f"{name}: required a certificate, received a spec; {how}")


def folder(name: str) -> Path:
    """The folder to write into, made when missing.  UsageError when it is something else or cannot be made."""
    path = Path(name)
    if path.exists() and not path.is_dir():
        raise UsageError(f"{name}: required a folder, since there are several specs, received a file")
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError(f"{name}: the folder cannot be made: {error.strerror}") from None
    return path


def certificate_names(specs: list[str]) -> list[str]:
    """`NAME.json` for every spec.  UsageError when two specs would share a name."""
    names: dict[str, str] = {}
    for spec in specs:
        name = "stdin.json" if spec == "-" else f"{Path(spec).stem}.json"
        if name in names:
            raise UsageError(f"{names[name]} and {spec} would both be written to {name}")
        names[name] = spec
    return list(names)
