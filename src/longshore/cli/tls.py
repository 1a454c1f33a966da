"""`longshore tls`: the authority of a data folder, and how a client comes to trust it."""

from __future__ import annotations

import msgspec

from longshore.cli.client import Data, data_folder
from longshore.cli.output import Json, emit

TRUST = """\
The authority of this data folder:

  {authority}

{served}

A client trusts it through the environment, for as long as it runs and for nothing else:

  export SSL_CERT_FILE={authority}        # Python's ssl: python-kraken-sdk, websockets, httpx
  export REQUESTS_CA_BUNDLE={authority}   # requests: ccxt
  export NODE_EXTRA_CA_CERTS={authority}  # Node, beside those it knows

The first two replace the authorities that the program trusts otherwise. The authority may sign for
localhost, 127.0.0.0/8 and ::1 alone; there is no need to make the whole machine trust it.
"""
SERVED = "The venue answers over TLS at {url}."
NOT_SERVED = "No venue speaks TLS here yet: longshore serve --tls-port 8443"


class Trust(msgspec.Struct, frozen=True):
    """What `tls --json` prints; `url` is empty where no venue has spoken TLS last."""

    authority: str
    url: str


def tls(*, data: Data = None, json: Json = False) -> None:
    """Print the authority that clients of the venue over TLS are to trust, and how they do."""
    from longshore.venue.server import TLS_URL_FILE
    from longshore.venue.tls import open_authority

    folder = data_folder(data)
    authority = str(open_authority(folder).resolve())
    note = folder / TLS_URL_FILE
    url = note.read_text().strip() if note.is_file() else ""
    served = SERVED.format(url=url) if url else NOT_SERVED
    emit(Trust(authority, url), json, TRUST.format(authority=authority, served=served))
