"""How fast and how large the line is, as ratios measured side by side in one run (``make bench``).

Times differ between machines and days, ratios hardly do; so nothing here is a test, and no test asserts a time.
"""
