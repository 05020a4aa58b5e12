# What a person or a program needs to know afterwards.

output "queue_urls" {
  description = "The queues' addresses, by their names in the code."
  value       = local.queue_urls
}

output "dead_letter_urls" {
  description = "The dead-letter queues' addresses, by the names of their queues."
  value       = local.dead_letter_urls
}

output "audio_bucket" {
  description = "Where recordings lie."
  value       = module.audio.name
}

output "transcripts_bucket" {
  description = "Where transcripts lie."
  value       = module.transcripts.name
}

output "calls_table" {
  description = "Where the facts about calls are."
  value       = aws_dynamodb_table.calls.name
}

output "rule" {
  description = "The rule that hears of jobs that ended."
  value       = aws_cloudwatch_event_rule.finished.name
}

output "environment" {
  description = "Every program's variables, without its secrets."
  value       = local.environment
}

output "secret_environment" {
  description = "The variables whose values are secrets, and the name of each secret."
  value = {
    for program, secrets in local.secret_environment :
    program => { for variable, secret in secrets : variable => aws_secretsmanager_secret.this[secret].name }
  }
}

output "role_arns" {
  description = "The role of each program."
  value       = { for program, role in module.role : program => role.arn }
}

output "role_policies" {
  description = "What each program may do, as JSON."
  value       = { for program, role in module.role : program => role.policy }
}

output "repository_urls" {
  description = "Where images are pushed to, by service."
  value       = { for image, repository in aws_ecr_repository.this : image => repository.repository_url }
}

output "addresses" {
  description = "The load balancers' names, for a DNS elsewhere to point to."
  value       = { for program, web in module.web : program => web.address }
}

output "backlog_per_task" {
  description = "The messages for each task that each worker's scaling aims at."
  value       = { for program, worker in module.worker : program => worker.backlog_per_task }
}
