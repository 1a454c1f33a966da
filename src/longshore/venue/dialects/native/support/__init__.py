"""Tickets over the native API."""
