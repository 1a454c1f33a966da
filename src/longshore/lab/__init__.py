"""Looks at worlds from outside: what a market was like, measured."""
