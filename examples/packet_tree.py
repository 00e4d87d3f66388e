"""A two-level wavelet-packet tree with unknown filters: a convolutional network built in Python.

One analysed signal is the sum of four subbands; each subband passes two unknown filters on its way to the root, the
filters of the second level dilated by 2 (algorithme a trous).  Every filter has two taps, as in the Haar transform.

Which filters does the whole transform determine?  Run `python examples/packet_tree.py [CERTIFICATE.json]`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import exactfact as ef

LENGTH = 32


def tree() -> ef.Network:
    """The network: leaves ll, lh, hl, hh -> nodes l, h -> root."""
    edges = [ef.Edge(f"coarse {node}", node, "signal", ((0,), (1,))) for node in "lh"]
    edges += [
        ef.Edge(f"fine {node}{leaf}", node + leaf, node, ((0,), (1,)), dilation=2) for node in "lh" for leaf in "lh"
    ]
    return ef.Network((LENGTH,), "signal", tuple(edges))


def main(arguments: list[str]) -> None:
    """Certify, print the verdict table, save the certificate."""
    result = ef.certify(ef.Architecture(tree(), title="Two-level packet tree"), seed=0)
    print(f"path multi-indices: {result.facts['path_multiindices']}, of rank {result.facts['rank']['lower']}")
    print(f"smallest singular value squared: {result.facts['sigma_min_squared']['lower']}")
    for row in result.verdicts:
        fields = ", ".join((row.over, *row.also_over))
        print(f"{row.property:15} modulo {row.modulo:12}: {row.status:9} over {fields:10} {row.reason}")
    path = Path(arguments[0]) if arguments else Path(tempfile.mkdtemp()) / "packet_tree.json"
    result.certificate.save(path)
    print(f"certificate: {path}")


if __name__ == "__main__":
    main(sys.argv[1:])
