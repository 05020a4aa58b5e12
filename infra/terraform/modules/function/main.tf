# A Python function that EventBridge calls, with logs that end.

resource "aws_cloudwatch_log_group" "this" {
  #checkov:skip=CKV_AWS_158:Encrypted by CloudWatch's key; a key of one's own is a setting
  #checkov:skip=CKV_AWS_338:How long logs are kept is a setting, a year by default
  name              = var.log_group
  retention_in_days = var.log_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_lambda_function" "this" {
  #checkov:skip=CKV_AWS_115:A limit of its own would take from the account's; Transcribe's 25 starts a second bound its calls
  #checkov:skip=CKV_AWS_117:It speaks to AWS only, which needs no network of ours
  #checkov:skip=CKV_AWS_173:Its variables hold names, no secrets; a key of one's own is a setting
  #checkov:skip=CKV_AWS_272:Who may deploy may sign; the role that deploys is the gate
  #checkov:skip=CKV_AWS_50:Logs carry the correlation id; tracing is a setting of the account
  function_name    = var.name
  role             = var.role_arn
  runtime          = var.runtime
  architectures    = [var.architecture == "ARM64" ? "arm64" : "x86_64"]
  handler          = var.handler
  filename         = var.package
  source_code_hash = filebase64sha256(var.package)
  timeout          = 30
  memory_size      = 256
  kms_key_arn      = var.kms_key_arn

  environment {
    variables = var.environment
  }

  dead_letter_config {
    target_arn = var.failures_arn
  }

  logging_config {
    log_format = "Text" # each line is one JSON object already
    log_group  = aws_cloudwatch_log_group.this.name
  }
}

# EventBridge is content once Lambda has the event; from there on Lambda's own retries count, and what
# they end with is the plain event on the queue above.
resource "aws_lambda_function_event_invoke_config" "this" {
  function_name                = aws_lambda_function.this.function_name
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 6 * 60 * 60
}

resource "aws_lambda_permission" "invoker" {
  statement_id  = "FromTheRule"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.function_name
  principal     = "events.amazonaws.com"
  source_arn    = var.invoker_arn
}
