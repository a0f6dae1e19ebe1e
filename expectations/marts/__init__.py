"""Is what we release plausible as a whole: one module per released mart. A critical failure holds the release."""
