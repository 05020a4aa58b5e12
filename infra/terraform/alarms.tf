# Who is told, and what about beside the queues' own alarms.

resource "aws_sns_topic" "alarms" {
  #checkov:skip=CKV_AWS_26:Alarms name queues and numbers, nothing of a call; a key of one's own is a setting
  name              = "${local.prefix}-alarms"
  kms_master_key_id = local.kms_key_arn
}

resource "aws_sns_topic_subscription" "mail" {
  count = var.alarm_email == "" ? 0 : 1

  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}

# The topic takes what alarms, the rule below and the budget say, and nobody else's.
data "aws_iam_policy_document" "alarms" {
  statement {
    sid       = "FromThisAccount"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.alarms.arn]

    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com", "events.amazonaws.com", "budgets.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

resource "aws_sns_topic_policy" "alarms" {
  arn    = aws_sns_topic.alarms.arn
  policy = data.aws_iam_policy_document.alarms.json
}

resource "aws_cloudwatch_metric_alarm" "no_recordings" {
  count = var.alarms && var.quiet_hours > 0 ? 1 : 0

  alarm_name          = "${local.prefix}-no-recordings"
  alarm_description   = "No recording was announced for longer than usual. See ${var.runbooks}/no-recordings.md."
  namespace           = "AWS/SQS"
  metric_name         = "NumberOfMessagesSent"
  dimensions          = { QueueName = module.queue["recordings"].name }
  statistic           = "Sum"
  period              = 3600
  evaluation_periods  = var.quiet_hours
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  treat_missing_data  = "breaching" # an idle queue reports nothing at all
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

# Each failed job is a line of the results worker, which says so whichever way it heard.
resource "aws_cloudwatch_log_metric_filter" "transcribe_failures" {
  count = var.deploy_services && var.alarms ? 1 : 0

  name           = "${local.prefix}-transcribe-failures"
  log_group_name = module.task["results"].log_group
  pattern        = "{ $.event = \"transcription failed\" }"

  metric_transformation {
    namespace = "Callscribe/${local.prefix}"
    name      = "TranscribeFailures"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "transcribe_failures" {
  count = var.deploy_services && var.alarms ? 1 : 0

  alarm_name          = "${local.prefix}-transcribe-failures"
  alarm_description   = "Amazon Transcribe gave up on recordings. See ${var.runbooks}/transcribe-failures.md."
  namespace           = aws_cloudwatch_log_metric_filter.transcribe_failures[0].metric_transformation[0].namespace
  metric_name         = aws_cloudwatch_log_metric_filter.transcribe_failures[0].metric_transformation[0].name
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

# ECS says itself when tasks do not start: a wrong setting, a missing secret, no capacity.
resource "aws_cloudwatch_event_rule" "not_starting" {
  count = var.deploy_services && var.alarms ? 1 : 0

  name        = "${local.prefix}-tasks-not-starting"
  description = "Tasks do not start. See ${var.runbooks}/tasks-not-starting.md."

  event_pattern = jsonencode({
    source        = ["aws.ecs"]
    "detail-type" = ["ECS Service Action", "ECS Deployment State Change"]
    detail        = { eventName = ["SERVICE_TASK_START_IMPAIRED", "SERVICE_TASK_PLACEMENT_FAILURE", "SERVICE_DEPLOYMENT_FAILED"] }
    resources     = [{ prefix = "arn:${local.partition}:ecs:${var.region}:${local.account}:service/${local.prefix}/" }]
  })
}

resource "aws_cloudwatch_event_target" "not_starting" {
  count = var.deploy_services && var.alarms ? 1 : 0

  rule      = aws_cloudwatch_event_rule.not_starting[0].name
  target_id = "alarms"
  arn       = aws_sns_topic.alarms.arn

  input_transformer {
    input_paths    = { service = "$.resources[0]", name = "$.detail.eventName" }
    input_template = "\"<name>: tasks of <service> do not start. See ${var.runbooks}/tasks-not-starting.md.\""
  }
}

resource "aws_budgets_budget" "this" {
  count = var.alarms && var.monthly_budget > 0 ? 1 : 0

  name         = local.prefix
  budget_type  = "COST"
  limit_amount = tostring(var.monthly_budget)
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  # Only what has our tag, once somebody has made it a cost allocation tag.
  cost_filter {
    name   = "TagKeyValue"
    values = [format("user:stack$%s", local.prefix)]
  }

  dynamic "notification" {
    for_each = { ACTUAL = 80, FORECASTED = 100 }

    content {
      notification_type          = notification.key
      threshold                  = notification.value
      threshold_type             = "PERCENTAGE"
      comparison_operator        = "GREATER_THAN"
      subscriber_email_addresses = var.alarm_email == "" ? [] : [var.alarm_email]
      subscriber_sns_topic_arns  = [aws_sns_topic.alarms.arn]
    }
  }
}
