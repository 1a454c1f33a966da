"""A venue for the tests of other people's software: started in a test, moved by the test's hand.

The pytest plugin (`longshore.testing.plugin`) gives the fixture `venue`; `open_venue` is the same
without pytest. Nothing here knows a strategy or a client: they connect as to the real venue.
"""
