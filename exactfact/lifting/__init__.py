"""The lifted linear map A without its S^K columns: chains, spans, samples, support graph, Jacobian, path sums."""
