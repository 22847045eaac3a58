"""Which sites to open, how a city develops over time, what people can exchange, many scenarios."""
