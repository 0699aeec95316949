"""What is measured: speed, quality, drills. Each prints a table and writes a file."""
