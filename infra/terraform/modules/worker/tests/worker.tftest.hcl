# How a worker scales, with no AWS: `terraform test` here.

mock_provider "aws" {}

override_resource {
  target = aws_appautoscaling_policy.wake
  values = { arn = "arn:aws:autoscaling:eu-west-1:123456789012:scalingPolicy:wake" }
}

variables {
  name                = "callscribe-recorder"
  cluster             = { name = "callscribe", arn = "arn:aws:ecs:eu-west-1:123456789012:cluster/callscribe" }
  network             = { vpc_id = "vpc-1", task_subnet_ids = ["subnet-1", "subnet-2"] }
  task_definition_arn = "arn:aws:ecs:eu-west-1:123456789012:task-definition/recorder:1"
  queue_names         = ["recordings"]
  concurrency         = 8
  seconds_per_message = 4
  wait_seconds        = 60
  min_tasks           = 1
  max_tasks           = 5
  spot                = false
  runbooks            = "docs/runbooks"
}

run "a_task_has_as_much_before_it_as_it_can_do_in_the_time_to_wait" {
  command = plan

  assert {
    condition     = output.backlog_per_task == 120
    error_message = "60 s at 8 messages in 4 s are 120 messages."
  }
}

run "what_is_being_handled_counts_as_backlog" {
  command = plan

  assert {
    condition     = anytrue([for metric in aws_appautoscaling_policy.backlog[0].target_tracking_scaling_policy_configuration[0].customized_metric_specification[0].metrics : strcontains(metric.expression, "in_flight0") if metric.id == "backlog"])
    error_message = "Else the last task would be stopped at its work."
  }
}

run "a_worker_that_never_sleeps_needs_no_waking" {
  command = plan

  assert {
    condition     = length(aws_appautoscaling_policy.wake) == 0 && length(aws_cloudwatch_metric_alarm.wake) == 0
    error_message = "One task runs always."
  }
}

run "a_worker_that_sleeps_is_woken_by_any_of_its_queues" {
  command = apply

  variables {
    min_tasks   = 0
    queue_names = ["completions", "call-events"]
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.wake[0].alarm_actions == toset([aws_appautoscaling_policy.wake[0].arn])
    error_message = "The alarm must start a task."
  }

  assert {
    condition     = strcontains(one([for query in aws_cloudwatch_metric_alarm.wake[0].metric_query : query.expression if query.id == "asleep"]), "visible0 + visible1")
    error_message = "A message on either queue must wake it."
  }
}

run "a_deployment_that_does_not_start_is_taken_back" {
  command = plan

  assert {
    condition     = aws_ecs_service.this.deployment_circuit_breaker[0].enable && aws_ecs_service.this.deployment_circuit_breaker[0].rollback
    error_message = "A bad image must not take the good one's place."
  }
}

run "spare_capacity_is_a_setting" {
  command = plan

  variables {
    spot = true
  }

  assert {
    condition     = one(aws_ecs_service.this.capacity_provider_strategy).capacity_provider == "FARGATE_SPOT"
    error_message = "Workers lose nothing when they are killed, so they may run on what is spare."
  }
}

run "a_worker_without_a_queue_is_refused" {
  command         = plan
  expect_failures = [var.queue_names]

  variables {
    queue_names = []
  }
}
