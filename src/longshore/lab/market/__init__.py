"""Eleven facts about markets, measured on a world and on recordings of real ones.

`tape` is what is measured, taken from a world by `watching` and from files by `recordings`; `facts`
says what each fact is and when it is met; `page` shows it.
"""
