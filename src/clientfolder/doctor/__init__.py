"""What is wrong or odd in a folder, and the line that mends it; nothing here writes or prints."""
