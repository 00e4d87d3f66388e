"""Blind calibration of a sensor array: a chain of layers built from numpy arrays.

An antenna array with unknown gains g observes a filtered signal through a known mixing matrix:

    X = diag(g) B T(h),    B known (integers), T(h) the Toeplitz matrix of an unknown filter h.

Which (g, h) does X determine?  Run `python examples/gain_calibration.py [CERTIFICATE.json]`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np

import exactfact as ef

SENSORS, SAMPLES, TAPS = 6, 5, 3


def main(arguments: list[str]) -> None:
    """Certify, print the verdict table, save the certificate."""
    generator = np.random.default_rng(2024)
    mixing = generator.integers(-2, 3, size=(SENSORS, SAMPLES + TAPS - 1))
    architecture = ef.Architecture(
        [
            ef.diagonal(SENSORS, name="gains"),
            ef.fixed(mixing, name="mixing"),
            ef.toeplitz(SAMPLES + TAPS - 1, SAMPLES, diagonals=np.arange(TAPS), name="filter"),
        ],
        title="Blind calibration of a sensor array",
    )
    result = ef.certify(architecture, seed=0)
    print(f"rank of the lifted map: {result.facts['rank']['lower']} of {result.facts['lifted_dimension']}")
    for row in result.verdicts:
        fields = ", ".join((row.over, *row.also_over))
        print(f"{row.property:15} modulo {row.modulo}: {row.status:9} over {fields:10} {row.reason}")
    path = Path(arguments[0]) if arguments else Path(tempfile.mkdtemp()) / "gain_calibration.json"
    result.certificate.save(path)
    print(f"certificate: {path}")


if __name__ == "__main__":
    main(sys.argv[1:])
