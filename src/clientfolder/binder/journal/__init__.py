"""Writing safely: the lock, atomic writes, the journal of steps, and transactions with undo and redo."""
