"""The durable record of a world: every command, in order, chained to the events it caused.

Reading order: batch, errors, codec, entry, store, snapshots, replay.
"""
