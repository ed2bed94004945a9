"""Looking back at a day, a week or a month. Pure."""
