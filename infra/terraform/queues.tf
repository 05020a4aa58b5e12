# The whole topology, a line each: a queue has one contract, one reader and one place for failures.

locals {
  # Seconds of handling before SQS shows a message again. The workers renew it while they work, so
  # it bounds only how long a killed worker's messages stay hidden.
  queues = {
    recordings     = { handling_seconds = 60 }
    transcriptions = { handling_seconds = 60 }
    completions    = { handling_seconds = 60 }
    call-events    = { handling_seconds = 60 }
    notifications  = { handling_seconds = 60 }
  }
}

module "queue" {
  source   = "./modules/work_queue"
  for_each = local.queues

  name             = "${local.prefix}-${each.key}"
  handling_seconds = each.value.handling_seconds
  oldest_seconds   = var.oldest_message_seconds
  kms_key_arn      = local.kms_key_arn
  alarm_topic_arns = [aws_sns_topic.alarms.arn]
  alarms           = var.alarms
  runbooks         = var.runbooks
}
