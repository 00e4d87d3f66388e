"""The picture of certified radius against noise level, by matplotlib (the optional extra `plot`)."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from exactfact.model import SpecError
from exactfact.stability.noise_curve import Curve

ENDINGS = (".pdf", ".png", ".svg")


def require_matplotlib(name: str) -> None:
    """SpecError unless matplotlib is installed and the name ends as it can write."""
    if Path(name).suffix.lower() not in ENDINGS:
        raise SpecError("plot", f"a file that ends in {', '.join(ENDINGS)}", f'"{Path(name).suffix}"')
    if importlib.util.find_spec("matplotlib") is None:
        required = "matplotlib, the optional extra: pip install exactfact[plot]"
        raise SpecError("plot", required, "an installation without it")


def draw(curve: Curve, target: Path) -> None:
    """Write the curve to `target` in the format of its ending.  Needs matplotlib; OSError when not writable."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.4, 3.8), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    for (label, points), style in zip(curve.pieces, ("-", "--"), strict=False):
        name = label if "." in label else f"constant {label}"
        axes.plot(*zip(*points, strict=True), style, color="#0e6251", label=name)
    axes.axvline(curve.threshold, color="#9e2a2b", linestyle=":", label="the side condition stops")
    axes.plot(*curve.mark, "o", color="#26466e", label="this claim")
    axes.set(xlabel="noise level delta", ylabel=f"certified radius (norm {curve.norm})", xlim=(0, None), ylim=(0, None))
    axes.legend(frameon=False)
    figure.savefig(target, metadata={"Date": None} if target.suffix.lower() == ".svg" else None)
