output "name" {
  description = "The service's name."
  value       = aws_ecs_service.this.name
}

output "address" {
  description = "The balancer's own name, for a DNS elsewhere to point to."
  value       = module.door.address
}

output "balancer" {
  description = "The balancer, as CloudWatch's metrics name it."
  value       = module.door.balancer
}
