"""What leaves the folder and comes into it: the backup."""
