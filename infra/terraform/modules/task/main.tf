# One program in a container of its own: what it runs, as whom, with which variables, and its logs.

data "aws_region" "this" {}

resource "aws_cloudwatch_log_group" "this" {
  #checkov:skip=CKV_AWS_158:Encrypted by CloudWatch's key; a key of one's own is a setting
  #checkov:skip=CKV_AWS_338:How long logs are kept is a setting, a year by default
  name              = var.log_group
  retention_in_days = var.log_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_ecs_task_definition" "this" {
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.memory
  task_role_arn            = var.role_arn
  execution_role_arn       = aws_iam_role.starter.arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.architecture
  }

  # The one place that may be written: what a recording is cut from goes through it.
  volume {
    name = "tmp"
  }

  container_definitions = jsonencode([{
    name                   = "program"
    image                  = var.image
    command                = var.command
    essential              = true
    readonlyRootFilesystem = true
    stopTimeout            = var.stop_seconds
    linuxParameters        = { initProcessEnabled = true, capabilities = { add = [], drop = ["ALL"] } }
    mountPoints            = [{ sourceVolume = "tmp", containerPath = "/tmp", readOnly = false }]
    volumesFrom            = []
    systemControls         = []
    portMappings           = var.port == null ? [] : [{ containerPort = var.port, hostPort = var.port, protocol = "tcp" }]

    environment = [
      for variable, value in merge({ AWS_DEFAULT_REGION = data.aws_region.this.name, TMPDIR = "/tmp" }, var.environment) :
      { name = variable, value = value }
    ]

    secrets = [for variable, arn in var.secrets : { name = variable, valueFrom = arn }]

    healthCheck = {
      command     = ["CMD", "python", "-m", "callscribe.probe", var.health_url]
      interval    = 15
      timeout     = 5
      retries     = 3
      startPeriod = 30
    }

    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this.name
        awslogs-region        = data.aws_region.this.name
        awslogs-stream-prefix = "task"
      }
    }
  }])
}

# Who starts the container: it fetches the image, opens the log and reads this program's secrets.
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "starts" {
  statement {
    sid       = "LogsIn"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"] # it names no resource
  }

  statement {
    sid       = "FetchesTheImage"
    actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    resources = [var.repository_arn]
  }

  statement {
    sid       = "WritesLogs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.this.arn}:*"]
  }

  dynamic "statement" {
    for_each = length(var.secrets) > 0 ? [1] : []

    content {
      sid       = "ReadsItsSecrets"
      actions   = ["secretsmanager:GetSecretValue"]
      resources = values(var.secrets)
    }
  }

  dynamic "statement" {
    for_each = var.kms_key_arn == null ? [] : [var.kms_key_arn]

    content {
      sid       = "OpensItsSecrets"
      actions   = ["kms:Decrypt"]
      resources = [statement.value]
    }
  }
}

resource "aws_iam_role" "starter" {
  name               = "${var.name}-starter"
  description        = "Starts ${var.name}"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "starter" {
  name   = "starts-it"
  role   = aws_iam_role.starter.id
  policy = data.aws_iam_policy_document.starts.json
}
