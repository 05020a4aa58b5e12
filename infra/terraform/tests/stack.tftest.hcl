# What the whole stack promises, with no AWS and no network: `make tf-test`.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_data "aws_region" {
    defaults = { name = "eu-west-1" }
  }

  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-west-1a", "eu-west-1b", "eu-west-1c"] }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/mock" }
  }

  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-west-1:123456789012:mock" }
  }

  mock_resource "aws_cloudwatch_event_rule" {
    defaults = { arn = "arn:aws:events:eu-west-1:123456789012:rule/mock" }
  }

  mock_resource "aws_ecs_cluster" {
    defaults = { arn = "arn:aws:ecs:eu-west-1:123456789012:cluster/mock" }
  }

  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:eu-west-1:123456789012:task-definition/mock:1" }
  }

  mock_resource "aws_lb" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/mock/1", arn_suffix = "app/mock/1" }
  }

  mock_resource "aws_lb_target_group" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/mock/1", arn_suffix = "targetgroup/mock/1" }
  }

  mock_resource "aws_lb_listener" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/mock/1/2" }
  }

  mock_resource "aws_wafv2_web_acl" {
    defaults = { arn = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/mock/1" }
  }

  mock_resource "aws_lambda_function" {
    defaults = { arn = "arn:aws:lambda:eu-west-1:123456789012:function:mock" }
  }

  mock_resource "aws_secretsmanager_secret" {
    defaults = { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:mock" }
  }

  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-west-1:123456789012:log-group:/mock" }
  }

  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::mock" }
  }

  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-west-1:123456789012:key/mock" }
  }

  mock_resource "aws_appautoscaling_policy" {
    defaults = { arn = "arn:aws:autoscaling:eu-west-1:123456789012:scalingPolicy:mock" }
  }
}

# One default for all queues would make any two of them equal, so these have their own.

override_resource {
  target = module.queue["completions"].aws_sqs_queue.this
  values = { arn = "arn:aws:sqs:eu-west-1:123456789012:completions" }
}

override_resource {
  target = aws_sqs_queue.undelivered
  values = { arn = "arn:aws:sqs:eu-west-1:123456789012:undelivered" }
}

variables {
  gateway_domain          = "calls.example.com"
  gateway_certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/mock"
  parties                 = ["447700900002"]
  vonage_application_id   = "app"
}

run "buckets_are_named_after_account_and_region" {
  command = apply

  assert {
    condition     = output.audio_bucket != output.transcripts_bucket
    error_message = "Audio and transcripts are kept for different times."
  }

  assert {
    condition     = endswith(local.bucket_suffix, "123456789012-eu-west-1")
    error_message = "Bucket names are shared by everybody on AWS."
  }
}

run "the_rule_wants_ended_jobs_of_ours_from_transcribe_alone" {
  command = apply

  assert {
    condition = jsondecode(aws_cloudwatch_event_rule.finished.event_pattern) == {
      source        = ["aws.transcribe"]
      "detail-type" = ["Transcribe Job State Change"]
      detail = {
        TranscriptionJobStatus = ["COMPLETED", "FAILED"]
        TranscriptionJobName   = [{ prefix = "callscribe-" }]
      }
    }
    error_message = "Without status and name prefix, all jobs of the account would come."
  }
}

run "events_go_straight_to_the_queue_unless_told_otherwise" {
  command = apply

  assert {
    condition     = aws_cloudwatch_event_target.completions.arn == module.queue["completions"].arn
    error_message = "The short way is the default."
  }

  assert {
    condition     = length(module.notifier) == 0
    error_message = "Nobody would call the function."
  }
}

run "events_go_through_the_function_when_told_so" {
  command = apply

  variables {
    completion_route = "lambda"
    notifier_package = "tests/stack.tftest.hcl" # any file: what is in the zip is another test's
  }

  assert {
    condition     = aws_cloudwatch_event_target.completions.arn == module.notifier[0].arn
    error_message = "The rule must call the function."
  }
}

run "what_eventbridge_cannot_deliver_is_kept" {
  command = apply

  assert {
    condition     = aws_cloudwatch_event_target.completions.dead_letter_config[0].arn == aws_sqs_queue.undelivered.arn
    error_message = "An event that is lost is a transcript that never comes."
  }
}

run "everything_of_a_stack_has_its_prefix" {
  command = apply

  variables {
    name_prefix = "staging"
  }

  assert {
    condition     = alltrue([for queue in module.queue : startswith(queue.name, "staging-")])
    error_message = "Two stacks in one account must not meet."
  }

  assert {
    condition     = aws_dynamodb_table.calls.name == "staging-calls" && aws_sns_topic.alarms.name == "staging-alarms"
    error_message = "Two stacks in one account must not meet."
  }
}

run "without_services_nothing_costs_by_the_hour" {
  command = apply

  variables {
    deploy_services = false
  }

  assert {
    condition     = length(module.task) + length(module.worker) + length(module.web) + length(module.network) == 0
    error_message = "The data plane is queues, buckets, table, rule, roles and secrets."
  }
}

run "a_network_that_is_there_is_used" {
  command = apply

  variables {
    network = {
      vpc_id            = "vpc-1"
      task_subnet_ids   = ["subnet-1", "subnet-2"]
      public_subnet_ids = ["subnet-3", "subnet-4"]
    }
  }

  assert {
    condition     = length(module.network) == 0
    error_message = "No second network beside the given one."
  }
}

run "all_choices_go_together" {
  command = plan

  variables {
    customer_managed_key = true
    pages_domain         = "transcripts.example.com"
    pages_callers        = ["203.0.113.7/32"]
    zone_id              = "Z0123456789ABC"
    deferred_jobs        = true
    webhooks             = true
    event_bus            = true
    spot                 = true
    min_workers          = 0
    quiet_hours          = 6
    monthly_budget       = 400
    alarm_email          = "ops@example.com"
    interface_endpoints  = ["sqs"]
  }

  assert {
    condition     = length(module.web) == 2 && length(module.worker) == 4
    error_message = "Gateway and pages, and the four workers."
  }

  assert {
    condition     = aws_budgets_budget.this[0].limit_amount == "400" && length(aws_cloudwatch_metric_alarm.no_recordings) == 1
    error_message = "Who asks for a warning gets one."
  }

  assert {
    condition     = length(aws_kms_key.this) == 1 && aws_kms_key.this[0].enable_key_rotation
    error_message = "A key of one's own is renewed every year."
  }
}

run "pages_without_a_name_are_not_served" {
  command = plan

  assert {
    condition     = keys(module.web) == ["webhook-gateway"]
    error_message = "The gateway alone."
  }
}

run "services_without_a_name_for_vonage_to_call_are_refused" {
  command         = plan
  expect_failures = [var.gateway_domain]

  variables {
    gateway_domain = ""
  }
}

run "a_wrong_route_is_refused" {
  command         = plan
  expect_failures = [var.completion_route]

  variables {
    completion_route = "pigeon"
  }
}
