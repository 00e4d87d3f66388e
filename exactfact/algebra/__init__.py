"""Exact linear algebra over QQ and GF(p) on python-flint: ranks, kernels, primes."""
