"""Proofs: the registry of statements, their small cases, and exports to a proof assistant."""
