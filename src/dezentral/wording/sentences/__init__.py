"""Sentences as data: each module holds ``SENTENCES``, key → (English, German)."""
