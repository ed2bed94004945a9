"""What leaves the folder and comes into it: so far the backup."""
