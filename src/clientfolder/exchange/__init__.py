"""The exchange: the folder travels out in an archive, and comes in from one."""
