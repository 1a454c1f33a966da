"""One folder per API that is spoken here. A dialect translates and nothing else."""
