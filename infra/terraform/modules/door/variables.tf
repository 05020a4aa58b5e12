variable "name" {
  description = "The service's name: 32 characters at most, as a load balancer's."
  type        = string

  validation {
    condition     = length(var.name) <= 32
    error_message = "A load balancer's name has 32 characters at most: choose a shorter prefix."
  }
}

variable "network" {
  description = "The VPC, the subnets of tasks and those that the internet reaches."
  type        = object({ vpc_id = string, task_subnet_ids = list(string), public_subnet_ids = list(string) })
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

variable "deletion_protection" {
  description = "Whether the balancer withstands a destroy."
  type        = bool
}
