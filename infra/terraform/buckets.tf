# Where audio and transcripts lie, and for how long.

locals {
  # Transcribe leaves this behind each time it checks that it may write.
  write_check = "transcribe/.write_access_check_file.temp"
}

module "audio" {
  source = "./modules/bucket"

  name          = "${local.prefix}-audio${local.bucket_suffix}"
  force_destroy = !var.deletion_protection
  versioning    = var.versioning
  keep_days     = var.audio_days > 0 ? { "recordings/" = var.audio_days } : {}
  tls_only      = !var.emulator
  kms_key_arn   = local.kms_key_arn
}

module "transcripts" {
  source = "./modules/bucket"

  name          = "${local.prefix}-transcripts${local.bucket_suffix}"
  force_destroy = !var.deletion_protection
  versioning    = var.versioning
  tls_only      = !var.emulator
  kms_key_arn   = local.kms_key_arn

  keep_days = merge(
    { (local.write_check) = 1, ".write_access_check_file.temp" = 1 },
    var.transcript_days > 0 ? { "transcripts/" = var.transcript_days, "transcribe/callscribe-" = var.transcript_days } : {},
  )
}
