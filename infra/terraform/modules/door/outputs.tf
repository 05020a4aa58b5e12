output "address" {
  description = "The balancer's own name, for a DNS elsewhere to point to."
  value       = aws_lb.this.dns_name
}

output "balancer" {
  description = "The balancer, as CloudWatch's metrics name it."
  value       = aws_lb.this.arn_suffix
}

output "target_group" {
  description = "The tasks behind it, as CloudWatch's metrics name them."
  value       = aws_lb_target_group.this.arn_suffix
}

output "target_group_arn" {
  description = "Where tasks register; it takes requests once the listener is there."
  value       = aws_lb_target_group.this.arn
  depends_on  = [aws_lb_listener.https]
}

output "tasks_group_id" {
  description = "The security group that lets the balancer in to tasks."
  value       = aws_security_group.tasks.id
}
