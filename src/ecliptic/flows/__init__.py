"""The stages, joined: each flow's file is the order in which things happen."""
