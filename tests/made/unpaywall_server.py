"""A stand-in for Unpaywall, with invented answers in its documented form."""

import json
from typing import Any

from made.service_server import Asked, Reply, ServiceServer


def location(**changes: Any) -> dict[str, Any]:
    """One copy: the published version at an open publisher's."""
    return {
        "endpoint_id": None,
        "evidence": "open (via page says license)",
        "host_type": "publisher",
        "is_best": True,
        "license": "cc-by",
        "oa_date": "2026-03-01",
        "pmh_id": None,
        "repository_institution": None,
        "updated": "2026-03-02T00:28:39.645349",
        "url": "https://press.example.org/bog.pdf",
        "url_for_landing_page": "https://press.example.org/bog",
        "url_for_pdf": "https://press.example.org/bog.pdf",
        "version": "publishedVersion",
    } | changes


def answer(doi: str, *locations: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """What is said of a DOI."""
    return {
        "doi": doi,
        "doi_url": f"https://doi.org/{doi}",
        "data_standard": 2,
        "genre": "journal-article",
        "is_oa": bool(locations),
        "is_paratext": False,
        "journal_is_in_doaj": False,
        "journal_is_oa": False,
        "journal_issns": "9999-0001",
        "journal_name": "Journal of invented medicine",
        "oa_status": "hybrid" if locations else "closed",
        "best_oa_location": locations[0] if locations else None,
        "first_oa_location": locations[0] if locations else None,
        "oa_locations": list(locations),
        "oa_locations_embargoed": [],
        "has_repository_copy": False,
        "published_date": "2026-03-01",
        "title": "Tea in Lower Merrow.",
        "year": 2026,
        "z_authors": [{"given": "Ada", "family": "Quillfeather", "sequence": "first"}],
        "updated": "2026-03-02T00:00:00",
    } | changes


class UnpaywallServer(ServiceServer):
    """`answers` by DOI in small letters."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        super().__init__()
        self.answers = {each["doi"]: each for each in answers}

    def reply(self, asked: Asked) -> Reply:
        email = asked.parameters.get("email", "")
        doi = asked.path.removeprefix("/v2/").casefold()
        head = {"Content-Type": "application/json"}
        if "@" not in email or email.endswith("@example.com"):
            return Reply(
                422, b'{"error":true,"message":"Please use your own email"}', head
            )
        if doi not in self.answers:
            return Reply(404, b'{"error":true,"message":"isn\'t in Unpaywall"}', head)
        return Reply(200, json.dumps(self.answers[doi]).encode(), head)
