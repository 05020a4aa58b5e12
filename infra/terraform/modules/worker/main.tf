# A program that reads queues, on as many tasks as the backlog wants.

locals {
  # Messages a task may have before it, so that the last of them waits no longer than wanted.
  sleeps           = var.autoscaling && var.min_tasks == 0
  backlog_per_task = var.wait_seconds * var.concurrency / var.seconds_per_message
}

resource "aws_security_group" "this" {
  name        = var.name
  description = "${var.name}: nobody comes in"
  vpc_id      = var.network.vpc_id
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.this.id
  description       = "AWS and Vonage, over TLS"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_ecs_service" "this" {
  name            = var.name
  cluster         = var.cluster.arn
  task_definition = var.task_definition_arn
  desired_count   = var.min_tasks

  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  enable_ecs_managed_tags            = true
  propagate_tags                     = "SERVICE"

  capacity_provider_strategy {
    capacity_provider = var.spot ? "FARGATE_SPOT" : "FARGATE"
    weight            = 1
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.network.task_subnet_ids
    security_groups  = [aws_security_group.this.id]
    assign_public_ip = false
  }

  lifecycle {
    ignore_changes = [desired_count] # the scaling decides
  }
}

resource "aws_appautoscaling_target" "this" {
  count = var.autoscaling ? 1 : 0

  service_namespace  = "ecs"
  resource_id        = "service/${var.cluster.name}/${aws_ecs_service.this.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = var.min_tasks
  max_capacity       = var.max_tasks
}

resource "aws_appautoscaling_policy" "backlog" {
  count = var.autoscaling ? 1 : 0

  name               = "${var.name}-backlog-per-task"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this[0].service_namespace
  resource_id        = aws_appautoscaling_target.this[0].resource_id
  scalable_dimension = aws_appautoscaling_target.this[0].scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value       = local.backlog_per_task
    scale_in_cooldown  = 300
    scale_out_cooldown = 60

    customized_metric_specification {
      dynamic "metrics" {
        for_each = local.counts

        content {
          id          = metrics.key
          return_data = false

          metric_stat {
            stat = "Average"

            metric {
              namespace   = "AWS/SQS"
              metric_name = metrics.value.metric

              dimensions {
                name  = "QueueName"
                value = metrics.value.queue
              }
            }
          }
        }
      }

      metrics {
        id          = "tasks"
        return_data = false

        metric_stat {
          stat = "Average"

          metric {
            namespace   = "ECS/ContainerInsights"
            metric_name = "RunningTaskCount"

            dimensions {
              name  = "ClusterName"
              value = var.cluster.name
            }

            dimensions {
              name  = "ServiceName"
              value = aws_ecs_service.this.name
            }
          }
        }
      }

      metrics {
        id          = "backlog"
        label       = "Messages for each task"
        expression  = "(${join(" + ", keys(local.counts))}) / IF(FILL(tasks, 0) > 0, tasks, 1)"
        return_data = true
      }
    }
  }
}

# What is being handled counts too: with only what waits, the last task would be stopped at its work.
locals {
  counts = merge([
    for place, queue in var.queue_names : {
      "visible${place}"   = { queue = queue, metric = "ApproximateNumberOfMessagesVisible" }
      "in_flight${place}" = { queue = queue, metric = "ApproximateNumberOfMessagesNotVisible" }
    }
  ]...)
}

# From no task at all a share of the backlog leads nowhere, so the first message wakes the first task.
resource "aws_appautoscaling_policy" "wake" {
  count = local.sleeps ? 1 : 0

  name               = "${var.name}-wake"
  policy_type        = "StepScaling"
  service_namespace  = aws_appautoscaling_target.this[0].service_namespace
  resource_id        = aws_appautoscaling_target.this[0].resource_id
  scalable_dimension = aws_appautoscaling_target.this[0].scalable_dimension

  step_scaling_policy_configuration {
    adjustment_type         = "ChangeInCapacity"
    cooldown                = 120
    metric_aggregation_type = "Maximum"

    step_adjustment {
      scaling_adjustment          = 1
      metric_interval_lower_bound = 0
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "wake" {
  count = local.sleeps ? 1 : 0

  alarm_name          = "${var.name}-wake"
  alarm_description   = "Messages wait and no task runs. It starts one by itself. See ${var.runbooks}/oldest-message.md."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_appautoscaling_policy.wake[0].arn]

  dynamic "metric_query" {
    for_each = { for id, count in local.counts : id => count if startswith(id, "visible") }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/SQS"
        metric_name = metric_query.value.metric
        period      = 60
        stat        = "Maximum"
        dimensions  = { QueueName = metric_query.value.queue }
      }
    }
  }

  metric_query {
    id = "tasks"

    metric {
      namespace   = "ECS/ContainerInsights"
      metric_name = "RunningTaskCount"
      period      = 60
      stat        = "Maximum"
      dimensions  = { ClusterName = var.cluster.name, ServiceName = aws_ecs_service.this.name }
    }
  }

  metric_query {
    id          = "asleep"
    label       = "Messages that wait while no task runs"
    expression  = "IF(FILL(tasks, 0) > 0, 0, ${join(" + ", [for id in keys(local.counts) : id if startswith(id, "visible")])})"
    return_data = true
  }
}
