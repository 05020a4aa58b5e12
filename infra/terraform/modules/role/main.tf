# A role that may do what one program's code does, and nothing else.

data "aws_caller_identity" "this" {}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = [var.principal]
    }

    # Without it, somebody else's task could be made to act as ours.
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.this.account_id]
    }
  }
}

data "aws_iam_policy_document" "may" {
  dynamic "statement" {
    for_each = length(var.reads) > 0 ? [1] : []

    content {
      sid       = "ReadsQueues"
      actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"]
      resources = var.reads
    }
  }

  dynamic "statement" {
    for_each = length(var.writes) > 0 ? [1] : []

    content {
      sid       = "WritesQueues"
      actions   = ["sqs:SendMessage"]
      resources = var.writes
    }
  }

  dynamic "statement" {
    for_each = var.statements

    content {
      sid       = statement.value.sid
      actions   = statement.value.actions
      resources = statement.value.resources

      dynamic "condition" {
        for_each = statement.value.only_if

        content {
          test     = "StringEquals"
          variable = condition.key
          values   = [condition.value]
        }
      }

      dynamic "condition" {
        for_each = length(statement.value.only_tags) > 0 ? [1] : []

        content {
          test     = "ForAllValues:StringEquals"
          variable = "aws:TagKeys"
          values   = statement.value.only_tags
        }
      }
    }
  }

  dynamic "statement" {
    for_each = var.kms_key_arn == null ? [] : [var.kms_key_arn]

    content {
      sid       = "UsesTheKey"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [statement.value]
    }
  }
}

resource "aws_iam_role" "this" {
  name               = var.name
  description        = var.description
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "this" {
  name   = "does-its-work"
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.may.json
}
