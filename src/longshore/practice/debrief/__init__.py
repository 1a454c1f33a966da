"""After a position was closed: what it came to, in parts, beside what was meant, and how it went.

story.py    one position's own events, and the parts of its result
acts.py     what its owner did to stop and size while it was open
keeping.py  which parts of the plan were kept, by acts alone: never by profit or loss
moments.py  the few moments worth a second look
moves.py    every move of the stop, why, and what came of it
telling.py  all of it in words
"""
