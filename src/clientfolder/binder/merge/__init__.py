"""Two versions of a file made one, by what they say: three-way on a common base, two-way where there is none."""
