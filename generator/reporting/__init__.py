"""Reporting to the public: the form of a report, what is computed for it, its rules, its views and its tables."""
