"""Composition root: settings, urls, asgi, command line, wiring. The only place that knows everybody."""
