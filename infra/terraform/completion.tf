# How Callscribe hears that a job ended: a rule on the default bus, and what it hands events to.

locals {
  through_lambda = var.completion_route == "lambda"

  # Jobs of ours that ended, well or not. Without the name's prefix every job of the account would come.
  completion_pattern = {
    source        = var.transcribe_event_sources
    "detail-type" = ["Transcribe Job State Change"]
    detail = {
      TranscriptionJobStatus = ["COMPLETED", "FAILED"]
      TranscriptionJobName   = [{ prefix = local.job_prefix }]
    }
  }
}

resource "aws_cloudwatch_event_rule" "finished" {
  name          = "${local.prefix}-transcription-finished"
  description   = "A transcription job of Callscribe ended"
  event_pattern = jsonencode(local.completion_pattern)
}

resource "aws_cloudwatch_event_target" "completions" {
  rule      = aws_cloudwatch_event_rule.finished.name
  target_id = "completions"
  arn       = local.through_lambda ? module.notifier[0].arn : module.queue["completions"].arn

  dead_letter_config {
    arn = aws_sqs_queue.undelivered.arn
  }

  retry_policy {
    maximum_event_age_in_seconds = 24 * 60 * 60
    maximum_retry_attempts       = 185
  }
}

# Events that EventBridge could hand to nobody. It holds AWS's events, not our messages, so its name
# is none of the work queues'.
resource "aws_sqs_queue" "undelivered" {
  #checkov:skip=CKV_AWS_27:Encrypted by SQS itself; a key of one's own is a setting
  name                              = "${local.prefix}-undelivered-events"
  message_retention_seconds         = 14 * 24 * 60 * 60
  sqs_managed_sse_enabled           = local.kms_key_arn == null ? true : null
  kms_master_key_id                 = local.kms_key_arn
  kms_data_key_reuse_period_seconds = 300
}

data "aws_iam_policy_document" "from_rule" {
  for_each = {
    completions = module.queue["completions"].arn
    undelivered = aws_sqs_queue.undelivered.arn
  }

  statement {
    sid       = "FromTheRule"
    actions   = ["sqs:SendMessage"]
    resources = [each.value]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudwatch_event_rule.finished.arn]
    }
  }
}

resource "aws_sqs_queue_policy" "completions" {
  queue_url = module.queue["completions"].url
  policy    = data.aws_iam_policy_document.from_rule["completions"].json
}

resource "aws_sqs_queue_policy" "undelivered" {
  queue_url = aws_sqs_queue.undelivered.url
  policy    = data.aws_iam_policy_document.from_rule["undelivered"].json
}

resource "aws_cloudwatch_metric_alarm" "undelivered" {
  count = var.alarms ? 1 : 0

  alarm_name          = "${local.prefix}-undelivered-events"
  alarm_description   = "Ends of jobs that nobody was told of. See ${var.runbooks}/undelivered-events.md."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.undelivered.name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

module "notifier" {
  source = "./modules/function"
  count  = local.through_lambda ? 1 : 0

  name         = "${local.prefix}-notifier"
  handler      = "notifier.function.handler"
  package      = var.notifier_package
  role_arn     = module.role["notifier"].arn
  architecture = var.architecture
  environment  = merge(local.environment["notifier"], var.notifier_environment)
  invoker_arn  = aws_cloudwatch_event_rule.finished.arn
  failures_arn = aws_sqs_queue.undelivered.arn
  log_days     = var.log_days
  log_group    = "/${local.prefix}/notifier"
  kms_key_arn  = local.kms_key_arn
}

# Where other programs of the account hear that a transcript is ready, if any want to.
resource "aws_cloudwatch_event_bus" "this" {
  count = var.event_bus ? 1 : 0

  name = local.prefix
}
