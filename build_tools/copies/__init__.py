"""Near copies: prose -> the words that are a report's own -> how alike two reports are, and which passages they share.

`words` leaves out what every report has (`statutory`) and what differs by itself (years, figures, names); `likeness`
compares; `county` does so within a county, for the rules. For the whole archive `sketch` makes a report a few hundred
bytes and finds those that may be alike, `reread` reads them again, `nation` leads and `told` writes it down.
"""
