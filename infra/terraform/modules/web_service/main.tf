# A program that answers HTTP, on as many tasks as its callers want, behind a door of its own.

module "door" {
  source = "../door"

  name                 = var.name
  network              = var.network
  port                 = var.port
  health_path          = var.health_path
  domain               = var.domain
  zone_id              = var.zone_id
  certificate_arn      = var.certificate_arn
  internal             = var.internal
  allowed_cidrs        = var.allowed_cidrs
  requests_per_address = var.requests_per_address
  deletion_protection  = var.deletion_protection
}

resource "aws_ecs_service" "this" {
  name            = var.name
  cluster         = var.cluster.arn
  task_definition = var.task_definition_arn
  desired_count   = var.min_tasks

  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  health_check_grace_period_seconds  = 60
  enable_ecs_managed_tags            = true
  propagate_tags                     = "SERVICE"

  # Never spot: a call that cannot be answered is a call that is not recorded.
  capacity_provider_strategy {
    capacity_provider = "FARGATE"
    weight            = 1
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.network.task_subnet_ids
    security_groups  = [module.door.tasks_group_id]
    assign_public_ip = false
  }

  load_balancer {
    target_group_arn = module.door.target_group_arn
    container_name   = "program"
    container_port   = var.port
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

resource "aws_appautoscaling_policy" "requests" {
  count = var.autoscaling ? 1 : 0

  name               = "${var.name}-requests-per-task"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this[0].service_namespace
  resource_id        = aws_appautoscaling_target.this[0].resource_id
  scalable_dimension = aws_appautoscaling_target.this[0].scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value       = var.requests_per_minute
    scale_in_cooldown  = 300
    scale_out_cooldown = 30

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "${module.door.balancer}/${module.door.target_group}"
    }
  }
}

# What those who call notice first: errors, and slow answers.

resource "aws_cloudwatch_metric_alarm" "errors" {
  count = var.alarms ? 1 : 0

  alarm_name          = "${var.name}-errors"
  alarm_description   = "${var.name} answers with 5xx. See ${var.runbooks}/web-errors.md."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 5
  evaluation_periods  = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns

  dynamic "metric_query" {
    for_each = {
      tasks    = "HTTPCode_Target_5XX_Count"
      balancer = "HTTPCode_ELB_5XX_Count"
    }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/ApplicationELB"
        metric_name = metric_query.value
        period      = 60
        stat        = "Sum"
        dimensions  = { LoadBalancer = module.door.balancer }
      }
    }
  }

  metric_query {
    id          = "errors"
    label       = "Answers with 5xx in a minute"
    expression  = "FILL(tasks, 0) + FILL(balancer, 0)"
    return_data = true
  }
}

resource "aws_cloudwatch_metric_alarm" "slow" {
  count = var.alarms ? 1 : 0

  alarm_name          = "${var.name}-slow"
  alarm_description   = "One answer in a hundred takes too long. See ${var.runbooks}/web-slow.md."
  namespace           = "AWS/ApplicationELB"
  metric_name         = "TargetResponseTime"
  dimensions          = { LoadBalancer = module.door.balancer }
  extended_statistic  = "p99"
  period              = 60
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.slow_seconds
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
}
