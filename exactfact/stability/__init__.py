"""Stable recovery: distances of classes, singular values and constants of the lifted map, error bounds of estimates."""
