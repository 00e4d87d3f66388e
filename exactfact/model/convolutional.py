"""The convolution layer of neural networks, as a matrix on stacked channels (cross-correlation, not flipped)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from .arrays import axes
from .errors import SpecError, at, describe, integer_text, nearest
from .numbers import integer
from .operators import Entry, Operator, positions, set_field

PADDINGS = ("valid", "full", "circular")


@dataclass(frozen=True, repr=False)
class Convolution(Operator):
    """out[c', i] = sum over channels c and taps s of h[c', c, s] in[c, i stride + s dilation].

    `full` reads zeros (k - 1) dilation places outside on both sides, `circular` wraps around.  Channels are stacked
    channel-major, several axes row-major; parameters are numbered row-major in (c', c, s).
    """

    length: tuple[int, ...]
    kernel: tuple[int, ...]
    in_channels: int = 1
    out_channels: int = 1
    stride: int = 1
    dilation: int = 1
    padding: str = "valid"
    family: ClassVar[str] = "convolution"

    def __post_init__(self) -> None:
        with at("length"):
            length = axes(self.length, 1)
        with at("kernel"):
            kernel = axes(self.kernel, 1)
            if len(kernel) != len(length):
                raise SpecError("", f"{len(length)} sizes, one for each axis of length", f"{len(kernel)}")
        set_field(self, length=length, kernel=kernel)
        for key in ("in_channels", "out_channels", "stride", "dilation"):
            with at(key):
                set_field(self, **{key: integer(getattr(self, key), 1)})
        if self.padding not in PADDINGS:
            hint = nearest(str(self.padding), PADDINGS)
            raise SpecError("padding", '"valid", "full" or "circular"', describe(self.padding), hint)
        for axis, (n, k) in enumerate(zip(length, kernel, strict=True)):
            with at("kernel" if len(kernel) == 1 else f"kernel[{axis}]"):
                self._check_axis(n, k)

    def _check_axis(self, n: int, k: int) -> None:
        reach = (k - 1) * self.dilation + 1
        if self.padding == "valid" and n < reach:
            required = f"(kernel - 1) dilation + 1 <= length = {integer_text(n)}"
            raise SpecError("", required, integer_text(reach))
        distinct = n // math.gcd(self.dilation, n)
        if self.padding == "circular" and k > distinct:
            required = f"at most {integer_text(distinct)} taps: taps * dilation must differ modulo length"
            raise SpecError("", required, f"{integer_text(k)} taps")

    @property
    def outputs(self) -> tuple[int, ...]:
        """Number of output positions on each axis."""
        return tuple(self._outputs(n, k) for n, k in zip(self.length, self.kernel, strict=True))

    def _outputs(self, n: int, k: int) -> int:
        reach = (k - 1) * self.dilation
        if self.padding == "circular":
            return -(-n // self.stride)
        return (n - reach - 1 if self.padding == "valid" else n + reach - 1) // self.stride + 1

    @property
    def rows(self) -> int:
        """out_channels times the positions of the output."""
        return self.out_channels * math.prod(self.outputs)

    @property
    def cols(self) -> int:
        """in_channels times the positions of the input."""
        return self.in_channels * math.prod(self.length)

    @property
    def parameters(self) -> int:
        """One for each pair of channels and tap: out_channels * in_channels * prod(kernel)."""
        return self.out_channels * self.in_channels * math.prod(self.kernel)

    def count(self) -> int:
        """Every parameter at every output position; with padding full some of them meet no input."""
        return self.parameters * math.prod(self.outputs)

    def entries(self) -> Iterator[Entry]:
        """Parameter after parameter: output channel, input channel, tap; channels are stacked."""
        places, inputs = math.prod(self.outputs), math.prod(self.length)
        channels = positions((self.out_channels, self.in_channels))
        parameter = 0
        for c_out, c_in in channels:
            for tap in positions(self.kernel):
                for row, col in self._pairs(tap):
                    yield c_out * places + row, c_in * inputs + col, parameter, 1
                parameter += 1

    def _pairs(self, tap: tuple[int, ...]) -> Iterator[tuple[int, int]]:
        """(output position, input position) joined by one tap, both flattened row-major."""
        sizes = tuple(zip(tap, self.length, self.kernel, self.outputs, strict=True))
        spans = [self._span(s, n, k, m) for s, n, k, m in sizes]
        for offsets in positions(tuple(max(0, stop - start) for start, stop in spans)):
            row = col = 0
            for offset, (start, _), (s, n, k, m) in zip(offsets, spans, sizes, strict=True):
                i = start + offset
                row, col = row * m + i, col * n + self._input(i, s, n, k)
            yield row, col

    def _span(self, s: int, n: int, k: int, m: int) -> tuple[int, int]:
        """The outputs start <= i < stop, of m, that tap s joins to an input."""
        if self.padding != "full":
            return 0, m
        shift = (k - 1 - s) * self.dilation  # 0 <= i stride - shift < n
        return -(-shift // self.stride), min(m, (n - 1 + shift) // self.stride + 1)

    def _input(self, i: int, s: int, n: int, k: int) -> int:
        index = i * self.stride + s * self.dilation
        if self.padding == "circular":
            return index % n
        return index - (k - 1) * self.dilation if self.padding == "full" else index
