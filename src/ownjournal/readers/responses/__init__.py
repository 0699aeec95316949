"""What readers say back of articles, what they keep and mute, and what it teaches."""
