"""What puts Callscribe on AWS: Terraform, the function's package, and what it all costs."""
