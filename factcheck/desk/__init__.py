"""The editors' face."""
