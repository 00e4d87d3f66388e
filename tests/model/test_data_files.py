"""Files of numbers: what numpy and others write is read exactly, and what cannot be read is one clear error."""

from __future__ import annotations

import io
import json
import math
import random
import resource
import struct
import zipfile
from fractions import Fraction

import numpy as np
import pytest

import exactfact as ef
from exactfact.model import LimitError, SpecError
from exactfact.model.data_files import read_numbers
from exactfact.model.estimates import place_estimate
from exactfact.model.exact_array import exact_array
from tests.architectures import FORK

RNG = np.random.default_rng(7)
FLOATS = [0.1, -3.0, 0.0, 2.0**-1074, 1e30, -0.0]


@pytest.mark.parametrize("dtype", ["<f8", ">f8", "<f4", ">f4", "<f2", "<i1", "<i8", ">i4", "<u8", "u1"])
@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("shape", [(), (5,), (3, 4), (2, 3, 4), (0,), (0, 3)])
def test_npy_files_are_read_exactly(tmp_path, dtype, order, shape):
    values = RNG.integers(0, 100, shape) / (1 if np.dtype(dtype).kind in "iu" else 7)
    array = np.asarray(np.asarray(values).astype(dtype), order=order)
    np.save(tmp_path / "x.npy", array)
    found = read_numbers(tmp_path / "x.npy")
    assert found.shape == shape
    assert list(found.values) == [Fraction(x) for x in array.ravel(order="C").tolist()]


def test_floats_of_all_sizes_are_read_exactly(tmp_path):
    np.save(tmp_path / "x.npy", np.array(FLOATS))
    assert read_numbers(tmp_path / "x.npy").values == tuple(map(Fraction, FLOATS))
    (tmp_path / "x.json").write_text(json.dumps(FLOATS))
    assert exact_array(read_numbers(tmp_path / "x.json")).values == tuple(map(Fraction, FLOATS))
    np.savez_compressed(tmp_path / "x.npz", a=np.array(FLOATS), b=np.arange(6).reshape(2, 3))
    archive = read_numbers(tmp_path / "x.npz")
    assert archive["a"].values == tuple(map(Fraction, FLOATS))
    assert archive["b"].shape == (2, 3)


def test_json_strings_are_exact_decimals(tmp_path):
    (tmp_path / "x.json").write_text('[["0.1", "-2/3"], [0.5, 3]]')
    found = exact_array(read_numbers(tmp_path / "x.json"))
    assert found.shape == (2, 2)
    assert found.values == (Fraction(1, 10), Fraction(-2, 3), Fraction(1, 2), 3)


def test_matrix_market_agrees_with_scipy(tmp_path):
    scipy_io = pytest.importorskip("scipy.io")
    sparse = pytest.importorskip("scipy.sparse")
    dense = np.where(RNG.random((5, 4)) < 0.5, RNG.standard_normal((5, 4)), 0)
    for name, matrix in (("a", dense), ("b", sparse.coo_matrix(dense)), ("c", np.arange(6).reshape(2, 3))):
        scipy_io.mmwrite(str(tmp_path / name), matrix, symmetry="general")
        expected = scipy_io.mmread(str(tmp_path / f"{name}.mtx"))
        expected = expected.toarray() if hasattr(expected, "toarray") else expected
        found = read_numbers(tmp_path / f"{name}.mtx")
        assert found.shape == expected.shape
        assert list(found.values) == [Fraction(x) for x in expected.ravel().tolist()]


MTX = "%%MatrixMarket matrix coordinate real general\n"
BAD_TEXT = [
    ("x.mtx", "", 'line 1: required "%%matrixmarket'),
    ("x.mtx", MTX.replace("real", "complex") + "1 1 1\n1 1 1 0\n", 'real or integer numbers, received "complex"'),
    ("x.mtx", MTX.replace("real", "pattern") + "1 1 1\n1 1\n", 'received "pattern"'),
    ("x.mtx", "%%MatrixMarket matrix array real symmetric\n1 1\n1\n", 'a general matrix, received "symmetric"'),
    ("x.mtx", MTX + "2 2\n", "rows, columns and number of entries"),
    ("x.mtx", MTX + "2 2 1\n3 1 1.0\n", "line 3: required a place within 2 x 2"),
    ("x.mtx", MTX + "2 2 1\n1 1 nan\n", "the float nan"),
    ("x.mtx", MTX + "2 2 1\n1 1 1.0\n1 2 1.0\n", "1 entries, as the sizes say, received more"),
    ("x.mtx", MTX + "2 2 2\n1 1 1.0\n", "2 entries, as the second line says, received 1"),
    ("x.mtx", MTX + "2 2 1\n1 1 x\n", 'a number, received "x"'),
    ("x.mtx", MTX + "%" + "a" * 2000, "lines of at most 1000 characters"),
    ("x.json", "[1, NaN]", "a finite number, received NaN"),
    ("x.json", "[1, -Infinity]", "a finite number"),
    ("x.json", "[1, 1e999]", "a finite number"),
    ("x.json", "[[1, 2], [3]]", "[1]: required a list of 2"),
    ("x.json", '[1, "1+2j"]', "[1]: required an exact number"),
    ("x.json", "[1, [2]]", "required an exact number"),
    ("x.json", "[1, 2", "valid JSON"),
    ("x.json", "[" * 100_000, "required"),
    ("x.txt", "1", "a file that ends in .npy, .npz, .mtx, .json"),
]  # fmt: skip


