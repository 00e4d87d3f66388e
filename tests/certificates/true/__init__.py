"""Small true certificates made by hand, at least one for each rule, by chapter of the theory."""
from tests.certificates.true import (
    convolutions,
    estimates,
    generic,
    jacobians,
    kernels,
    lattices,
    networks,
    points,
    ranks,
    spans,
    stability,
    symmetries,
    torus,
)

CHAPTERS = (
    ranks,
    spans,
    kernels,
    jacobians,
    generic,
    points,
    symmetries,
    lattices,
    torus,
    networks,
    convolutions,
    stability,
    estimates,
)
CERTIFICATES = tuple(make for chapter in CHAPTERS for make in chapter.CERTIFICATES)
