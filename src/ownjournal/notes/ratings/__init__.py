"""What an article is to a practice, in taps: rated, kept, and told only of several."""