@pytest.mark.parametrize("name, text, message", BAD_TEXT)
def test_bad_texts_are_refused_in_one_sentence(tmp_path, name, text, message):
    (tmp_path / name).write_text(text)
    with pytest.raises(SpecError) as error:
        exact_array(read_numbers(tmp_path / name))
    assert message in str(error.value)


def header(text: str, version: int = 1) -> bytes:
    body = text.encode() + b"\n"
    return b"\x93NUMPY" + bytes([version, 0]) + struct.pack("<H" if version == 1 else "<I", len(body)) + body


HEADER = "{{'descr': '{}', 'fortran_order': False, 'shape': {}, }}"
BAD_BYTES = [
    (b"", "a .npy file, received other data"),
    (b"\x80\x04K\x01.", "pickled ones (which are never read)"),
    (header(HEADER.format("|O", "(1,)")) + b"x" * 8, "pickled data are never read"),
    (header(HEADER.format("<c16", "(1,)")) + b"x" * 16, "real numbers, received complex"),
    (header(HEADER.format("<U4", "(1,)")) + b"x" * 16, "dtype <U4"),
    (header(HEADER.format("<f8", "(2,)")) + b"x" * 8, "16 bytes of data, as the header says, received 8"),
    (header(HEADER.format("<f8", "(-1,)")), "the header of a .npy file"),
    (header("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }"), "records with several fields"),
    (header("__import__('os').system('false')"), "the header of a .npy file"),
    (header(HEADER.format("<f8", "(1,)"), 9), "version 1, 2 or 3"),
    (b"\x93NUMPY\x02\x00\xff\xff\xff\xff", "a header of at most 10000 bytes"),
    (b"\x93NUMPY\x01\x00\xff\x00{", "ends inside its header"),
    (header(HEADER.format("<f8", "(1,)")) + struct.pack("<d", float("nan")), "[0]: required a finite number, received"),
    (header(HEADER.format("<f8", "(1, 2)")) + struct.pack("<2d", 1, float("-inf")), "[0, 1]: required a finite number"),
    (header(HEADER.format("<f8", "(" + "1, " * 20 + ")")), "at most 16 lengths"),
]  # fmt: skip


@pytest.mark.parametrize("data, message", BAD_BYTES)
def test_bad_arrays_are_refused_in_one_sentence(tmp_path, data, message):
    (tmp_path / "x.npy").write_bytes(data)
    with pytest.raises(SpecError) as error:
        read_numbers(tmp_path / "x.npy")
    assert message in str(error.value)
    with zipfile.ZipFile(tmp_path / "x.npz", "w") as archive:
        archive.writestr("h0.npy", data)
    with pytest.raises(SpecError) as error:
        read_numbers(tmp_path / "x.npz")
    assert 'array "h0"' in str(error.value)


def test_real_pickles_are_never_read(tmp_path):
    np.save(tmp_path / "x.npy", np.array([1, "a", None], dtype=object), allow_pickle=True)
    with pytest.raises(SpecError, match="pickled"):
        read_numbers(tmp_path / "x.npy")


