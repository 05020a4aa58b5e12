variable "name" {
  description = "The queue's name; its dead-letter queue is named after it."
  type        = string
}

variable "handling_seconds" {
  description = "Seconds that a received message is hidden; the worker renews it."
  type        = number

  validation {
    condition     = var.handling_seconds >= 3 && var.handling_seconds <= 43200
    error_message = "SQS hides a message for 12 hours at most, and the worker renews no faster than 3 seconds allow."
  }
}

variable "attempts" {
  description = "Receives before SQS itself gives up: more than a worker's MAX_ATTEMPTS, which gives the reason."
  type        = number
  default     = 20
}

variable "retention_days" {
  description = "Days that a message waits. A dead letter keeps its age, and 14 days are the most SQS keeps."
  type        = number
  default     = 7

  validation {
    condition     = var.retention_days >= 1 && var.retention_days < 14
    error_message = "Must be under the 14 days of the dead-letter queue, which keeps a message's first timestamp."
  }
}

variable "oldest_seconds" {
  description = "The age of the oldest message that sets off the alarm."
  type        = number
}

variable "kms_key_arn" {
  description = "The key that encrypts both queues; without, SQS's own does."
  type        = string
  default     = null
}

variable "alarm_topic_arns" {
  description = "Whom alarms tell."
  type        = list(string)
}

variable "runbooks" {
  description = "Where the runbooks are."
  type        = string
}

variable "alarms" {
  description = "Whether there are alarms."
  type        = bool
  default     = true
}
