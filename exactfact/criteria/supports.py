"""The supports that the spec's sparsity models leave to each layer."""

from __future__ import annotations

from .problem import Problem


def supports(problem: Problem, limit: int = 10_000) -> list[list[tuple[int, ...]]] | None:
    """For each layer the supports of the spec's model, all parameters without one; None when they are too many."""
    families = []
    for layer, size in zip(problem.architecture.parametric, problem.chain.parameters, strict=True):
        models = [model for model in problem.architecture.models if model.layer == layer]
        counts = [model.count(size, limit) for model in models]
        if any(count is None for count in counts):
            return None
        family = {tuple(range(size))}
        for model in models:
            listed = list(model.list_supports(size))
            if len(family) * len(listed) > limit:
                return None
            family = {tuple(sorted(set(old) & set(new))) for old in family for new in listed}
        families.append(sorted(family))
    return families
