"""Parts that views are made of: pictures of matrices, equations, the cell editor."""
