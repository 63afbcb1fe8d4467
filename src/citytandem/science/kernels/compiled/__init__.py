"""The compiled forms of the kernels; imported only from inside a function, because numba is slow to load."""
