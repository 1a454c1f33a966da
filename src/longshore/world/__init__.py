"""One world: an engine with its journal, its clock, and what moves its market.

Reading order: source, clock, scenario, plan, cast, world, sequencer, folder.
"""
