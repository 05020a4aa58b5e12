variable "name" {
  description = "The function's name."
  type        = string
}

variable "handler" {
  description = "The Python function to call, with its module."
  type        = string
}

variable "package" {
  description = "The zip with the code and all it needs beside boto3."
  type        = string
}

variable "role_arn" {
  description = "The role it runs under."
  type        = string
}

variable "runtime" {
  description = "The Python of Lambda."
  type        = string
  default     = "python3.13"
}

variable "architecture" {
  description = "X86_64 or ARM64: the one the package was built for."
  type        = string
}

variable "environment" {
  description = "The function's variables; no secrets."
  type        = map(string)
}

variable "invoker_arn" {
  description = "The one rule that may call it."
  type        = string
}

variable "failures_arn" {
  description = "The queue for events that it failed on to the end."
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
  description = "The key that encrypts variables and logs; without, AWS's own do."
  type        = string
  default     = null
}
