"""What guided practice asks and remembers, so that a plan made while calm outlives the moment.

copied.py   a trade that is passed on, without its reason and its limit
log.py      what was switched, chosen and said, as it is kept
near.py     what can be done near liquidation, and what would be left then
session.py  limits set while calm, and the pauses that losses bring
stops.py    a stop that is moved: which way, and how much more could be lost

Losses, trades and sizes are not kept here: they are read from what happened. Closing and reducing
is never held up by any of it.
"""
