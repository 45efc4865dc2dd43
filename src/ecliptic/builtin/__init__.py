"""Our own plugins. Each is written as any other would be, on the public door alone.

``plugins.collect`` lists them, and loads them when an address looks like theirs.
"""
