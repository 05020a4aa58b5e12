"""Shows calls: takes requests of people and programs, gives pages and JSON."""
