"""The pages: lines made from facts."""
