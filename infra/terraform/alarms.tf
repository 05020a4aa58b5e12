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
