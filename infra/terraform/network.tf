# Where the tasks run: in a network that is there, or in a small one of our own.

module "network" {
  source = "./modules/network"
  count  = var.deploy_services && var.network == null ? 1 : 0

  name                = local.prefix
  interface_endpoints = var.interface_endpoints
}

locals {
  network = var.network == null ? one(module.network[*].network) : var.network
}
