"""What the user writes: architectures, layers and networks over QQ or GF(p), read, checked and written back exactly."""

from .architecture import Architecture, layer_label
from .catalogue import families
from .composed import Basis, BlockDiagonal, Kronecker
from .convolutional import Convolution
from .edge import Edge
from .errors import ExactfactError, LimitError, SpecError
from .factories import (
    basis,
    block_diagonal,
    butterfly,
    circulant,
    convolution,
    diagonal,
    entries,
    fixed,
    full,
    hankel,
    kronecker,
    toeplitz,
)
from .fields import GF, QQ, Field
from .layer import Layer, SparseMatrix
from .network import Network
from .numbers import Number
from .operators import Operator
from .parsing import from_document
from .placement import Diagonal, Entries, FixedDense, FixedSparse, Full
from .primality import PRIME_LIMIT, is_prime
from .reading import load, loads
from .schema import json_schema
from .sparsity import SparsityModel
from .starters import KINDS, starter
from .structured import Butterfly, Circulant, Hankel, Toeplitz
from .writing import save, to_toml

__all__ = [
    "GF",
    "KINDS",
    "PRIME_LIMIT",
    "QQ",
    "Architecture",
    "Basis",
    "BlockDiagonal",
    "Butterfly",
    "Circulant",
    "Convolution",
    "Diagonal",
    "Edge",
    "Entries",
    "ExactfactError",
    "Field",
    "FixedDense",
    "FixedSparse",
    "Full",
    "Hankel",
    "Kronecker",
    "Layer",
    "LimitError",
    "Network",
    "Number",
    "Operator",
    "SparseMatrix",
    "SparsityModel",
    "SpecError",
    "Toeplitz",
    "basis",
    "block_diagonal",
    "butterfly",
    "circulant",
    "convolution",
    "diagonal",
    "entries",
    "families",
    "fixed",
    "from_document",
    "full",
    "hankel",
    "is_prime",
    "json_schema",
    "kronecker",
    "layer_label",
    "load",
    "loads",
    "save",
    "starter",
    "to_toml",
    "toeplitz",
]
