"""Deposits and withdrawals over made-up chains, the books, and a practice wallet."""
