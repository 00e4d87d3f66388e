"""Inputs made to exhaust a program: each ends within 20 s of the processor and 1 GiB, in a process of its own."""
# ruff: noqa: E501 - one case to a line

import subprocess
import sys
import textwrap

import pytest

PREAMBLE = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
from exactfact.model import *
HEAD = 'exactfact = 1\\nfield = "QQ"\\n'

def refused(text, kind="toml", message="required"):
    try:
        loads(text, kind)
    except SpecError as error:
        assert message in str(error), str(error)
        assert len(str(error)) < 500
    else:
        raise AssertionError("accepted")
"""

TRAPS = {
    "rows": """
        arch = loads(HEAD + '[[layer]]\\noperator = "full"\\nrows = 1_000_000_000_000\\ncols = 1_000_000_000_000')
        assert arch.parameters == (10**24,) and arch.digest
        arch = loads(HEAD + '[[layer]]\\noperator = "entries"\\nrows = 1000000000000\\ncols = 1\\n'
                     'parameters = 1000000000000\\nentries = [[999999999999, 0, 7]]')
        try:
            arch.layers[0].matrices(QQ)
        except LimitError:
            pass
        else:
            raise AssertionError
        for big in ("9" * 20_000, "9007199254740992"):
            text = '{"exactfact": 1, "layer": [{"operator": "full", "rows": %s, "cols": 1}]}' % big
            refused(text, "json", "rows: required an integer below 2^53")
    """,
    "numbers": """
        for number in ('"1e999999999"', '"1e-999999999"', '"' + "1" * 10**5 + '"', '"1/' + "3" * 10**6 + '"', '"0x' + "f" * 10**6 + '"',
                       "1" * 10**5, "1" * 10**4, "1e999999999", "0x" + "f" * 10**6, "1" * 10**6 + ".5", "inf", "-nan"):
            refused(HEAD + '[[layer]]\\noperator = "basis"\\nmatrices = [[[' + number + "]]]")
        for number in ("1" * 10**5, "1" * 10**7, "1e999999999", "1" * 10**7 + ".5", "1" * 10**7 + "e5", "NaN"):
            refused('{"exactfact": 1, "field": "QQ", "layer": [{"operator": "basis", "matrices": [[[' + number + "]]]}]}", "json")
        refused('exactfact = 1\\nfield = "GF(' + "9" * 10**4 + ')"\\n[[layer]]\\noperator = "full"\\nrows = 1\\ncols = 1')
        refused('exactfact = 1\\nfield = "GF(3317044064679887385961982)"\\n[[layer]]\\noperator = "full"\\nrows = 1\\ncols = 1')
    """,
    "paths": """
        edges = [Edge(f"e{i}{j}", f"n{i + 1}", f"n{i}", (0, 1)) for i in range(30) for j in "ab"]
        network = Network((1024,), "n0", edges)
        assert network.path_counts == {"n30": 4**30} and network.shape == (1024, 1024)
        assert Architecture(network).digest
        edges = [Edge(f"e{i}{a}{b}", f"n{i + 1}{a}", f"n{i}{b if i else 0}", (0,)) for i in range(30) for a in "01"
                 for b in ("01" if i else "0")]
        assert Network((0,), "n00", edges).path_counts == {"n300": 2**29, "n301": 2**29}
    """,
    "long chain": """
        arch = Architecture([diagonal(2)] * 10**5)
        assert arch.digest and arch.shape == (2, 2) and len(arch.parameters) == 10**5
        text = HEAD + '[[layer]]\\noperator = "diagonal"\\nsize = 2\\n' * 10**5
        assert loads(text) == arch
    """,
    "deep network": """
        K = 10**5
        edges = [Edge(f"e{i}", f"n{i + 1}", f"n{i}", (0, 1)) for i in range(K)]
        network = Network((0,), "n0", edges, signal=(4,))
        assert network.depth == K and network.path_counts == {f"n{K}": 2**K} and network.shape == (4 + K, 4)
        assert network.effective_support(K - 1) == ((0,), (1,))
        cycle = edges + [Edge("back", "n0", f"n{K}", (0,))]
        try:
            Network((0,), "n0", cycle)
        except SpecError as error:
            assert "the cycle" in str(error) and len(str(error)) < 300
    """,
    "strides": """
        big = int("7" * 4000)
        edges = [Edge(f"e{i}", f"n{i + 1}", f"n{i}", (0,), big) for i in range(10**4)]
        assert Network((big,), "n0", edges).depth == 10**4
        try:
            Network((big,), "n0", edges, strides=(7,) * 10**4)
        except SpecError as error:
            assert ", stride: required strides" in str(error)
    """,
    "nesting": """
        refused("[" * 10**6, "json", "deeper nesting")
        refused('{"a":' * 10**6, "json", "deeper nesting")
        refused("a = " + "[" * 10**6, "toml", "deeper nesting")
        refused("a = " + "{a = " * 10**6, "toml", "deeper nesting")
        refused(".".join(["a"] * 10**6) + " = 1", "toml", "dotted parts")
        refused("[" + ".".join(["a"] * 10**6) + "]", "toml", "dotted parts")
        refused("a = {" + ".".join(["'b'"] * 10**6) + " = 1}", "toml", "dotted parts")
    """,
    "sizes": """
        for size in ("[1000000000000, 1000000000000]", "1000000000000"):
            kernel = size.replace("1000000000000", "999999999999")
            arch = loads(HEAD + f'[[layer]]\\noperator = "convolution"\\nlength = {size}\\nkernel = {kernel}\\n'
                         'in_channels = 1000000000\\npadding = "full"')
            next(arch.layers[0].operator.entries())
        refused(HEAD + '[[layer]]\\noperator = "circulant"\\nsize = [' + "2, " * 10**6 + "2]\\nsupport = [0]", message="16 axes")
        model = '[[model]]\\nlayer = 0\\nsparsity = 500000000000'
        arch = loads(HEAD + '[[layer]]\\noperator = "diagonal"\\nsize = 1000000000000\\n' + model)
        assert arch.models[0].count(10**12) is None
        shared = full(1, 1)
        try:
            for _ in range(18):
                shared = block_diagonal([shared, shared])
        except SpecError as error:
            assert "operators inside one layer" in str(error)
        else:
            raise AssertionError
    """,
    "big documents": """
        size = 2**22
        refused("[" + "[]," * (size // 3) + "1]", "json")
        refused("[" + "{}," * (size // 3) + "1]", "json")
        refused("".join(f"k{i} = 1\\n" for i in range(size // 16)))
        refused("[[a]]\\n" * (size // 12))
        refused('"' * size)
        refused("a" * size)
        refused("a = [" + ("9" * 19_999 + ",") * (size // 20_000) + "1]")
    """,
}


@pytest.mark.parametrize("name", TRAPS)
def test_trap(name):
    program = PREAMBLE + textwrap.dedent(TRAPS[name])
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


def test_the_model_loads_neither_numpy_nor_networkx():
    program = (
        "import sys, exactfact.model; print([m for m in ('numpy', 'scipy', 'networkx', 'flint') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=600, check=True)
    assert done.stdout.strip() == "[]"
