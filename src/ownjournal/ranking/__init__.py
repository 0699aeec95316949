"""What an article is worth to one reader. Pure: numpy and scipy, no database."""
