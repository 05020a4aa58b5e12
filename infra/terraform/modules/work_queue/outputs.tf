output "name" {
  description = "The queue's name."
  value       = aws_sqs_queue.this.name
}

output "arn" {
  description = "The queue's ARN."
  value       = aws_sqs_queue.this.arn
}

output "url" {
  description = "The queue's address."
  value       = aws_sqs_queue.this.url
}

output "dead_letter_name" {
  description = "The dead-letter queue's name."
  value       = aws_sqs_queue.dead_letter.name
}

output "dead_letter_arn" {
  description = "The dead-letter queue's ARN."
  value       = aws_sqs_queue.dead_letter.arn
}

output "dead_letter_url" {
  description = "The dead-letter queue's address."
  value       = aws_sqs_queue.dead_letter.url
}

output "alarm_arns" {
  description = "The alarms on age and on dead letters."
  value       = concat(aws_cloudwatch_metric_alarm.oldest[*].arn, aws_cloudwatch_metric_alarm.dead_letter[*].arn)
}
