"""What the learner does before and after a trade: preview it, try it, look back at it."""
