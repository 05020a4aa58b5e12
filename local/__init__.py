"""The laptop's stand-ins for Vonage and AWS, and the demo that runs everything on them."""
