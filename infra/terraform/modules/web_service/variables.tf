variable "name" {
  description = "The service's name: 32 characters at most, as a load balancer's."
  type        = string

  validation {
    condition     = length(var.name) <= 32
    error_message = "A load balancer's name has 32 characters at most: choose a shorter prefix."
  }
}

variable "cluster" {
  description = "The cluster it runs in."
  type        = object({ name = string, arn = string })
}

variable "network" {
  description = "The VPC, the subnets of tasks and those that the internet reaches."
  type        = object({ vpc_id = string, task_subnet_ids = list(string), public_subnet_ids = list(string) })
}

variable "task_definition_arn" {
  description = "What a task is."
  type        = string
}

variable "port" {
  description = "The port that tasks listen on."
  type        = number
}

variable "health_path" {
  description = "The path that answers 200 while a task can take requests."
  type        = string
}

variable "domain" {
  description = "The name callers use."
  type        = string
}

variable "zone_id" {
  description = "The Route 53 zone of the name: then certificate and record are made here. Empty if DNS is elsewhere."
  type        = string
  default     = ""
}

variable "certificate_arn" {
  description = "The certificate for the name, if there is no zone."
  type        = string
  default     = ""
}

variable "internal" {
  description = "Whether only those in the network reach it."
  type        = bool
  default     = false
}

variable "allowed_cidrs" {
  description = "The addresses that may call."
  type        = set(string)
}

variable "requests_per_address" {
  description = "Requests in five minutes after which a firewall blocks an address; 0 for no firewall."
  type        = number
  default     = 0

  validation {
    condition     = var.requests_per_address == 0 || var.requests_per_address >= 10
    error_message = "AWS WAF counts from 10 on."
  }
}

variable "requests_per_minute" {
  description = "Requests a minute for each task that the scaling aims at."
  type        = number
}

variable "min_tasks" {
  description = "Tasks that always run; with one, a lost zone is an outage of minutes."
  type        = number

  validation {
    condition     = var.min_tasks >= 1
    error_message = "Nobody would answer."
  }
}

variable "max_tasks" {
  description = "Tasks that run at most."
  type        = number
}

variable "slow_seconds" {
  description = "Seconds that the slowest answer in a hundred may take."
  type        = number
}

variable "deletion_protection" {
  description = "Whether the balancer withstands a destroy."
  type        = bool
}

variable "alarms" {
  description = "Whether there are alarms."
  type        = bool
}

variable "alarm_topic_arns" {
  description = "Whom alarms tell."
  type        = list(string)
}

variable "runbooks" {
  description = "Where the runbooks are."
  type        = string
}

variable "autoscaling" {
  description = "Whether the number of tasks follows the work; without, min_tasks run."
  type        = bool
  default     = true
}
