"""The search of the site: a county's reports -> a run of postings; all runs -> the index's files."""
