"""Notes as files: taken along, brought back, and given by who leaves."""
