"""The gates of an account: what they are, the steps through them, the operator's queue."""
