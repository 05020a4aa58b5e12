# What Terraform and its provider must be. The lock file is not kept: see docs/decisions/0016.

terraform {
  required_version = ">= 1.9, < 2.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region                      = var.region
  s3_use_path_style           = var.emulator
  skip_metadata_api_check     = var.emulator
  skip_region_validation      = var.emulator
  skip_credentials_validation = var.emulator

  default_tags {
    tags = merge({ project = "callscribe", stack = var.name_prefix }, var.tags)
  }
}
