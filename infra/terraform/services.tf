# The containers: each program on as many tasks as its queues or its callers want.

locals {
  workers = {
    recorder    = { image = "recorder", cpu = 512, memory = 1024, seconds_per_message = 5, concurrency = 8 }
    transcriber = { image = "transcriber", cpu = 256, memory = 512, seconds_per_message = 0.5, concurrency = 8 }
    results     = { image = "results", cpu = 512, memory = 2048, seconds_per_message = 1, concurrency = 4 }
    notify      = { image = "results", cpu = 256, memory = 512, seconds_per_message = 1, concurrency = 8, command = ["python", "-m", "results.notify"] }
  }

  webs = {
    webhook-gateway = {
      image        = "webhook-gateway"
      command      = null
      port         = 3000
      health       = "/health"
      ready        = "/ready"
      domain       = var.gateway_domain
      certificate  = var.gateway_certificate_arn
      internal     = false
      callers      = ["0.0.0.0/0"] # Vonage's; the signature says whether they are
      slow_seconds = 2
    }

    results-web = {
      image        = "results"
      command      = ["python", "-m", "results.web"]
      port         = 8080
      health       = "/api/v1/health"
      ready        = "/api/v1/health"
      domain       = var.pages_domain
      certificate  = var.pages_certificate_arn
      internal     = var.pages_internal
      callers      = var.pages_callers
      slow_seconds = 5
    }
  }

  # The pages want a name of their own; without one they are not served.
  served = { for program, what in local.webs : program => what if var.deploy_services && what.domain != "" }

  images        = toset([for program in merge(local.workers, local.webs) : program.image])
  worker_health = "http://127.0.0.1:8080/health"

  # A worker finishes its poll of 20 s, then drains for 30 s, and needs a moment to say so.
  worker_stop_seconds = 20 + 30 + 10

  # Names of queues a worker reads, from the one place that says so.
  reads = { for program, what in local.programs : program => [for queue in what.reads : module.queue[queue].name] }
}

resource "aws_ecr_repository" "this" {
  #checkov:skip=CKV_AWS_136:Encrypted by ECR's key; images hold no secrets
  #checkov:skip=CKV_AWS_51:A setting: tags of a release never move, those of a try-out may
  for_each = var.repositories ? local.images : []

  name                 = "${local.prefix}/${each.key}"
  image_tag_mutability = var.immutable_tags ? "IMMUTABLE" : "MUTABLE"
  force_delete         = !var.deletion_protection

  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecr_lifecycle_policy" "this" {
  for_each   = aws_ecr_repository.this
  repository = each.value.name

  policy = jsonencode({
    rules = [{
      rulePriority = 1
      description  = "Twenty images are enough to go back to"
      selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 20 }
      action       = { type = "expire" }
    }]
  })
}

locals {
  registry   = "${local.account}.dkr.ecr.${var.region}.amazonaws.com"
  repository = { for image in local.images : image => "${local.prefix}/${image}" }
}

resource "aws_ecs_cluster" "this" {
  count = var.deploy_services ? 1 : 0

  name = local.prefix

  # The workers' scaling divides by the tasks that run, which only this counts.
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_cluster_capacity_providers" "this" {
  count = var.deploy_services ? 1 : 0

  cluster_name       = aws_ecs_cluster.this[0].name
  capacity_providers = ["FARGATE", "FARGATE_SPOT"]
}

module "task" {
  source   = "./modules/task"
  for_each = { for program, what in merge(local.workers, local.served) : program => what if var.deploy_services }

  name           = "${local.prefix}-${each.key}"
  image          = "${local.registry}/${local.repository[each.value.image]}:${var.image_tag}"
  repository_arn = "arn:${local.partition}:ecr:${var.region}:${local.account}:repository/${local.repository[each.value.image]}"
  command        = try(each.value.command, null)
  role_arn       = module.role[each.key].arn
  environment    = local.environment[each.key]
  port           = try(each.value.port, null)
  health_url     = try("http://127.0.0.1:${each.value.port}${each.value.health}", local.worker_health)

  secrets = merge(
    { for variable, secret in lookup(local.secret_environment, each.key, {}) : variable => aws_secretsmanager_secret.this[secret].arn },
    lookup(var.secret_settings, each.key, {}),
  )

  stop_seconds = contains(keys(local.webs), each.key) ? 30 : local.worker_stop_seconds
  cpu          = try(each.value.cpu, 512)
  memory       = try(each.value.memory, 1024)
  architecture = var.architecture
  log_group    = "/${local.prefix}/${each.key}"
  log_days     = var.log_days
  kms_key_arn  = local.kms_key_arn
}

module "worker" {
  source   = "./modules/worker"
  for_each = { for program, what in local.workers : program => what if var.deploy_services }

  name                = "${local.prefix}-${each.key}"
  cluster             = { name = aws_ecs_cluster.this[0].name, arn = aws_ecs_cluster.this[0].arn }
  network             = local.network
  task_definition_arn = module.task[each.key].arn
  queue_names         = local.reads[each.key]
  concurrency         = each.value.concurrency
  seconds_per_message = each.value.seconds_per_message
  wait_seconds        = var.wait_seconds
  min_tasks           = var.min_workers
  max_tasks           = lookup(var.max_workers, each.key, var.max_workers["other"])
  spot                = var.spot
  autoscaling         = var.autoscaling
  runbooks            = var.runbooks

  depends_on = [aws_ecs_cluster_capacity_providers.this]
}

module "web" {
  source   = "./modules/web_service"
  for_each = { for program, what in local.served : program => what }

  name                 = "${local.prefix}-${each.key == "webhook-gateway" ? "gateway" : "web"}"
  cluster              = { name = aws_ecs_cluster.this[0].name, arn = aws_ecs_cluster.this[0].arn }
  network              = local.network
  task_definition_arn  = module.task[each.key].arn
  port                 = each.value.port
  health_path          = each.value.ready
  domain               = each.value.domain
  zone_id              = var.zone_id
  certificate_arn      = each.value.certificate
  internal             = each.value.internal
  allowed_cidrs        = each.value.callers
  requests_per_address = var.requests_per_address
  requests_per_minute  = var.requests_per_minute
  min_tasks            = var.min_webs
  max_tasks            = var.max_webs
  autoscaling          = var.autoscaling
  slow_seconds         = each.value.slow_seconds
  deletion_protection  = var.deletion_protection
  alarms               = var.alarms
  alarm_topic_arns     = [aws_sns_topic.alarms.arn]
  runbooks             = var.runbooks

  depends_on = [aws_ecs_cluster_capacity_providers.this]
}
