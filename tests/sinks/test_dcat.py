"""A data catalogue learns of a release: every file with its size, hash and licence, every publication with its words."""

import json

import citytandem as ct
from citytandem.sinks import dcat


def test_every_file_is_a_distribution_with_its_hash():
    descriptor = ct.load().descriptor
    found = json.loads(dcat.write(descriptor))
    hashes = {one["@id"]: one["spdx:checksum"]["spdx:checksumValue"]["@value"] for one in found["dcat:distribution"]}

    assert hashes == {one["path"]: one["hash"].removeprefix("sha256:") for one in descriptor["resources"]}


def test_every_publication_is_a_source_with_its_licence_and_words():
    descriptor = ct.load().descriptor
    found = dcat.describe(descriptor)

    assert [(one["dct:identifier"], one["dct:rights"]["rdfs:label"]) for one in found["dct:source"]] == [
        (one["name"], one["license"]) for one in descriptor["sources"]
    ]


def test_a_file_under_several_licences_is_not_put_under_one():
    found = dcat.describe(ct.load().descriptor)
    of = {one["@id"]: one for one in found["dcat:distribution"]}

    assert of["tie.parquet"]["dct:license"]["rdfs:label"] == "CC BY-SA 4.0"
    assert "dct:license" not in of["line.parquet"]
    assert len(of["line.parquet"]["dct:rights"]) == len(ct.load().descriptor["licenses"])


def test_what_the_profile_demands_is_there():
    found = dcat.describe(ct.load().descriptor)

    assert {"dct:title", "dct:description", "dct:publisher", "dcat:distribution"} <= found.keys()
    assert all("dcat:accessURL" in one for one in found["dcat:distribution"])


def test_a_draft_says_that_it_is_one():
    found = dcat.describe({"name": "x", "title": "X", "resources": [], "over": {"name": "reference"}, "state": "draft"})

    assert "draft" in found["dct:description"]["@value"]
    assert found["dct:publisher"]["foaf:name"] != "The CityTandem contributors"
