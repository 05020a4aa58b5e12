# Where secrets go. Terraform makes the places and never sees what is in them: `make vonage-setup` or
# `aws secretsmanager put-secret-value` puts it there, so it is in no state file.

locals {
  secrets = {
    private-key       = "The Vonage application's private key, as PEM"
    signature-secrets = "The Vonage account's signature secret, or two with a comma while it changes"
    access-token      = "What opens the pages, for a person; at least 16 characters"
    receivers         = "Who is told by webhook that a transcript is ready: a list in JSON, with the secret of each"
    session-secret    = "What signs the sessions of the pages; at least 32 characters"
  }
}

resource "aws_secretsmanager_secret" "this" {
  #checkov:skip=CKV_AWS_149:Encrypted by Secrets Manager's key; a key of one's own is a setting
  #checkov:skip=CKV2_AWS_57:Vonage's secrets change at Vonage, by hand
  for_each = local.secrets

  name                    = "${local.prefix}/${each.key}"
  description             = each.value
  kms_key_id              = local.kms_key_arn
  recovery_window_in_days = var.deletion_protection ? 7 : 0
}
