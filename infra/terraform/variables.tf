# What an operator may choose. Only what has no default must be.

variable "region" {
  description = "The AWS region of everything; audio and transcripts must share it."
  type        = string
  default     = "eu-west-1"
}

variable "name_prefix" {
  description = "What every name starts with, so that several stacks live side by side in one account."
  type        = string
  default     = "callscribe"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", var.name_prefix))
    error_message = "Must be 3 to 20 lower-case letters, digits and hyphens, because buckets are named with it."
  }
}

variable "bucket_suffix" {
  description = "What bucket names end with. By default account and region, since they are shared by all of AWS."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags on everything, beside project and stack."
  type        = map(string)
  default     = {}
}

variable "emulator" {
  description = "Whether AWS is an emulator on this machine: then buckets are addressed by path and credentials are not asked about."
  type        = bool
  default     = false
}

variable "deploy_services" {
  description = "Whether the containers run here too. Without, only queues, buckets, table, rule, function, roles and secrets are made."
  type        = bool
  default     = true
}

variable "deletion_protection" {
  description = "Whether buckets with objects in them and the table withstand a destroy."
  type        = bool
  default     = true
}

variable "customer_managed_key" {
  description = "Whether a KMS key of your own encrypts queues, buckets, table and secrets, instead of AWS's keys. Costs a dollar a month and a little for each call."
  type        = bool
  default     = false
}

# How a job's end comes back

variable "completion_route" {
  description = "How the end of a job reaches the completions queue: straight from EventBridge (sqs) or through the notifier (lambda)."
  type        = string
  default     = "sqs"

  validation {
    condition     = contains(["sqs", "lambda"], var.completion_route)
    error_message = "Must be sqs or lambda."
  }
}

variable "transcribe_event_sources" {
  description = "Who may say that a job ended. A local stand-in is admitted here, because only AWS may speak as aws.transcribe."
  type        = list(string)
  default     = ["aws.transcribe"]
}

variable "deferred_jobs" {
  description = "Whether Amazon Transcribe queues jobs over the account's limit, up to 10,000, instead of refusing them."
  type        = bool
  default     = false
}

variable "notifier_package" {
  description = "The notifier's zip, as `make package` builds it. Wanted by the lambda route only."
  type        = string
  default     = "../../out/notifier.zip"
}

variable "notifier_environment" {
  description = "Further variables of the notifier; an emulator's function finds the local Transcribe by them."
  type        = map(string)
  default     = {}
}

# How long things are kept

variable "audio_days" {
  description = "Days that recordings are kept; 0 keeps them for ever."
  type        = number
  default     = 90
}

variable "transcript_days" {
  description = "Days that transcripts are kept; 0 keeps them for ever."
  type        = number
  default     = 0
}

variable "versioning" {
  description = "Whether the buckets keep what was overwritten or deleted, for 30 days."
  type        = bool
  default     = true
}

variable "log_days" {
  description = "Days that logs are kept."
  type        = number
  default     = 365
}

# Who is told

variable "alarm_email" {
  description = "Who gets the alarms and the budget's warnings by mail; empty for nobody."
  type        = string
  default     = ""
}

variable "runbooks" {
  description = "Where the runbooks are, for the links in the alarms."
  type        = string
  default     = "docs/runbooks"
}

variable "oldest_message_seconds" {
  description = "The age of a queue's oldest message that wakes somebody up."
  type        = number
  default     = 1800
}

# What the programs are told

variable "gateway_domain" {
  description = "The name under which Vonage reaches the gateway, such as calls.example.com."
  type        = string
  default     = ""

  validation {
    condition     = var.gateway_domain != "" || !var.deploy_services
    error_message = "The services need a name for Vonage to call; deploy_services = false makes the rest without."
  }
}

variable "parties" {
  description = "Whom a call is connected to: numbers, sip: addresses or app: users."
  type        = list(string)
  default     = []
}

variable "vonage_application_id" {
  description = "The Vonage application that makes the recordings."
  type        = string
  default     = ""
}

variable "vonage_api_key" {
  description = "The Vonage account whose webhooks are taken; empty for any."
  type        = string
  default     = ""
}

variable "settings" {
  description = "Further variables of each program, as its README lists them: { transcriber = { TRANSCRIBER_LANGUAGE_CODE = \"en-US\" } }."
  type        = map(map(string))
  default     = {}
}

variable "secret_settings" {
  description = "Further variables of each program whose values are secrets, by the ARNs of those: { results-web = { RESULTS_WEB_OIDC_CLIENT_SECRET = \"arn:…\" } }."
  type        = map(map(string))
  default     = {}
}

variable "webhooks" {
  description = "Whether others are told by webhook that a transcript is ready; who, the secret named receivers says."
  type        = bool
  default     = false
}

variable "event_bus" {
  description = "Whether there is an EventBridge bus that is told that a transcript is ready."
  type        = bool
  default     = false
}

variable "architecture" {
  description = "The processor of tasks and function, for which images and package are built: X86_64 or ARM64, which is a fifth cheaper."
  type        = string
  default     = "X86_64"

  validation {
    condition     = contains(["X86_64", "ARM64"], var.architecture)
    error_message = "Must be X86_64 or ARM64."
  }
}
