# A queue with somewhere for its failures to go, and alarms when something waits or goes there.

resource "aws_sqs_queue" "this" {
  #checkov:skip=CKV_AWS_27:Encrypted by SQS itself; a key of one's own is a setting
  name                              = var.name
  visibility_timeout_seconds        = var.handling_seconds
  message_retention_seconds         = var.retention_days * 24 * 60 * 60
  receive_wait_time_seconds         = 20
  sqs_managed_sse_enabled           = var.kms_key_arn == null ? true : null
  kms_master_key_id                 = var.kms_key_arn
  kms_data_key_reuse_period_seconds = 300

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letter.arn
    maxReceiveCount     = var.attempts
  })
}

resource "aws_sqs_queue" "dead_letter" {
  #checkov:skip=CKV_AWS_27:Encrypted by SQS itself; a key of one's own is a setting
  name                              = "${var.name}-dead-letter"
  message_retention_seconds         = 14 * 24 * 60 * 60
  sqs_managed_sse_enabled           = var.kms_key_arn == null ? true : null
  kms_master_key_id                 = var.kms_key_arn
  kms_data_key_reuse_period_seconds = 300
}

resource "aws_sqs_queue_redrive_allow_policy" "dead_letter" {
  queue_url = aws_sqs_queue.dead_letter.url

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.this.arn]
  })
}

resource "aws_cloudwatch_metric_alarm" "oldest" {
  count = var.alarms ? 1 : 0

  alarm_name          = "${var.name}-oldest-message"
  alarm_description   = "The oldest message waits too long. See ${var.runbooks}/oldest-message.md."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  dimensions          = { QueueName = aws_sqs_queue.this.name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.oldest_seconds
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
}

resource "aws_cloudwatch_metric_alarm" "dead_letter" {
  count = var.alarms ? 1 : 0

  alarm_name          = "${var.name}-dead-letter"
  alarm_description   = "Messages that could not be handled. See ${var.runbooks}/dead-letter.md."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.dead_letter.name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
}
