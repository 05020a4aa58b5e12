variable "name" {
  description = "The network's name."
  type        = string
}

variable "cidr" {
  description = "Its addresses."
  type        = string
  default     = "10.80.0.0/20"
}

variable "interface_endpoints" {
  description = "AWS services that are reached inside the network, such as sqs, instead of through the NAT gateway."
  type        = set(string)
  default     = []
}
