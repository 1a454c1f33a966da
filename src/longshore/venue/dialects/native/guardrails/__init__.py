"""Guardrails on the wire: what a person at the page is asked while Guided is on for the account.

A program that sends the operator's token as a header, or signs with a key, is never guided.
"""
