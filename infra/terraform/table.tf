# What is known of each call.

resource "aws_dynamodb_table" "calls" {
  #checkov:skip=CKV_AWS_119:Encrypted by DynamoDB's key; a key of one's own is a setting
  #checkov:skip=CKV2_AWS_16:On demand, so there is no capacity to scale
  name                        = "${local.prefix}-calls"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "pk"
  range_key                   = "sk"
  deletion_protection_enabled = var.deletion_protection

  dynamic "attribute" {
    for_each = ["pk", "sk", "listed_in", "moment"]

    content {
      name = attribute.value
      type = "S"
    }
  }

  # By this calls are listed, newest first, without reading what is known of each.
  global_secondary_index {
    name               = "lists"
    hash_key           = "listed_in"
    range_key          = "moment"
    projection_type    = "INCLUDE"
    non_key_attributes = ["figures"]
  }

  point_in_time_recovery {
    enabled = true
  }

  ttl {
    attribute_name = "expires_at"
    enabled        = true
  }

  server_side_encryption {
    enabled     = var.customer_managed_key
    kms_key_arn = local.kms_key_arn
  }
}
