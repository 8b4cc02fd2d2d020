"""The yearly release of the top ten: what its file holds, how its result is computed, checked, shown and explained."""
