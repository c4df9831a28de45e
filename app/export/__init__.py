"""Taking along: the one table of exporters, and the pictures among them."""
