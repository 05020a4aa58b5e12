output "arn" {
  description = "The role's ARN."
  value       = aws_iam_role.this.arn
}

output "name" {
  description = "The role's name."
  value       = aws_iam_role.this.name
}

output "policy" {
  description = "What it may do, as JSON."
  value       = data.aws_iam_policy_document.may.json
}
