"""What keeps a site from being moved, said to the operator."""


class MovingProblem(Exception):
    """A sentence or two: what is wrong, what was left as it was, what to do."""
