variable "name" {
  description = "The role's name."
  type        = string
}

variable "description" {
  description = "Whose role it is."
  type        = string
}

variable "principal" {
  description = "The AWS service that runs the program."
  type        = string
  default     = "ecs-tasks.amazonaws.com"
}

variable "reads" {
  description = "ARNs of the queues it reads."
  type        = list(string)
  default     = []
}

variable "writes" {
  description = "ARNs of the queues it puts messages on, dead-letter queues among them."
  type        = list(string)
  default     = []
}

variable "statements" {
  description = "What else it may do: the actions, on what, only if these keys have these values, and only with these tags."
  default     = []

  type = list(object({
    sid       = string
    actions   = list(string)
    resources = list(string)
    only_if   = optional(map(string), {})
    only_tags = optional(list(string), [])
  }))
}

variable "kms_key_arn" {
  description = "The key that encrypts what it reads and writes."
  type        = string
  default     = null
}
