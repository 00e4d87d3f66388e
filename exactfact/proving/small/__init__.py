"""Small cases: statements of the theory proved on every case of a stated finite range.

Nothing here imports the code that certifies: the ranges are exhausted by plain arithmetic over GF(p) and Q, by
sympy's polynomials, or by boxes that cover all real points, so that an error would have to be made twice.
"""
