"""Runs Terraform for the Makefile and the tests, with a provider on disk where there is one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "terraform"

PLACES: Final = (Path("/opt"), Path("/usr/local/share"), Path("/usr/share"), Path("/usr/local/lib"))
"""Where machines without a way to the registry keep providers."""

PROVIDER: Final = "hashicorp/aws/*/*/terraform-provider-aws_v*"
"""A provider's place under the folder of its host, as Terraform lays a mirror out."""

OURS: Final = shutil.ignore_patterns(".terraform*", "*.tfstate*", "backend.tf", "terraform.tfvars")
"""What belongs to whoever works in the folder, and not to the project."""

NOT_HERE: Final = "This needs Terraform 1.9 or newer on the path; see docs/deploy.md."


def plugin_dir(variables: Mapping[str, str], places: Sequence[Path] = PLACES) -> Path | None:
    """Find the folder of providers: ``TF_PLUGIN_DIR``, or one of the usual places.

    ``None`` means that Terraform fetches them as it always does.
    """
    if said := variables.get("TF_PLUGIN_DIR"):
        return Path(said)
    found = (
        binary.parents[5]
        for place in places
        for depth in ("*", "*/*", "*/*/*")
        for binary in sorted(place.glob(f"{depth}/{PROVIDER}"))
    )
    return next(found, None)


class Terraform:
    """Terraform in a copy of our folder, so that nobody's state or backend is touched."""

    def __init__(self, folder: Path, variables: Mapping[str, str]) -> None:
        self.folder = folder / "terraform"
        self._variables = variables
        shutil.copytree(FOLDER, self.folder, ignore=OURS)

    def init(self) -> None:
        """Bring the provider and the modules in."""
        self.run("init", "-input=false", "-no-color", *_from_disk(self._variables))

    def run(
        self, *arguments: str, fine: Sequence[int] = (0,)
    ) -> "subprocess.CompletedProcess[str]":
        """Run Terraform and give what it said.

        :raises TerraformError: if its exit status is not one of the ``fine`` ones.
        """
        done = subprocess.run(  # noqa: S603 - our own arguments
            ["terraform", *arguments],  # noqa: S607 - wherever the user has it
            cwd=self.folder,
            env=clean(self._variables),
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode not in fine:
            raise TerraformError(f"terraform {arguments[0]}:\n{done.stdout}")
        return done


class TerraformError(Exception):
    """Terraform did not do what it was asked; the text is what it said."""


def clean(variables: Mapping[str, str]) -> dict[str, str]:
    """Leave out a configuration file that is not there, which Terraform would warn of each time."""
    file = variables.get("TF_CLI_CONFIG_FILE")
    missing = {"TF_CLI_CONFIG_FILE"} if file and not Path(file).exists() else set()
    return {name: value for name, value in variables.items() if name not in missing}


def main(arguments: Sequence[str]) -> int:
    """Run ``terraform ARGUMENTS`` in our folder, or ``--in`` one below, with its providers there.

    What looks at nobody's state needs no backend, and so no credentials for one.
    """
    if shutil.which("terraform") is None:
        sys.stderr.write(f"{NOT_HERE}\n")
        return 1
    folder, asked = FOLDER, list(arguments)
    if asked[:1] == ["--in"]:
        folder, asked = FOLDER / asked[1], asked[2:]
    extra = ["-backend=false"] if asked[:1] in (["test"], ["validate"]) else []
    if asked[:1] != ["fmt"] and (said := _init(folder, extra)):
        sys.stderr.write(said)
        return 1
    whole = ["terraform", *asked]
    variables = clean(os.environ)
    return subprocess.run(whole, cwd=folder, env=variables, check=False).returncode  # noqa: S603 - ours


def _init(folder: Path, extra: Sequence[str]) -> str:
    """Bring providers and modules in, and give what went wrong, if anything did."""
    variables = clean(os.environ)
    done = subprocess.run(  # noqa: S603 - our own arguments
        ["terraform", "init", "-input=false", *_from_disk(variables), *extra],  # noqa: S607 - the user's
        cwd=folder,
        env=variables,
        check=False,
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr if done.returncode else ""


def _from_disk(variables: Mapping[str, str]) -> list[str]:
    providers = plugin_dir(variables)
    return [f"-plugin-dir={providers}"] if providers else []


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
