variable "name" {
  description = "The bucket's name, which nobody else on AWS may have."
  type        = string
}

variable "force_destroy" {
  description = "Whether a destroy takes the objects along."
  type        = bool
}

variable "versioning" {
  description = "Whether what was overwritten or deleted is kept for 30 days."
  type        = bool
}

variable "keep_days" {
  description = "Days that objects are kept, by what their keys start with; keys without an entry stay."
  type        = map(number)

  validation {
    condition     = alltrue([for days in values(var.keep_days) : days >= 1])
    error_message = "S3 keeps an object for a day at least."
  }
}

variable "tls_only" {
  description = "Whether plain http is refused. An emulator speaks nothing else."
  type        = bool
  default     = true
}

variable "kms_key_arn" {
  description = "The key that encrypts the objects; without, S3's own does."
  type        = string
  default     = null
}
