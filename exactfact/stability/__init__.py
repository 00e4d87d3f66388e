"""Stability: distances between classes, singular values of the lifted map, and what a solver's own output proves."""
