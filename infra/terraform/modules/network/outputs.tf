output "network" {
  description = "The network as the services want it; tasks need their way out, so it comes after that."
  depends_on  = [aws_route_table_association.private, aws_route_table_association.public]

  value = {
    vpc_id            = aws_vpc.this.id
    task_subnet_ids   = [for subnet in aws_subnet.private : subnet.id]
    public_subnet_ids = [for subnet in aws_subnet.public : subnet.id]
  }
}
