"""The command line: what is asked, what is planned, what is said, what is written."""
