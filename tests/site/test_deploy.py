"""The files of deploy/ are what their programs can read, and name what there is."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import pytest
import yaml
from django.conf import settings

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


@pytest.fixture
def pods(objects: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Of each kind of process of ours, what Kubernetes starts."""
    made = {
        each["metadata"]["name"]: each["spec"]["template"]["spec"]
        for each in objects
        if each["kind"] in ("Deployment", "Job")
    }
    assert {"site", "worker", "migrate"} == made.keys()
    return made


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
    assert len(made) == 3
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
    compose: dict[str, Any], pods: dict[str, dict[str, Any]]
) -> None:
    commands = [
        each["command"] for each in compose["services"].values() if "command" in each
    ]
    commands += [
        container["command"] for pod in pods.values() for container in pod["containers"]
    ]

    assert len(commands) == 5
    for program, command in commands:
        assert program == "ownjournal"
        assert command in cli.list_commands(click.Context(cli))


def test_pods_run_as_the_user_of_the_image(pods: dict[str, dict[str, Any]]) -> None:
    """By number: a name may be root, for all that Kubernetes knows."""
    containerfile = (DEPLOY / "Containerfile").read_text()
    user = re.search(r"^USER (\d+):(\d+)$", containerfile, re.MULTILINE)

    assert user is not None
    uid, gid = map(int, user.groups())
    assert f"--uid {uid} --gid {gid}" in containerfile
    for pod in pods.values():
        assert pod["securityContext"] == {
            "runAsNonRoot": True,
            "runAsUser": uid,
            "runAsGroup": gid,
            "fsGroup": gid,
        }


def test_probes_ask_under_a_name_that_the_site_answers_to(
    pods: dict[str, dict[str, Any]],
) -> None:
    [site] = pods["site"]["containers"]
    for name in ("livenessProbe", "readinessProbe"):
        headers = {
            each["name"]: each["value"] for each in site[name]["httpGet"]["httpHeaders"]
        }
        assert headers["Host"] in settings.ALLOWED_HOSTS


def test_what_migrates_has_the_same_image_and_settings(
    pods: dict[str, dict[str, Any]],
) -> None:
    [site], [migrate] = (pods[name]["containers"] for name in ("site", "migrate"))

    assert migrate["command"] == ["ownjournal", "migrate"]
    assert migrate["image"] == site["image"]
    assert migrate["envFrom"] == site["envFrom"]
    assert pods["migrate"]["restartPolicy"] == "OnFailure"


def test_the_image_is_one_that_can_be_fetched() -> None:
    [kustomization] = read(BASE / "kustomization.yaml")
    [image] = kustomization["images"]

    assert image["name"] == "ownjournal"
    assert "/" in image["newName"]
    assert image["newTag"] != "latest"


def test_search_nodes_need_no_password_of_a_demo(
    compose: dict[str, Any], objects: list[dict[str, Any]]
) -> None:
    [stateful] = [each for each in objects if each["kind"] == "StatefulSet"]
    [container] = stateful["spec"]["template"]["spec"]["containers"]
    given = [{each["name"]: each.get("value") for each in container["env"]}]
    given += [
        each["environment"]
        for name, each in compose["services"].items()
        if name.startswith("search")
    ]

    assert len(given) == 4
    for each in given:
        assert each["DISABLE_SECURITY_PLUGIN"] == "true"
        assert each["DISABLE_INSTALL_DEMO_CONFIG"] == "true"


def test_a_service_may_take_its_time_to_migrate() -> None:
    unit = (DEPLOY / "systemd" / "ownjournal-site.service").read_text()

    assert "ExecStartPre=/opt/ownjournal/bin/ownjournal migrate" in unit
    assert "TimeoutStartSec=infinity" in unit


def test_the_data_folder_is_made_empty() -> None:
    """A restore refuses a folder with anything of another's in it."""
    containerfile = (DEPLOY / "Containerfile").read_text()

    assert "--no-create-home" in containerfile
    assert "--create-home" not in containerfile.replace("--no-create-home", "")
