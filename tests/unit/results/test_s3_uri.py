import pytest

from callscribe.errors import PermanentError
from results.s3_uri import key_in

BUCKET = "callscribe-transcripts"
KEY = "transcribe/callscribe-rec-1.json"


@pytest.mark.parametrize(
    "uri",
    [
        f"https://s3.eu-west-1.amazonaws.com/{BUCKET}/{KEY}",
        f"https://s3-eu-west-1.amazonaws.com/{BUCKET}/{KEY}",
        f"https://s3.amazonaws.com/{BUCKET}/{KEY}",
        f"https://s3.cn-north-1.amazonaws.com.cn/{BUCKET}/{KEY}",
        f"https://{BUCKET}.s3.eu-west-1.amazonaws.com/{KEY}",
        f"https://{BUCKET}.s3-eu-west-1.amazonaws.com/{KEY}",
        f"https://{BUCKET}.s3.amazonaws.com/{KEY}",
        f"http://127.0.0.1:4566/{BUCKET}/{KEY}",
        f"http://localhost:4566/{BUCKET}/{KEY}?X-Amz-Signature=1#",
        f"http://{BUCKET}.s3.localhost.localstack.cloud:4566/{KEY}",
        f"s3://{BUCKET}/{KEY}",
        f"https://s3.eu-west-1.amazonaws.com/{BUCKET}/{KEY.replace('-', '%2D')}",
    ],
)
def test_every_way_to_write_the_address_leads_to_the_key(uri: str) -> None:
    assert key_in(BUCKET, uri) == KEY


@pytest.mark.parametrize(
    "uri",
    [
        f"https://s3.eu-west-1.amazonaws.com/aws-transcribe-prod/{KEY}?X-Amz-Security-Token=secret",
        f"https://s3.eu-west-1.amazonaws.com/{BUCKET}-other/{KEY}",
        f"https://other.s3.eu-west-1.amazonaws.com/{KEY}",
        f"https://{BUCKET}.example.com/{KEY}",
        f"s3://other/{BUCKET}/{KEY}",
        f"https://s3.eu-west-1.amazonaws.com/{BUCKET}/",
        f"https://s3.eu-west-1.amazonaws.com/{BUCKET}",
        "http://[",
        "",
    ],
)
def test_a_file_that_is_not_in_our_bucket_is_refused_without_repeating_where(uri: str) -> None:
    with pytest.raises(PermanentError) as refused:
        key_in(BUCKET, uri)

    assert str(refused.value) == "the transcript is not in our bucket"
