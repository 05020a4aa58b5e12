variable "name" {
  description = "The program's name, with the stack's prefix."
  type        = string
}

variable "image" {
  description = "The image, with its tag or digest."
  type        = string
}

variable "repository_arn" {
  description = "The repository the image is fetched from."
  type        = string
}

variable "command" {
  description = "What to run instead of what the image says; null for that."
  type        = list(string)
  default     = null
}

variable "role_arn" {
  description = "The role it runs under."
  type        = string
}

variable "environment" {
  description = "Its variables; no secrets."
  type        = map(string)
}

variable "secrets" {
  description = "The ARNs of the secrets, by the variables that hold their values."
  type        = map(string)
  default     = {}
}

variable "port" {
  description = "The port that others reach it by; null for nobody."
  type        = number
  default     = null
}

variable "health_url" {
  description = "What answers 200 while it lives."
  type        = string
}

variable "stop_seconds" {
  description = "Seconds from SIGTERM to SIGKILL: more than a worker's poll and drain together."
  type        = number

  validation {
    condition     = var.stop_seconds > 0 && var.stop_seconds <= 120
    error_message = "Fargate waits for 120 seconds at most."
  }
}

variable "cpu" {
  description = "Processor, in 1024ths."
  type        = number
  default     = 256
}

variable "memory" {
  description = "Memory, in MiB."
  type        = number
  default     = 512
}

variable "architecture" {
  description = "X86_64 or ARM64."
  type        = string
}

variable "log_group" {
  description = "Where its logs go."
  type        = string
}

variable "log_days" {
  description = "Days that logs are kept."
  type        = number
}

variable "kms_key_arn" {
  description = "The key that encrypts logs and secrets; without, AWS's own do."
  type        = string
  default     = null
}