def test_ten_gigabytes_in_a_header_take_no_memory(tmp_path):
    (tmp_path / "x.npy").write_bytes(header(HEADER.format("<f8", "(1250000000,)")) + b"\0" * 64)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(LimitError, match="1250000000 entries"):
        read_numbers(tmp_path / "x.npy")
    with zipfile.ZipFile(tmp_path / "x.npz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("h0.npy", header(HEADER.format("<f8", "(1250000000,)")) + b"\0" * 60_000_000)
    with pytest.raises(LimitError, match="bytes"):
        read_numbers(tmp_path / "x.npz")
    (tmp_path / "x.mtx").write_text("%%MatrixMarket matrix array real general\n100000 100000\n")
    with pytest.raises(LimitError, match="10000000000 entries"):
        read_numbers(tmp_path / "x.mtx")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # KiB; the archive is made here


def test_floats_of_wild_sizes_have_a_limit():
    wild = np.full(2**22, 1e300)
    wild[0] = 1e-300
    with pytest.raises(LimitError, match="floats of very different sizes"):
        exact_array(wild)


def test_broken_archives(tmp_path):
    (tmp_path / "x.npz").write_bytes(b"PK\x03\x04 not an archive")
    with pytest.raises(SpecError, match="a .npz archive"):
        read_numbers(tmp_path / "x.npz")
    with pytest.raises(SpecError, match="No such file"):
        read_numbers(tmp_path / "none.npz")
    with pytest.raises(SpecError, match="a regular file"):
        read_numbers(tmp_path.with_suffix(".npy")) if tmp_path.with_suffix(".npy").mkdir() is None else None


CHAIN = ef.Architecture(
    [ef.circulant(4, [0, 2]), ef.fixed([[1], [2], [3], [4]]), ef.basis([[[1, 1]], [[1, -1]]])],
)


def test_estimates_by_index_by_name_and_as_matrices():
    expected = ((Fraction(1, 2), 3), (2, -1))
    assert place_estimate(CHAIN, [[0.5, 3], ["2", -1]]) == expected
    assert place_estimate(CHAIN, {"h1": [2, -1], "h0": np.array([0.5, 3.0])}) == expected
    matrix = [[0.5, 0, 3, 0], [0, 0.5, 0, 3], [3, 0, 0.5, 0], [0, 3, 0, 0.5]]
    assert place_estimate(CHAIN, {"h0": matrix, "h1": [[1, 3]]}) == expected  # the last one is solved for
    edges = {"top": [1, 2], "left": [3, 4], "right": [5, 6, 7]}
    assert place_estimate(FORK, edges) == ((1, 2), (3, 4, 5, 6, 7))
    assert place_estimate(FORK, {"edges": edges}) == place_estimate(FORK, [[1, 2], [3, 4, 5, 6, 7]])
    single = ef.Architecture([ef.full(2, 2)])
    assert place_estimate(single, exact_array(np.arange(4))) == ((0, 1, 2, 3),)


BAD_ESTIMATES = [
    (CHAIN, [[1, 2]], "2 vectors, one for each layer with parameters, received 1"),
    (CHAIN, [[1, 2], [1, 2, 3]], "layer 2: required 2 numbers, received 3"),
    (CHAIN, [[[1, 0, 3, 0], [0, 1, 0, 3], [3, 0, 1, 0], [0, 3, 0, 2]], [1, 1]], "layer 0[3, 3]: required a matrix"),
    (CHAIN, {"h0": [1, 2]}, "a vector for every layer with parameters, received none for layer 2"),
    (CHAIN, {"h0": [1, 2], "h2": [1, 2]}, "names of layers"),
    (CHAIN, [[1, float("nan")], [1, 1]], "layer 0[1]: required an exact number"),
    (CHAIN, "ab", "one vector for each layer"),
    (FORK, {"top": [1, 2], "left": [3, 4]}, 'none for edge "right"'),
    (FORK, {"top": [1, 2], "left": [3], "right": [5, 6, 7]}, 'edge "left": required 2 numbers, received 1'),
    (FORK, {"topp": [1, 2]}, 'did you mean "top"?'),
    (ef.Architecture([ef.basis([[[1]], [[1]]])]), [[[3]]], "which does not determine them"),
]


@pytest.mark.parametrize("architecture, source, message", BAD_ESTIMATES)
def test_estimates_that_do_not_fit(architecture, source, message):
    with pytest.raises(SpecError) as error:
        place_estimate(architecture, source)
    assert message in str(error.value)


def test_random_headers_never_end_in_another_error(tmp_path):
    rng, refused = random.Random(2), 0
    good = io.BytesIO()
    np.save(good, np.arange(12.0).reshape(3, 4))
    for _ in range(300):
        data = bytearray(good.getvalue())
        for _ in range(rng.randint(1, 4)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        (tmp_path / "x.npy").write_bytes(bytes(data))
        try:
            found = read_numbers(tmp_path / "x.npy")
        except (SpecError, LimitError):
            refused += 1
        else:
            assert len(found.values) == math.prod(found.shape)
    assert 30 < refused < 270  # of both kinds there are many
