"""The site over HTTP: for now, a preview on the operator's own machine."""
