# What each program reads, writes and may do. Its role, its variables and its alarms follow from here.

locals {
  audio_objects       = "${module.audio.arn}/recordings/*"
  transcribe_objects  = "${module.transcripts.arn}/transcribe/*"
  transcripts_objects = "${module.transcripts.arn}/transcripts/*"
  jobs                = "arn:${local.partition}:transcribe:${var.region}:${local.account}:transcription-job/${local.job_prefix}*"

  # callscribe.job puts these on every job; a test compares the two.
  job_tags = ["recording_id", "conversation_id", "correlation_id"]

  # The queues whose dead letters a person may send back from the pages.
  retried = ["recordings", "transcriptions", "completions", "call-events"]

  programs = {
    webhook-gateway = {
      reads  = []
      writes = ["recordings", "call-events"]
      may = [
        # It says whether it is ready by asking whether the queues are there.
        { sid = "SeesItsQueues", actions = ["sqs:GetQueueAttributes"], resources = [module.queue["recordings"].arn, module.queue["call-events"].arn] },
      ]
    }

    recorder = {
      reads  = ["recordings"]
      writes = ["transcriptions", "call-events"]
      may = [
        # The parts that it cuts are written after the whole, and replaced if it starts again.
        { sid = "KeepsAudio", actions = ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload"], resources = [local.audio_objects] },
        { sid = "FindsAudio", actions = ["s3:ListBucket"], resources = [module.audio.arn] },
      ]
    }

    transcriber = {
      reads  = ["transcriptions"]
      writes = ["call-events", "completions"]
      may = [
        # Starting knows no job by name in IAM, so where the result goes is what holds it.
        { sid = "StartsJobs", actions = ["transcribe:StartTranscriptionJob"], resources = ["*"], only_if = { "transcribe:OutputBucketName" = module.transcripts.name } },
        { sid = "KnowsItsJobs", actions = ["transcribe:GetTranscriptionJob"], resources = [local.jobs] },
        # A job is tagged as it is started, and tagging knows no job by name in IAM either.
        { sid = "TagsItsJobs", actions = ["transcribe:TagResource"], resources = ["*"], only_tags = local.job_tags },
        # Transcribe reads and writes with the rights of who starts the job.
        { sid = "LendsAudio", actions = ["s3:GetObject"], resources = [local.audio_objects] },
        { sid = "LendsResults", actions = ["s3:PutObject"], resources = [local.transcribe_objects, "${module.transcripts.arn}/.write_access_check_file.temp"] },
        { sid = "WritesSets", actions = ["s3:PutObject", "s3:GetObject"], resources = ["${module.transcripts.arn}/transcripts/*/set.json"] },
        { sid = "SeesWhatIsMissing", actions = ["s3:ListBucket"], resources = [module.transcripts.arn] },
        # Jobs that AWS queues act by a role of their own, which there is with deferred_jobs only.
        { sid = "LendsTheRole", actions = ["iam:PassRole"], resources = ["arn:${local.partition}:iam::${local.account}:role/${local.prefix}-deferred-jobs"], only_if = { "iam:PassedToService" = "transcribe.amazonaws.com" } },
      ]
    }

    notifier = {
      reads  = []
      writes = ["completions"]
      may = [
        { sid = "KnowsItsJobs", actions = ["transcribe:GetTranscriptionJob"], resources = [local.jobs] },
        { sid = "WritesLogs", actions = ["logs:CreateLogStream", "logs:PutLogEvents"], resources = ["arn:${local.partition}:logs:${var.region}:${local.account}:log-group:/${local.prefix}/notifier:*"] },
        { sid = "GivesUp", actions = ["sqs:SendMessage"], resources = [aws_sqs_queue.undelivered.arn] },
      ]
    }

    results = {
      reads  = ["completions", "call-events"]
      writes = ["completions", "call-events", "notifications"] # to ask again later, to tell what it parked, and that there is news
      may = [
        { sid = "KnowsItsJobs", actions = ["transcribe:GetTranscriptionJob"], resources = [local.jobs] },
        { sid = "ReadsResults", actions = ["s3:GetObject"], resources = [local.transcribe_objects] },
        { sid = "KeepsTranscripts", actions = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], resources = [local.transcripts_objects] },
        # Without it S3 says "forbidden" of what is only not there yet.
        { sid = "SeesWhatIsMissing", actions = ["s3:ListBucket"], resources = [module.transcripts.arn] },
        { sid = "KeepsFacts", actions = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:DeleteItem"], resources = [aws_dynamodb_table.calls.arn] },
        # A call that was deleted takes along what comes of it later, and a waveform is drawn from the audio.
        { sid = "HearsAudio", actions = ["s3:GetObject", "s3:DeleteObject"], resources = [local.audio_objects] },
        { sid = "FindsAudio", actions = ["s3:ListBucket"], resources = [module.audio.arn] },
        { sid = "ErasesResults", actions = ["s3:DeleteObject"], resources = [local.transcribe_objects] },
      ]
    }

    notify = {
      reads  = ["notifications"]
      writes = ["notifications", "call-events"] # to try one receiver again, and to tell how it went
      may    = [for bus in aws_cloudwatch_event_bus.this : { sid = "TellsTheBus", actions = ["events:PutEvents"], resources = [bus.arn] }]
    }

    results-web = {
      reads  = []
      writes = local.retried
      may = [
        # Calls are changed and erased by the results worker; what is put here are the keys of programs.
        { sid = "ReadsCallsAndKeepsKeys", actions = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:Query"], resources = [aws_dynamodb_table.calls.arn, "${aws_dynamodb_table.calls.arn}/index/lists"] },
        # Audio is heard by an address that this role signs.
        { sid = "Gives", actions = ["s3:GetObject"], resources = [local.audio_objects, local.transcripts_objects] },
        { sid = "FindsObjects", actions = ["s3:ListBucket"], resources = [module.audio.arn, module.transcripts.arn] },
        # What was parked goes back to its queue, and its copy away.
        { sid = "TakesBackDeadLetters", actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"], resources = [for queue in local.retried : module.queue[queue].dead_letter_arn] },
      ]
    }
  }
}

module "role" {
  source   = "./modules/role"
  for_each = local.programs

  name        = "${local.prefix}-${each.key}"
  description = "What ${each.key} of Callscribe does"
  principal   = each.key == "notifier" ? "lambda.amazonaws.com" : "ecs-tasks.amazonaws.com"
  reads       = [for queue in each.value.reads : module.queue[queue].arn]
  statements  = each.value.may
  kms_key_arn = local.kms_key_arn

  writes = concat(
    [for queue in each.value.writes : module.queue[queue].arn],
    [for queue in each.value.reads : module.queue[queue].dead_letter_arn],
  )
}

# What a job that Amazon Transcribe queued reads and writes with, once its turn comes.
module "deferred_jobs" {
  source = "./modules/role"
  count  = var.deferred_jobs ? 1 : 0

  name        = "${local.prefix}-deferred-jobs"
  description = "What queued jobs of Callscribe read and write"
  principal   = "transcribe.amazonaws.com"
  kms_key_arn = local.kms_key_arn

  statements = [
    { sid = "ReadsAudio", actions = ["s3:GetObject"], resources = [local.audio_objects] },
    { sid = "FindsAudio", actions = ["s3:ListBucket"], resources = [module.audio.arn] },
    { sid = "WritesResults", actions = ["s3:PutObject"], resources = [local.transcribe_objects, "${module.transcripts.arn}/.write_access_check_file.temp"] },
  ]
}
