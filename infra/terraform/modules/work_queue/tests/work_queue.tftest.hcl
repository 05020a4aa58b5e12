# What a queue of ours promises, with no AWS: `terraform test` here.

mock_provider "aws" {}

variables {
  name             = "recordings"
  handling_seconds = 60
  oldest_seconds   = 900
  alarm_topic_arns = []
  runbooks         = "docs/runbooks"
}

run "a_failed_message_is_kept_longer_than_a_waiting_one" {
  command = plan

  assert {
    condition     = aws_sqs_queue.dead_letter.message_retention_seconds > aws_sqs_queue.this.message_retention_seconds
    error_message = "A dead letter keeps its first timestamp, so its queue must keep it longer."
  }
}

run "failures_go_to_the_queue_named_after_it" {
  command = apply

  assert {
    condition     = aws_sqs_queue.dead_letter.name == "recordings-dead-letter"
    error_message = "callscribe.names.dead_letter_name says the same."
  }

  assert {
    condition     = jsondecode(aws_sqs_queue.this.redrive_policy).deadLetterTargetArn == aws_sqs_queue.dead_letter.arn
    error_message = "A queue's failures belong on its own dead-letter queue."
  }
}

run "sqs_gives_up_only_after_the_worker_did" {
  command = apply

  assert {
    condition     = jsondecode(aws_sqs_queue.this.redrive_policy).maxReceiveCount > 19
    error_message = "More than any worker's MAX_ATTEMPTS, 16 or 19, which parks with the reason."
  }
}

run "each_alarm_says_what_to_read" {
  command = plan

  assert {
    condition     = endswith(aws_cloudwatch_metric_alarm.dead_letter[0].alarm_description, "docs/runbooks/dead-letter.md.")
    error_message = "An alarm without a runbook wakes somebody who then does not know what to do."
  }

  assert {
    condition     = endswith(aws_cloudwatch_metric_alarm.oldest[0].alarm_description, "docs/runbooks/oldest-message.md.")
    error_message = "An alarm without a runbook wakes somebody who then does not know what to do."
  }
}

run "a_key_of_ones_own_takes_the_place_of_sqs_s" {
  command = plan

  variables {
    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/k"
  }

  assert {
    condition     = aws_sqs_queue.this.kms_master_key_id == var.kms_key_arn
    error_message = "What waits is encrypted with it."
  }
}

run "a_queue_that_keeps_as_long_as_its_dead_letters_is_refused" {
  command         = plan
  expect_failures = [var.retention_days]

  variables {
    retention_days = 14
  }
}

run "handling_that_outlasts_sqs_is_refused" {
  command         = plan
  expect_failures = [var.handling_seconds]

  variables {
    handling_seconds = 43201
  }
}
