"""The views: each is given the Document and draws it; none knows an op by name."""
