"""The drawing while it trains: what of it is in sight, what it carries, how that is told. Imports nothing below."""
