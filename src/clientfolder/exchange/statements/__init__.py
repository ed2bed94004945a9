"""Tables of payments, as banks and people write them: what their columns mean, who paid, and what is to be written."""
