"""Every recording of the real venue against what this one says in the same place."""
