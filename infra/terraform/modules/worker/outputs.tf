output "name" {
  description = "The service's name."
  value       = aws_ecs_service.this.name
}

output "backlog_per_task" {
  description = "The messages for each task that the scaling aims at."
  value       = local.backlog_per_task
}
