"""Pages from outside: fetched through one gate, told apart by what they are, and read into blocks. Plain Python."""
