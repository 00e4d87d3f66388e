"""numpy arrays and scipy.sparse matrices as arguments of the constructors."""

from fractions import Fraction

import numpy as np
import pytest
import scipy.sparse as sp

from exactfact import model as m
from exactfact.model import QQ, SpecError


@pytest.mark.parametrize("dtype", [np.int8, np.int64, np.uint16, object])
def test_integer_arrays(dtype):
    array = np.array([[1, 0], [2, 3]], dtype=dtype)
    assert m.fixed(array) == m.fixed([[1, 0], [2, 3]])
    assert m.basis([array, array]) == m.basis([[[1, 0], [2, 3]]] * 2)
    assert m.basis(np.array([[[1, 0]], [[0, 2]]], dtype=dtype)) == m.basis([[[1, 0]], [[0, 2]]])


def test_object_arrays_hold_exact_numbers():
    assert m.fixed(np.array([["1/2", Fraction(1, 3)]], dtype=object)) == m.fixed([["1/2", "1/3"]])
    with pytest.raises(SpecError, match=r'matrix\[0\]\[1\]: required an exact number: write the string "0.5"'):
        m.fixed(np.array([[1, 0.5]], dtype=object))


@pytest.mark.parametrize("dtype", [float, np.float32, np.float16])
def test_floats_only_on_request(dtype):
    array = np.array([[0.1, 1.0]], dtype=dtype)
    with pytest.raises(SpecError, match=r"layer \(fixed\), matrix: required an integer dtype, or dyadic=True"):
        m.fixed(array)
    exact = Fraction(float(dtype(0.1)))
    assert m.fixed(array, dyadic=True).matrices(QQ) == ({(0, 0): exact, (0, 1): 1},)
    assert m.basis([array], dyadic=True).matrices(QQ) == ({(0, 0): exact, (0, 1): 1},)
    assert m.basis(array[None], dyadic=True).matrices(QQ) == ({(0, 0): exact, (0, 1): 1},)


def test_floats_that_python_has_no_fraction_for():
    with pytest.raises(SpecError, match=r"required floats of at most 64 bits, received an object of type longdouble"):
        m.fixed(np.ones((1, 2), dtype=np.longdouble), dyadic=True)


def test_python_floats_on_request():
    assert m.fixed([[0.5, "1/3"]], dyadic=True) == m.fixed([["1/2", "1/3"]])
    with pytest.raises(SpecError, match='write the string "0.5"'):
        m.fixed([[0.5]])


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_floats_that_are_not_numbers(value):
    with pytest.raises(SpecError, match="required a finite number, received the float"):
        m.fixed(np.array([[1.0, value]]), dyadic=True)


@pytest.mark.parametrize("dtype", [bool, complex, "U3", "datetime64[s]"])
def test_other_dtypes(dtype):
    with pytest.raises(SpecError, match="required an integer dtype|required an array of an integer dtype"):
        m.fixed(np.zeros((1, 1), dtype=dtype))


@pytest.mark.parametrize("kind", ["csr_matrix", "coo_matrix", "csc_array", "lil_matrix", "dok_array", "coo_array"])
def test_sparse(kind):
    array = np.array([[0, 2, 0], [3, 0, 0]])
    matrix = getattr(sp, kind)(array)
    layer = m.fixed(matrix)
    assert layer == m.fixed(rows=2, cols=3, entries=[[0, 1, 2], [1, 0, 3]])
    assert m.basis([matrix]) == m.basis([array])
    with pytest.raises(SpecError, match="dyadic=True"):
        m.fixed(matrix.astype(float))
    assert m.fixed(matrix.astype(float) / 2, dyadic=True).matrices(QQ) == ({(0, 1): 1, (1, 0): Fraction(3, 2)},)


def test_sparse_adds_repeated_cells_and_leaves_its_argument_alone():
    matrix = sp.coo_matrix(([1, 2], ([0, 0], [0, 0])), shape=(10**9, 2))
    layer = m.fixed(matrix)
    assert layer.matrices(QQ) == ({(0, 0): 3},) and layer.rows == 10**9
    assert matrix.nnz == 2


def test_a_sparse_basis_is_not_written_out_densely_beyond_a_limit():
    with pytest.raises(SpecError, match=r"matrices\[0\]: required a dense matrix of at most 10000000 entries"):
        m.basis([sp.coo_matrix(([1], ([0], [0])), shape=(10**6, 10**6))])


def test_supports_and_sizes():
    assert m.circulant(np.int64(4), np.array([0, 1])) == m.circulant(4, [0, 1])
    assert m.circulant(np.array([3, 3]), np.array([[0, 1], [2, 2]])) == m.circulant([3, 3], [[0, 1], [2, 2]])
    assert m.circulant(range(3, 5), ((0, 1),)) == m.circulant([3, 4], [[0, 1]])
    assert m.toeplitz(3, 3, np.array([-1, 0])) == m.toeplitz(3, 3, [-1, 0])
    assert m.entries(2, 2, 1, np.array([[0, 0, 0], [1, 1, 0]])) == m.entries(2, 2, 1, [[0, 0, 0], [1, 1, 0]])
    edge = m.Edge("e", "x", "y", np.array([[0, 1], [1, 0]]))
    assert edge.support == ((0, 1), (1, 0)) and type(edge.support[0][0]) is int
    with pytest.raises(SpecError, match="integer dtype"):
        m.circulant(4, np.array([0.0, 1.0]))
    model = m.SparsityModel(0, supports=np.array([[0, 1], [0, 2]]))
    assert model.supports == ((0, 1), (0, 2))


def test_points():
    arch = m.Architecture([m.diagonal(2)], point=np.array([[1, 2]]))
    assert arch.point == ((1, 2),)
    with pytest.raises(SpecError, match="point, h"):
        m.Architecture([m.diagonal(2)], point=np.array([[0.5, 2]]))


@pytest.mark.parametrize(
    "matrix", [np.zeros((0, 2), int), np.zeros((2, 0), int), np.array(3), np.array([1, 2]), "12", {}, 5]
)
def test_what_is_no_matrix(matrix):
    with pytest.raises(SpecError, match=r"layer \(fixed\), matrix"):
        m.fixed(matrix)


def test_fixed_needs_one_way_of_writing():
    for arguments in ({}, {"rows": 2}, {"matrix": [[1]], "rows": 1}, {"rows": 1, "cols": 1}):
        with pytest.raises(SpecError, match="either matrix, or rows, cols and entries"):
            m.fixed(**arguments)
