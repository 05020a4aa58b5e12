# What an operator may choose about the containers and what watches them.

variable "image_tag" {
  description = "The tag of all images, as `make images` and a push give it; a release's tag or a commit."
  type        = string
  default     = "latest"
}

variable "repositories" {
  description = "Whether the images' repositories are made here."
  type        = bool
  default     = true
}

variable "immutable_tags" {
  description = "Whether a tag stands for one image for ever. A try-out that pushes latest again wants false."
  type        = bool
  default     = true
}

variable "network" {
  description = "A network that is there; null makes a small one."
  default     = null

  type = object({
    vpc_id            = string
    task_subnet_ids   = list(string)
    public_subnet_ids = list(string)
  })
}

variable "interface_endpoints" {
  description = "AWS services reached inside the small network instead of through its NAT gateway: cheaper from some calls a day on, as docs/scale.md computes."
  type        = set(string)
  default     = []
}

variable "zone_id" {
  description = "The Route 53 zone of the domains: then certificates and names are made here."
  type        = string
  default     = ""
}

variable "gateway_certificate_arn" {
  description = "The gateway's certificate, if there is no zone."
  type        = string
  default     = ""
}

variable "wait_seconds" {
  description = "Seconds that a message may wait before there is another task."
  type        = number
  default     = 60
}

variable "min_workers" {
  description = "Tasks of each worker that always run; 0 lets them sleep, and the first call waits about two minutes for them."
  type        = number
  default     = 1
}

variable "max_workers" {
  description = "Tasks of each worker that run at most, by its name; other is for those not named."
  type        = map(number)
  default     = { other = 10 }

  validation {
    condition     = contains(keys(var.max_workers), "other")
    error_message = "Must have an entry named other."
  }
}

variable "spot" {
  description = "Whether workers run on spare capacity, for a third of the price. They may be killed at any time, and lose nothing."
  type        = bool
  default     = false
}

variable "min_webs" {
  description = "Tasks of the gateway, and of the pages, that always run."
  type        = number
  default     = 2
}

variable "max_webs" {
  description = "Tasks of the gateway, and of the pages, that run at most."
  type        = number
  default     = 10
}

variable "requests_per_minute" {
  description = "Requests a minute for each web task that the scaling aims at."
  type        = number
  default     = 6000
}

variable "requests_per_address" {
  description = "Requests in five minutes after which the firewall blocks an address; 0 for no firewall. Vonage calls from few addresses, so it is high."
  type        = number
  default     = 100000
}

variable "alarms" {
  description = "Whether there are alarms, a dashboard and a budget."
  type        = bool
  default     = true
}

variable "quiet_hours" {
  description = "Hours without any recording that are unusual; 0 if silence is usual."
  type        = number
  default     = 0

  validation {
    condition     = var.quiet_hours >= 0 && var.quiet_hours <= 24
    error_message = "CloudWatch looks back over a day at most."
  }
}

variable "monthly_budget" {
  description = "Dollars a month for the whole stack; at 80 % and when it looks like being exceeded, alarm_email is told. 0 for none."
  type        = number
  default     = 0
}

variable "autoscaling" {
  description = "Whether the number of tasks follows the work. Without, the least of them run; no emulator scales."
  type        = bool
  default     = true
}

# The pages

variable "pages_domain" {
  description = "The name of the pages, such as transcripts.example.com; empty for no pages."
  type        = string
  default     = ""
}

variable "pages_certificate_arn" {
  description = "The pages' certificate, if there is no zone."
  type        = string
  default     = ""
}

variable "pages_internal" {
  description = "Whether only those in the network, or on a VPN into it, reach the pages."
  type        = bool
  default     = false
}

variable "pages_callers" {
  description = "The addresses that may reach the pages: your office's, say. Nobody's unless named."
  type        = set(string)
  default     = []
}
