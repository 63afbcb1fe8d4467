"""How does a data catalogue learn of a release? A description by DCAT-AP 3, as JSON-LD."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_PUBLISHER = "The CityTandem contributors"
_THEME = "http://publications.europa.eu/resource/authority/data-theme/ENVI"
_MEDIA = "http://www.iana.org/assignments/media-types/"
_SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"


def write(descriptor: Mapping[str, Any]) -> str:
    """The description as text."""
    return json.dumps(describe(descriptor), ensure_ascii=False, indent=2) + "\n"


def describe(descriptor: Mapping[str, Any]) -> dict[str, Any]:
    """Describe a package from its Frictionless descriptor.

    Each file is a distribution whose address is relative: the description is meant to lie beside the files.
    A file without a licence of its own is under the licences of all publications it is made from; they differ,
    so each is named, and nothing is put under one licence that is not.

    Parameters
    ----------
    descriptor
        The content of ``datapackage.json``.

    Examples
    --------
    >>> found = describe({"name": "r", "version": "1", "title": "R", "resources": [], "licenses": [{"name": "CC BY 4.0"}]})
    >>> found["@type"], found["dct:identifier"], found["dct:rights"][0]["rdfs:label"]
    ('dcat:Dataset', 'r', 'CC BY 4.0')
    """
    licences = [one["name"] for one in descriptor.get("licenses", [])]
    return {
        "@context": {**_CONTEXT, "rdfs": "http://www.w3.org/2000/01/rdf-schema#"},
        "@id": "datapackage.json",
        "@type": "dcat:Dataset",
        "dct:identifier": descriptor["name"],
        "dct:title": {"@value": descriptor["title"], "@language": "en"},
        "dct:description": {"@value": _description(descriptor), "@language": "en"},
        "dct:publisher": _agent(_publisher(descriptor)),
        "dcat:version": descriptor.get("version", ""),
        "dcat:theme": {"@id": _THEME},
        "dcat:keyword": [{"@value": word, "@language": "en"} for word in ("greenhouse gas", "city", "emission inventory")],
        "dct:rights": [_rights(name) for name in licences],
        "dct:source": [_source(one) for one in descriptor.get("sources", [])],
        "dcat:distribution": [_distribution(one, licences=licences) for one in descriptor["resources"]],
    }


def _description(descriptor: Mapping[str, Any]) -> str:
    rows = sum(one.get("rows", 0) for one in descriptor["resources"])
    tables = ", ".join(one["name"] for one in descriptor["resources"])
    over = f" It lies over the release {descriptor['over']['name']}." if descriptor.get("over") else ""
    state = " It is a draft and not to be published." if descriptor.get("state") == "draft" else ""
    return f"{descriptor['title']}: {rows} rows in the tables {tables}.{over}{state}"


def _publisher(descriptor: Mapping[str, Any]) -> str:
    """Who publishes: the contributors for a release of ours; for an imported file, whoever brought it."""
    return "The city or body that brought the file" if descriptor.get("over") else _PUBLISHER


def _agent(name: str) -> dict[str, Any]:
    return {"@type": "foaf:Agent", "foaf:name": name}


def _rights(name: str) -> dict[str, Any]:
    return {"@type": "dct:RightsStatement", "rdfs:label": name}


def _source(one: Mapping[str, Any]) -> dict[str, Any]:
    found = {
        "@type": "dcat:Resource",
        "dct:identifier": one["name"],
        "dct:title": one["title"],
        "dct:rights": _rights(one["license"]),
    }
    found["dct:provenance"] = {"@type": "dct:ProvenanceStatement", "rdfs:label": one["attribution"]}
    return found | ({"dcat:landingPage": {"@id": one["path"]}} if one.get("path") else {})


def _distribution(one: Mapping[str, Any], *, licences: list[str]) -> dict[str, Any]:
    own = [licence["name"] for licence in one.get("licenses", [])]
    return {
        "@id": one["path"],
        "@type": "dcat:Distribution",
        "dct:title": {"@value": one["name"], "@language": "en"},
        "dct:description": {"@value": one.get("description", ""), "@language": "en"},
        "dcat:accessURL": {"@id": one["path"]},
        "dcat:downloadURL": {"@id": one["path"]},
        "dcat:mediaType": {"@id": f"{_MEDIA}{one['mediatype']}"},
        "dcat:byteSize": {"@value": str(one["bytes"]), "@type": "xsd:nonNegativeInteger"},
        **_terms(own or licences),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": _SHA256},
            "spdx:checksumValue": {"@value": one["hash"].removeprefix("sha256:"), "@type": "xsd:hexBinary"},
        },
    }


def _terms(licences: list[str]) -> dict[str, Any]:
    """One licence is the licence; of several, each is a statement of rights, because the profile allows one licence."""
    if len(licences) == 1:
        return {"dct:license": {"@type": "dct:LicenseDocument", "rdfs:label": licences[0]}}
    return {"dct:rights": [_rights(name) for name in licences]}
