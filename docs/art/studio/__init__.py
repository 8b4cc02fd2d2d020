"""What the logos and pictures are drawn with, and the drawings themselves.

`shapes` has outlines, `paint` the canvases, `nature`, `town` and `indoors` the things many pictures share;
then come the logos and scenes by theme, and `catalogue` says what is drawn for which brand.
"""
