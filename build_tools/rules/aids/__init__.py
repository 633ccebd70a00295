"""What several rules look through: relations, cells by id, titles, printed labels. No rule of its own."""
