"""The naive twin: the articles once more, as plainly as they can be written.

It shares no rule with the engine. What the articles leave open, and what the twin does there, is
said in the docstring of the module concerned under "Chosen".
"""
