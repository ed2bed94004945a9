"""Contacts that come from phones and tables: what they say, who of them is known, and what becomes of them."""
