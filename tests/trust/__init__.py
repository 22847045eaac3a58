"""What an office relies on: nothing but our errors, no half files, true statuses, no secrets told."""
