"""The application's key kept in AWS, as Moto plays it."""

from collections.abc import Callable, Iterator

import boto3
import pytest
from moto import mock_aws

from callscribe.errors import PermanentError
from infra.vonage.keys import Keys, ParameterKeys, SecretKeys, new_key

REGION = "eu-west-1"


@pytest.fixture(autouse=True)
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with mock_aws():
        yield


def secret() -> Keys:
    """Give a secret as Terraform makes it: with nothing in it."""
    client = boto3.client("secretsmanager", region_name=REGION)
    client.create_secret(Name="callscribe/private-key")
    return SecretKeys(client, "callscribe/private-key")


def parameter() -> Keys:
    return ParameterKeys(boto3.client("ssm", region_name=REGION), "/callscribe/private-key")


@pytest.mark.parametrize("place", [secret, parameter])
def test_a_key_is_kept_and_read_again(place: Callable[[], Keys]) -> None:
    keys, pem = place(), new_key()
    before = keys.read()

    keys.write(pem)

    assert before is None
    assert keys.read() == pem


def test_a_secret_that_terraform_has_not_made_is_said() -> None:
    keys = SecretKeys(boto3.client("secretsmanager", region_name=REGION), "callscribe/private-key")

    assert keys.read() is None
    with pytest.raises(PermanentError, match="terraform apply"):
        keys.write(new_key())


def test_a_parameter_is_encrypted() -> None:
    keys = parameter()

    keys.write(new_key())

    said = boto3.client("ssm", region_name=REGION).get_parameter(Name="/callscribe/private-key")
    assert said["Parameter"]["Type"] == "SecureString"
