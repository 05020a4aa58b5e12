# A load balancer that speaks TLS under a name, and who may come in by it.

locals {
  own_certificate = var.zone_id != ""
  certificate_arn = local.own_certificate ? one(aws_acm_certificate_validation.this[*].certificate_arn) : var.certificate_arn
}

resource "aws_lb" "this" {
  #checkov:skip=CKV_AWS_91:Each request is a line in the service's own log, without the numbers an access log would have
  #checkov:skip=CKV_AWS_150:A setting, on by default
  #checkov:skip=CKV2_AWS_76:The firewall is a setting, and its rules against known bad inputs are those for Log4j
  #checkov:skip=CKV2_AWS_28:The firewall is a setting, on by default for what the internet reaches
  name                       = var.name
  internal                   = var.internal #checkov:skip=CKV2_AWS_20:There is no listener on port 80 to redirect from
  load_balancer_type         = "application"
  subnets                    = var.internal ? var.network.task_subnet_ids : var.network.public_subnet_ids
  security_groups            = [aws_security_group.balancer.id]
  drop_invalid_header_fields = true
  enable_deletion_protection = var.deletion_protection
}

resource "aws_lb_target_group" "this" {
  #checkov:skip=CKV_AWS_378:TLS ends at the balancer; inside, only the balancer reaches the tasks
  name                 = var.name
  vpc_id               = var.network.vpc_id
  target_type          = "ip"
  port                 = var.port
  protocol             = "HTTP"
  deregistration_delay = 20

  health_check {
    path                = var.health_path
    matcher             = "200"
    interval            = 10
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = local.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this.arn
  }
}

resource "aws_security_group" "balancer" {
  name        = "${var.name}-balancer"
  description = "${var.name}: who may call"
  vpc_id      = var.network.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "callers" {
  for_each = var.allowed_cidrs

  security_group_id = aws_security_group.balancer.id
  description       = "Callers, over TLS"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = each.key
}

resource "aws_vpc_security_group_egress_rule" "to_tasks" {
  security_group_id            = aws_security_group.balancer.id
  description                  = "Its tasks"
  ip_protocol                  = "tcp"
  from_port                    = var.port
  to_port                      = var.port
  referenced_security_group_id = aws_security_group.tasks.id
}

resource "aws_security_group" "tasks" {
  name        = var.name
  description = "${var.name}: its balancer alone comes in"
  vpc_id      = var.network.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "from_balancer" {
  security_group_id            = aws_security_group.tasks.id
  description                  = "Its balancer"
  ip_protocol                  = "tcp"
  from_port                    = var.port
  to_port                      = var.port
  referenced_security_group_id = aws_security_group.balancer.id
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.tasks.id
  description       = "AWS, over TLS"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

# With a zone of one's own the certificate and the name are made here.

resource "aws_acm_certificate" "this" {
  count = local.own_certificate ? 1 : 0

  domain_name       = var.domain
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "proof" {
  for_each = toset(local.own_certificate ? [var.domain] : [])

  zone_id = var.zone_id
  name    = one([for proof in aws_acm_certificate.this[0].domain_validation_options : proof.resource_record_name])
  type    = one([for proof in aws_acm_certificate.this[0].domain_validation_options : proof.resource_record_type])
  records = [for proof in aws_acm_certificate.this[0].domain_validation_options : proof.resource_record_value]
  ttl     = 300
}

resource "aws_acm_certificate_validation" "this" {
  count = local.own_certificate ? 1 : 0

  certificate_arn         = aws_acm_certificate.this[0].arn
  validation_record_fqdns = [for proof in aws_route53_record.proof : proof.fqdn]
}

resource "aws_route53_record" "this" {
  count = local.own_certificate ? 1 : 0

  zone_id = var.zone_id
  name    = var.domain
  type    = "A"

  alias {
    name                   = aws_lb.this.dns_name
    zone_id                = aws_lb.this.zone_id
    evaluate_target_health = false
  }
}

resource "aws_wafv2_web_acl" "this" {
  #checkov:skip=CKV2_AWS_31:Its metrics tell what it blocks; logs would hold phone numbers
  count = var.requests_per_address > 0 ? 1 : 0

  name  = var.name
  scope = "REGIONAL"

  default_action {
    allow {}
  }

  rule {
    name     = "too-many-requests"
    priority = 0

    action {
      block {}
    }

    statement {
      rate_based_statement {
        aggregate_key_type = "IP"
        limit              = var.requests_per_address
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "${var.name}-too-many-requests"
      sampled_requests_enabled   = false
    }
  }

  rule {
    name     = "known-bad-inputs"
    priority = 1

    override_action {
      none {}
    }

    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesKnownBadInputsRuleSet"
        vendor_name = "AWS"
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "${var.name}-known-bad-inputs"
      sampled_requests_enabled   = false
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = var.name
    sampled_requests_enabled   = false
  }
}

resource "aws_wafv2_web_acl_association" "this" {
  count = var.requests_per_address > 0 ? 1 : 0

  resource_arn = aws_lb.this.arn
  web_acl_arn  = aws_wafv2_web_acl.this[0].arn
}
