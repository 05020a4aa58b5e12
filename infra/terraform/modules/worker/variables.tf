variable "name" {
  description = "The service's name."
  type        = string
}

variable "cluster" {
  description = "The cluster it runs in."
  type        = object({ name = string, arn = string })
}

variable "network" {
  description = "The VPC and the subnets that tasks run in."
  type        = object({ vpc_id = string, task_subnet_ids = list(string) })
}

variable "task_definition_arn" {
  description = "What a task is."
  type        = string
}

variable "queue_names" {
  description = "The queues it reads, whose messages make the backlog."
  type        = list(string)

  validation {
    condition     = length(var.queue_names) > 0
    error_message = "A worker reads a queue; what reads none is scaled by something else."
  }
}

variable "concurrency" {
  description = "Messages that a task handles at a time."
  type        = number
}

variable "seconds_per_message" {
  description = "Seconds that one message takes, as measured."
  type        = number

  validation {
    condition     = var.seconds_per_message > 0
    error_message = "Handling takes time."
  }
}

variable "wait_seconds" {
  description = "Seconds that a message may wait before there is another task."
  type        = number
}

variable "min_tasks" {
  description = "Tasks that always run; 0 lets the service sleep until a message comes."
  type        = number
}

variable "max_tasks" {
  description = "Tasks that run at most."
  type        = number

  validation {
    condition     = var.max_tasks >= 1
    error_message = "A worker that may not run works nothing off."
  }
}

variable "spot" {
  description = "Whether tasks run on spare capacity, which AWS may take back with two minutes' notice."
  type        = bool
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
