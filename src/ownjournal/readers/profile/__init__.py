"""The practice profile: what a new reader is asked, and where it is changed later."""
