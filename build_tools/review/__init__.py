"""What a branch does to the archive, as whoever has to take it in wants to know it."""
