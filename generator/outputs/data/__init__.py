"""The data handed out: tables, spreadsheets, the data package, open records."""
