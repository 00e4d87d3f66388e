"""numpy's .npy and .npz files, read without numpy's loader and without pickle.

The header is parsed and checked against the bytes that are there before anything is allocated.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import Any, BinaryIO

from .errors import LimitError, SpecError, at, shorten
from .exact_array import DIMENSION_LIMIT, ENTRY_LIMIT, ExactArray, check_count, check_dtype, from_numpy

MAGIC = b"\x93NUMPY"
HEADER_LIMIT = 10_000
MEMBER_LIMIT = 1000
BYTES_LIMIT = 8 * ENTRY_LIMIT + HEADER_LIMIT + 12

_HEADER = re.compile(
    r"\{\s*'descr'\s*:\s*'(?P<descr>[^']{1,60})'\s*,\s*'fortran_order'\s*:\s*(?P<fortran>True|False)\s*,"
    r"\s*'shape'\s*:\s*\((?P<shape>[0-9L,\s]*)\)\s*,?\s*\}\s*"
)
_DESCR = re.compile(r"[<>|=]?(?:[iub][1248]|f(?:2|4|8|12|16)|c[0-9]+|O|[SUVmM].*)")


def read_npy(stream: BinaryIO, size: int) -> ExactArray:
    """The array in a .npy stream of `size` bytes.  SpecError for what it may not hold, LimitError when too large."""
    header, used = _header(stream)
    match = _HEADER.fullmatch(header)
    if match is None:
        if "'descr'" in header and "[" in header:
            raise SpecError("", "an array of numbers", "records with several fields")
        raise SpecError("", "the header of a .npy file", f'"{shorten(header.strip())}"')
    dtype = _dtype(match["descr"])
    shape = _shape(match["shape"])
    count = check_count(shape, "the array")
    needed = count * dtype.itemsize
    if needed > size - used:
        raise SpecError("", f"{needed} bytes of data, as the header says", f"{max(0, size - used)}")
    data = stream.read(needed)
    if len(data) != needed:
        raise SpecError("", f"{needed} bytes of data, as the header says", f"{len(data)}")
    import numpy as np

    array: Any = np.frombuffer(data, dtype=dtype)
    return from_numpy(array.reshape(shape, order="F" if match["fortran"] == "True" else "C"))


def read_npz(stream: BinaryIO) -> dict[str, ExactArray]:
    """{name: array} of a .npz file, exactly; nothing is unpickled.

    SpecError for a broken archive, LimitError for too many arrays or one of more than BYTES_LIMIT bytes unpacked.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
            if len(members) > MEMBER_LIMIT:
                raise LimitError("reading the archive", f"{len(members)} arrays", MEMBER_LIMIT)
            return dict(_member(archive, member) for member in members)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise SpecError("", "a .npz archive", f"a broken one: {shorten(str(error))}") from None


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> tuple[str, ExactArray]:
    name = member.filename.removesuffix(".npy")
    with at(f'array "{shorten(name)}"'):
        if member.file_size > BYTES_LIMIT:
            raise LimitError(f'array "{shorten(name)}"', f"{member.file_size} bytes", BYTES_LIMIT)
        with archive.open(member) as packed:
            data = packed.read(BYTES_LIMIT + 1)  # whatever the archive says, never more
        if len(data) > BYTES_LIMIT:
            raise LimitError(f'array "{shorten(name)}"', f"more than {BYTES_LIMIT} bytes", BYTES_LIMIT)
        return name, read_npy(io.BytesIO(data), len(data))


def _header(stream: BinaryIO) -> tuple[str, int]:
    """The text of the header, and where the data begin."""
    start = stream.read(len(MAGIC) + 2)
    if start[: len(MAGIC)] != MAGIC or len(start) < len(MAGIC) + 2:
        raise SpecError("", "a .npy file", "other data, or pickled ones (which are never read)")
    version = start[len(MAGIC)]
    if version not in (1, 2, 3):
        raise SpecError("", "a .npy file of version 1, 2 or 3", f"version {version}")
    wide = 2 if version == 1 else 4
    prefix = stream.read(wide)
    if len(prefix) < wide:
        raise SpecError("", "a .npy file", "one that ends inside its header")
    (length,) = struct.unpack("<H" if wide == 2 else "<I", prefix)
    if length > HEADER_LIMIT:
        raise SpecError("", f"a header of at most {HEADER_LIMIT} bytes", f"{length}")
    text = stream.read(length)
    if len(text) < length:
        raise SpecError("", "a .npy file", "one that ends inside its header")
    return text.decode("latin-1"), len(start) + wide + length


def _dtype(descr: str) -> Any:
    import numpy as np

    if _DESCR.fullmatch(descr) is None:
        raise SpecError("", "integers, or floats of at most 64 bits", f"dtype {shorten(descr)}")
    try:
        dtype = np.dtype(descr)
    except (TypeError, ValueError):
        raise SpecError("", "integers, or floats of at most 64 bits", f"dtype {shorten(descr)}") from None
    check_dtype(dtype)
    return dtype


def _shape(text: str) -> tuple[int, ...]:
    parts = [part.strip().removesuffix("L") for part in text.split(",") if part.strip()]
    if len(parts) > DIMENSION_LIMIT or any(not part.isdecimal() or len(part) > 30 for part in parts):
        raise SpecError("", f"at most {DIMENSION_LIMIT} lengths", f"shape ({shorten(text)})")
    return tuple(map(int, parts))
