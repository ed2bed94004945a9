"""Days, and what people call them: the calendar, date phrases, rhythms. Knows no client."""
