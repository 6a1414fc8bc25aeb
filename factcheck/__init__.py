"""Factcheck."""
