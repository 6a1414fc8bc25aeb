"""Quotes in text: cut them out, prove them, find them again, draw them.

Plain Python without Django. Every offset here is a count of Unicode code points into one string, the
snapshot's text; a browser counts UTF-16 units and converts at its own edge (static/js/anchoring.js).

quote.py     Quote, its W3C selectors, and the proof that it stands in a text
locating.py  locate(quote, text): where the words stand in a text that may have changed
folding.py   texts as they are compared, and the way back to the code points that they came from
finding.py   the places that a quote may mean
weighing.py  how likely each of them is
spans.py     cut a text into plain and highlighted runs; overlaps allowed
"""
