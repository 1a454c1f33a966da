"""What publishes index prices: a replay of recorded bars, and a seeded synthetic market.

Every feed is a `Source` and says besides which assets it prices (`asset_ids`), when it stops
(`end_us`) and, in `note`, what its prices are, for world, screen and report to show.
"""
