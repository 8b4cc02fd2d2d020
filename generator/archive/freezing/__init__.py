"""What a frozen year holds beside its pages: the records that they were made from, as sources, and an index of both."""
