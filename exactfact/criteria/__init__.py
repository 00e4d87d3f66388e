"""One criterion a file: (problem, context) -> Outcome, with evidence that the checker accepts."""
