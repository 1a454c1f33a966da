"""The venue over TLS: an authority of this data folder alone, and a certificate it has signed.

Some clients speak nothing else. Whoever trusts the authority trusts whatever holds its key, so it
may sign for names of this machine only, and its key is readable by this user alone.
"""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from longshore.venue.private_files import write_private

FOLDER = "tls"
AUTHORITY_FILE, AUTHORITY_KEY_FILE = "authority.pem", "authority.key"
CERTIFICATE_FILE, KEY_FILE = "server.pem", "server.key"
AUTHORITY_DAYS, CERTIFICATE_DAYS = 3_650, 365
RENEWED_DAYS = 30
"""A certificate that ends so soon is made anew at the next start."""
NAMES = ("localhost", "127.0.0.1", "::1")


class Pair(NamedTuple):
    """A certificate and the key it is for."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def authority_path(data: Path) -> Path:
    """The certificate that clients are to trust."""
    return data / FOLDER / AUTHORITY_FILE


def open_authority(data: Path) -> Path:
    """The authority of a data folder, made where there is none; the path of its certificate."""
    _authority(data / FOLDER)
    return authority_path(data)


def open_context(data: Path) -> ssl.SSLContext:
    """What a server over TLS needs, its certificate made anew where it ends soon."""
    folder = data / FOLDER
    authority = _authority(folder)
    found = _read(folder, CERTIFICATE_FILE, KEY_FILE)
    if found is None or not _is_good(found, authority):
        _write(folder, CERTIFICATE_FILE, KEY_FILE, _certificate(authority))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / CERTIFICATE_FILE, folder / KEY_FILE)
    return context


def _is_good(found: Pair, authority: Pair) -> bool:
    """Whether a certificate is this authority's and lasts a while."""
    until = found.certificate.not_valid_after_utc - timedelta(days=RENEWED_DAYS)
    is_ours = found.certificate.issuer == authority.certificate.subject
    return is_ours and datetime.now(UTC) < until


def _authority(folder: Path) -> Pair:
    found = _read(folder, AUTHORITY_FILE, AUTHORITY_KEY_FILE)
    if found is None:
        found = _new_authority()
        _write(folder, AUTHORITY_FILE, AUTHORITY_KEY_FILE, found)
    return found


def _new_authority() -> Pair:
    """An authority with a name of its own, that may sign for this machine's names alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"Longshore practice venue {x509.random_serial_number() % 16**8:08x}")
    local = [
        x509.DNSName("localhost"),
        x509.IPAddress(ip_network("127.0.0.0/8")),
        x509.IPAddress(ip_network("::1/128")),
    ]
    usage = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        _builder(name, name, key, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.NameConstraints(local, None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    return Pair(made, key)


def _certificate(authority: Pair) -> Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    names = [
        x509.DNSName(name) if name == "localhost" else x509.IPAddress(ip_address(name))
        for name in NAMES
    ]
    signer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    issuer = authority.certificate.subject
    made = (
        _builder(_name("Longshore on this machine"), issuer, key, CERTIFICATE_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(signer, critical=False)
        .sign(authority.key, hashes.SHA256())
    )
    return Pair(made, key)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, days: int
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(identifier, critical=False)
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _read(folder: Path, certificate: str, key: str) -> Pair | None:
    """A pair of files; None where one is missing."""
    if not (folder / certificate).is_file() or not (folder / key).is_file():
        return None
    read = x509.load_pem_x509_certificate((folder / certificate).read_bytes())
    private = serialization.load_pem_private_key((folder / key).read_bytes(), None)
    assert isinstance(private, ec.EllipticCurvePrivateKey), "the key is one that was made here"
    return Pair(read, private)


def _write(folder: Path, certificate: str, key: str, pair: Pair) -> None:
    """The key first, whole and readable by this user alone."""
    folder.mkdir(parents=True, exist_ok=True)
    private = pair.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    write_private(folder / key, private)
    (folder / certificate).write_bytes(pair.certificate.public_bytes(serialization.Encoding.PEM))
