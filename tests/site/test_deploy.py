"""The files of deploy/ are what their programs can read, and name what there is."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import pytest
import yaml

from ownjournal.cli.main import cli
from ownjournal.search.opensearch.address import read_address
from ownjournal.site.option_table import OPTIONS

DEPLOY = Path(__file__).parents[2] / "deploy"
BASE = DEPLOY / "kustomize" / "base"
COMPOSE = DEPLOY / "compose"
SETTINGS = {option.name for option in OPTIONS}


def read(path: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(path.read_text("utf-8")))


@pytest.fixture
def compose() -> dict[str, Any]:
    [found] = read(COMPOSE / "compose.yaml")
    return found


@pytest.fixture
def objects() -> list[dict[str, Any]]:
    [kustomization] = read(BASE / "kustomization.yaml")
    return [each for name in kustomization["resources"] for each in read(BASE / name)]


def test_kustomize_names_every_file_and_no_other() -> None:
    [kustomization] = read(BASE / "kustomization.yaml")

    there = {path.name for path in BASE.iterdir()} - {"kustomization.yaml"}

    assert set(kustomization["resources"]) == there


def test_every_object_has_a_kind_and_a_name_of_its_own(
    objects: list[dict[str, Any]],
) -> None:
    names = [(each["kind"], each["metadata"]["name"]) for each in objects]

    assert len(names) == len(set(names))
    assert all(each["apiVersion"] for each in objects)


def test_what_is_selected_is_what_is_made(objects: list[dict[str, Any]]) -> None:
    made = [
        each["spec"]["template"]["metadata"]["labels"]
        for each in objects
        if each["kind"] in ("Deployment", "StatefulSet")
    ]
    for each in objects:
        if each["kind"] in ("Deployment", "StatefulSet", "PodDisruptionBudget"):
            assert each["spec"]["selector"]["matchLabels"] in made
        elif each["kind"] == "Service":
            assert each["spec"]["selector"] in made


def test_settings_are_ours_and_the_address_of_search_can_be_read(
    compose: dict[str, Any],
) -> None:
    [kustomization] = read(BASE / "kustomization.yaml")
    [generated] = kustomization["configMapGenerator"]
    pairs = dict(each.split("=", 1) for each in generated["literals"])
    environment = compose["services"]["site"]["environment"]
    secrets = (COMPOSE / "secrets.example.env").read_text().splitlines()
    named = {each.split("=")[0] for each in secrets if not each.startswith("#")}

    assert pairs.keys() <= SETTINGS
    assert environment.keys() <= SETTINGS
    assert named - {"POSTGRES_USER", "POSTGRES_PASSWORD"} <= SETTINGS
    for url in (pairs["SEARCH_URL"], environment["SEARCH_URL"]):
        assert read_address(url).shards == 3


def test_hosts_that_are_named_are_services(
    compose: dict[str, Any], objects: list[dict[str, Any]]
) -> None:
    services = compose["services"]
    hosts = read_address(services["worker"]["environment"]["SEARCH_URL"]).hosts
    database = (COMPOSE / "secrets.example.env").read_text()

    assert {host for host, _ in hosts} <= services.keys()
    [url] = [each for each in database.splitlines() if each.startswith("DATABASE_URL")]
    assert urlsplit(url.partition("=")[2]).hostname in services
    assert {"site", "search"} <= {
        each["metadata"]["name"] for each in objects if each["kind"] == "Service"
    }


def test_commands_are_ours(
    compose: dict[str, Any], objects: list[dict[str, Any]]
) -> None:
    commands = [
        each["command"] for each in compose["services"].values() if "command" in each
    ]
    commands += [
        container["command"]
        for each in objects
        if each["kind"] == "Deployment"
        for container in each["spec"]["template"]["spec"]["containers"]
    ]

    assert len(commands) == 4
    for program, command in commands:
        assert program == "ownjournal"
        assert command in cli.list_commands(click.Context(cli))
