"""What programs ask of AWS, each call once, to be made under one role or another."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError
from ministack.core.iam_evaluator import EvalContext, evaluate, parse_policy_document

from local.stack.emulator import ACCOUNT, REGION
from tests.infra.cloud import Cloud

Call = Callable[["As"], Any]

REFUSED = {"AccessDenied", "AccessDeniedException"}

ANYBODY = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}],
}
"""In place of who may take a role on AWS, which is ECS or Lambda; what it may do stays."""


@dataclass(frozen=True)
class As:
    """AWS as one role sees it."""

    cloud: Cloud
    program: str
    keys: dict[str, str]

    def asks(self, action: str, resource: str, keys: dict[str, Any]) -> None:
        """Have the policy evaluated for a call that names a resource or keys of its own.

        MiniStack's door takes those of Amazon Transcribe for ``*`` and none. Here they are as AWS's
        Service Authorization Reference says, and so is the error.
        """
        policy = parse_policy_document(self.cloud.outputs["role_policies"][self.program])
        wanted = EvalContext(
            principal_arn=self.cloud.outputs["role_arns"][self.program],
            principal_type="AssumedRole",
            principal_account=ACCOUNT,
            action=action,
            resource_arn=resource,
            region=REGION,
            service_context=keys,
        )
        if evaluate(wanted, [policy]).decision != "Allow":
            raise ClientError({"Error": {"Code": "AccessDenied"}}, action)

    def client(self, service: str) -> Any:
        return self.cloud.client(service, **self.keys)

    def queue(self, name: str) -> str:
        return str(self.cloud.outputs["queue_urls"][name])

    def dead_letters(self, name: str) -> str:
        return str(self.cloud.outputs["dead_letter_urls"][name])

    @property
    def audio(self) -> str:
        return str(self.cloud.outputs["audio_bucket"])

    @property
    def transcripts(self) -> str:
        return str(self.cloud.outputs["transcripts_bucket"])

    @property
    def table(self) -> str:
        return str(self.cloud.outputs["calls_table"])


def become(cloud: Cloud, program: str) -> As:
    arn = cloud.outputs["role_arns"][program]
    cloud.client("iam").update_assume_role_policy(
        RoleName=arn.rpartition("/")[2], PolicyDocument=json.dumps(ANYBODY)
    )
    taken = cloud.client("sts").assume_role(RoleArn=arn, RoleSessionName="test")["Credentials"]
    return As(
        cloud,
        program,
        {
            "aws_access_key_id": taken["AccessKeyId"],
            "aws_secret_access_key": taken["SecretAccessKey"],
            "aws_session_token": taken["SessionToken"],
        },
    )


def sends(queue: str) -> Call:
    return lambda me: me.client("sqs").send_message(QueueUrl=me.queue(queue), MessageBody="{}")


def parks(queue: str) -> Call:
    return lambda me: me.client("sqs").send_message(
        QueueUrl=me.dead_letters(queue), MessageBody="{}"
    )


def receives(queue: str) -> Call:
    return lambda me: me.client("sqs").receive_message(QueueUrl=me.queue(queue), WaitTimeSeconds=0)


def takes_back(queue: str) -> Call:
    return lambda me: me.client("sqs").receive_message(
        QueueUrl=me.dead_letters(queue), WaitTimeSeconds=0
    )


def looks_for(queue: str) -> Call:
    return lambda me: me.client("sqs").get_queue_attributes(
        QueueUrl=me.queue(queue), AttributeNames=["QueueArn"]
    )


def puts(bucket: str, key: str) -> Call:
    return lambda me: me.client("s3").put_object(Bucket=getattr(me, bucket), Key=key, Body=b"x")


def gets(bucket: str, key: str) -> Call:
    return lambda me: me.client("s3").get_object(Bucket=getattr(me, bucket), Key=key)


def deletes(bucket: str, key: str) -> Call:
    return lambda me: me.client("s3").delete_object(Bucket=getattr(me, bucket), Key=key)


def lists(bucket: str) -> Call:
    return lambda me: me.client("s3").list_objects_v2(Bucket=getattr(me, bucket))


def starts_a_job(bucket: str) -> Call:
    return lambda me: me.asks(
        "transcribe:StartTranscriptionJob",
        "*",
        {"transcribe:outputbucketname": getattr(me, bucket)},
    )


def tags_a_job(*tags: str) -> Call:
    return lambda me: me.asks("transcribe:TagResource", "*", {"aws:tagkeys": list(tags)})


def asks_of_a_job(name: str) -> Call:
    arn = f"arn:aws:transcribe:{REGION}:{ACCOUNT}:transcription-job/{name}"
    return lambda me: me.asks("transcribe:GetTranscriptionJob", arn, {})


def keeps_a_fact(me: As) -> Any:
    return me.client("dynamodb").put_item(
        TableName=me.table, Item={"pk": {"S": "call#1"}, "sk": {"S": "fact#1"}}
    )


def lists_calls(me: As) -> Any:
    return me.client("dynamodb").query(
        TableName=me.table,
        IndexName="lists",
        KeyConditionExpression="listed_in = :all",
        ExpressionAttributeValues={":all": {"S": "all"}},
    )


def drops_the_table(me: As) -> Any:
    return me.client("dynamodb").delete_table(TableName=me.table)


def reads_a_secret(me: As) -> Any:
    return me.client("secretsmanager").get_secret_value(SecretId="callscribe/private-key")


def purges(queue: str) -> Call:
    return lambda me: me.client("sqs").purge_queue(QueueUrl=me.queue(queue))
