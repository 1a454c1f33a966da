"""A world's whole past as one text file, each line sealed by the one before it.

Whoever has the file can read it with any program and check it without the venue and without this
engine: every command with its origin, and every event it caused, by the names of the reference.
A line is 64 hex digits, a space and a JSON object; the digits are SHA-256 of the digits before
(64 zeros at first) and the bytes of the object. The last line says how many there are, so that
a file cut short is known as one. All of it is compressed by gzip.
"""

from longshore.world.audit.checking import Audited, check_audit
from longshore.world.audit.exporting import export_audit
from longshore.world.audit.lines import AuditError

__all__ = ["AuditError", "Audited", "check_audit", "export_audit"]
