# Callscribe on AWS: what it is called, and what it is made of.

data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

locals {
  prefix        = var.name_prefix
  account       = data.aws_caller_identity.this.account_id
  partition     = data.aws_partition.this.partition
  bucket_suffix = var.bucket_suffix == null ? "-${local.account}-${var.region}" : var.bucket_suffix

  # The prefix of every job of ours; callscribe.names has the same, and a test compares the two.
  job_prefix = "callscribe-"
}
