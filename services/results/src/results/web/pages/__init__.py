"""The pages on which people find calls, read them and hear them."""

from results.web.pages.routes import pages

blueprint = pages()
"""What the app registers; the services are found by the app that has it."""
