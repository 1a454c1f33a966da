"""Appends batches for ever, and says each one's last seq when it is durable."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from longshore.journal.store import Journal
from tests.journal.rows import index_batch

journal = Journal.open(Path(sys.argv[1]))
while True:
    journal.append(index_batch(journal.seq + 1, count=3))
    print(journal.seq, flush=True)
