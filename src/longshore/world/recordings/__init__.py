"""Recordings: what other venues published, brought into one form, checked, and never filled up.

A recording is a folder: a `manifest.json` that says what it is, and one Parquet file a series. The
reading order is `problem`, `manifest`, `values`, `table`, `files`, `layouts`, `tables`, `streams`,
`checks`, `store`, `importing`, `library`.
"""
