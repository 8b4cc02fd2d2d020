"""Types of fields, the parts that models are made of, validation, and what was meant by a wrong value."""
