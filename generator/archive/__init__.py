"""The deposit of a frozen year: the same bytes wherever and whenever they are written, in formats that archives keep.

What is written depends on the files and on ``Facts`` alone. No clock, locale, time zone, permission or number of
processes is asked.
"""
