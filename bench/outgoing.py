"""Put addresses that lead within into every place that takes one; ask nobody.

    python -m bench.outgoing           on the migrated site that the environment names
    python -m bench.outgoing naive     the same addresses, asked for without a thought

Whoever runs it looks at the connections that are begun (`outgoing_drill`). Prints how
many addresses were put, into how many places.
"""

import json
import os
import sys
import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPException
from typing import Any

import django

PMID = 99_100_001
WITHIN = (
    *("127.0.0.1", "127.0.0.1:6379", "127.1", "0", "0.0.0.0", "0x7f.1", "0177.0.0.1"),
    *(
        "2130706433",
        "0x7f000001",
        "017700000001",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
    ),
    *("[::ffff:7f00:1]", "[0:0:0:0:0:ffff:169.254.169.254]", "[64:ff9b::7f00:1]"),
    *("10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1"),
    *(
        "169.254.169.254",
        "169.254.170.2",
        "100.100.100.200",
        "100.64.0.1",
        "192.0.0.192",
    ),
    *(
        "[fd00:ec2::254]",
        "[fe80::1]",
        "[fc00::1]",
        "[fec0::1]",
        "224.0.0.1",
        "[ff02::1]",
    ),
    *("255.255.255.255", "240.0.0.1", "198.18.0.1", "192.0.2.1", "localhost"),
    *("localhost.", "LOCALHOST", "a.localhost", "127.0.0.1.", "user@127.0.0.1"),
    *("example.org@127.0.0.1", "127.0.0.1#@example.org", "127.0.0.1%23@example.org"),
    *("①②⑦.⓪.⓪.①", "127。0。0。1", "1.1.1.1%20@127.0.0.1", "127.0.0.1\\@example.org"),
)
ADDRESSES = (
    *(f"{scheme}://{host}/latest/" for scheme in ("https", "http") for host in WITHIN),
    *(f"{scheme}://127.0.0.1:11211/x" for scheme in ("gopher", "dict", "ftp", "ldap")),
    *("file:///etc/passwd", "//127.0.0.1/", "/\\127.0.0.1/", "jar:http://127.0.0.1!/"),
)


def main() -> None:
    if sys.argv[1:] == ["naive"]:
        for address in ADDRESSES:
            _naive(address)
        places = 1
    else:
        places = _everywhere()
    print(json.dumps({"addresses": len(ADDRESSES), "places": places}))


def _naive(address: str) -> None:
    try:
        urllib.request.urlopen(address, timeout=1).close()
    except (OSError, ValueError, HTTPException):
        return


def _everywhere() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownjournal.site.settings")
    django.setup()
    from django.test import Client
    from django.test.utils import setup_test_environment

    from made.articles import an_article
    from made.shelf import shelve
    from ownjournal.readers.models import Reader

    setup_test_environment()
    shelve(an_article(pmid=PMID))
    reader = Reader.objects.create_reader("ada@merrow.test", is_operator=True)
    client = Client(raise_request_exception=False)
    client.force_login(
        reader, backend="ownjournal.readers.accounts.passwords.ReaderBackend"
    )
    places = (*_forms(client), *_looked_up(client), *_by_operators())
    for address in ADDRESSES:
        for put in places:
            put(address)
        _forget_limits()
    return len(places)


def _forms(client: Any) -> Iterator[Callable[[str], object]]:
    """What a reader may write or choose."""
    notes = f"/articles/{PMID}/notes"
    for do in ("preview", "draft", "post"):
        yield lambda address, do=do: client.post(
            notes,
            {
                "text": f"![seen]({address}) and [that]({address}) {address} {do}",
                "kind": "pearl",
                "do": do,
                "audience": "private",
            },
        )
    yield lambda address: client.post("/collections/new", {"title": address[:100]})
    yield lambda address: client.post("/account/signature", {"name": address[:80]})
    yield lambda address: client.post(
        "/libraries/propose",
        {
            "name": "A library",
            "kind": "openurl",
            "template": address,
            "remark": address,
        },
    )
    yield lambda address: client.post("/sign-in", {"email": f"a@{address}"})


def _looked_up(client: Any) -> Iterator[Callable[[str], object]]:
    """What an address or a parameter of ours may name."""
    for path, name in (
        ("/search", "q"),
        ("/doi/x", "doi"),
        ("/unapi", "id"),
        (f"/articles/{PMID}/full-text", "q"),
        ("/sign-in", "next"),
    ):
        yield lambda address, path=path, name=name: client.get(path, {name: address})
    for header in ("referer", "origin", "x-forwarded-host", "x-forwarded-for"):
        yield lambda address, header=header: client.get(
            f"/articles/{PMID}",
            headers={header: address.encode("ascii", "ignore").decode()},
        )


def _by_operators() -> Iterator[Callable[[str], object]]:
    """What an operator's list of libraries may name: each is asked whether it lives."""
    from ownjournal.readers.institutions.asking import Asker

    asker = Asker(seconds=1.0)
    yield lambda address: asker.problem(address)


def _forget_limits() -> None:
    from ownjournal.readers.models import Attempts

    Attempts.objects.all().delete()


if __name__ == "__main__":
    main()
