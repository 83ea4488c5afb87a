"""Real Chromium for the browser tests."""
