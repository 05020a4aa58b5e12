output "arn" {
  description = "The task definition's ARN, with its revision."
  value       = aws_ecs_task_definition.this.arn
}

output "log_group" {
  description = "Where its logs go."
  value       = aws_cloudwatch_log_group.this.name
}
