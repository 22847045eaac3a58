"""Long runs that try to break the library: one command each, figures in tests/README.md."""
