"""How the accounts database came to look as it does."""
