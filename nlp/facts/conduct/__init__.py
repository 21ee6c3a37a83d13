"""What collectors do to people, one kind of conduct a file, each with `KINDS` and `find(text) -> Iterator[Finding]`.

What is found here is what a text mentions. Whether it says that it happened is read by `nlp.facts.claims`, and to whom
by `nlp.facts.people`.
"""

from nlp.facts.conduct import (
    abuse,
    disclosure,
    impersonation,
    many_calls,
    night_call,
    third_party_contact,
    threat,
    violence,
    visit,
)

READERS = (third_party_contact, threat, impersonation, visit, night_call, many_calls, disclosure, abuse, violence)
KINDS = tuple(kind for reader in READERS for kind in reader.KINDS)
