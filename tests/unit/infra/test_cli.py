"""Terraform finds its provider on a machine that cannot reach the registry, and on any other."""

import shutil
from pathlib import Path

import pytest

from infra.cli import FOLDER, Terraform, clean, main, plugin_dir

PROVIDER = (
    "registry.example.com/hashicorp/aws/5.100.0/linux_amd64/terraform-provider-aws_v5.100.0_x5"
)


def a_mirror(folder: Path) -> Path:
    binary = folder / PROVIDER
    binary.parent.mkdir(parents=True)
    binary.touch()
    return folder


def test_a_provider_on_disk_is_found_with_its_folder(tmp_path: Path) -> None:
    mirror = a_mirror(tmp_path / "plugins")

    assert plugin_dir({}, [tmp_path]) == mirror


def test_a_mirror_deeper_down_is_found_too(tmp_path: Path) -> None:
    mirror = a_mirror(tmp_path / "terraform" / "plugins")

    assert plugin_dir({}, [tmp_path]) == mirror


def test_without_one_terraform_does_as_it_always_does(tmp_path: Path) -> None:
    assert plugin_dir({}, [tmp_path, tmp_path / "missing"]) is None


def test_what_is_said_comes_before_what_is_found(tmp_path: Path) -> None:
    a_mirror(tmp_path / "plugins")

    assert plugin_dir({"TF_PLUGIN_DIR": "elsewhere"}, [tmp_path]) == Path("elsewhere")


def test_a_configuration_file_that_is_missing_is_not_spoken_of(tmp_path: Path) -> None:
    there = tmp_path / "terraformrc"
    there.touch()

    assert clean({"TF_CLI_CONFIG_FILE": str(tmp_path / "missing"), "A": "b"}) == {"A": "b"}
    assert clean({"TF_CLI_CONFIG_FILE": str(there)}) == {"TF_CLI_CONFIG_FILE": str(there)}


def test_a_copy_leaves_behind_what_is_somebodys_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = tmp_path / "ours"
    ours.mkdir()
    for name in (
        "main.tf",
        "backend.tf",
        "terraform.tfvars",
        "terraform.tfstate",
        "emulator.tfvars",
    ):
        (ours / name).touch()
    (ours / ".terraform").mkdir()
    monkeypatch.setattr("infra.cli.FOLDER", ours)

    copy = Terraform(tmp_path / "copy", {}).folder

    assert {file.name for file in copy.iterdir()} == {"main.tf", "emulator.tfvars"}


def test_a_machine_without_terraform_is_told_so_in_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("terraform") is None

    status = main(["validate"])

    assert status == 1
    assert "needs Terraform" in capsys.readouterr().err


def test_our_folder_is_there() -> None:
    assert (FOLDER / "versions.tf").is_file()
