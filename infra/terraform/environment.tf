# Every variable that each program must have. What it may have besides is its README's, and goes in
# var.settings.

locals {
  queue_urls       = { for name, queue in module.queue : name => queue.url }
  dead_letter_urls = { for name, queue in module.queue : name => queue.dead_letter_url }

  required_environment = {
    webhook-gateway = {
      WEBHOOK_GATEWAY_RECORDINGS_QUEUE_URL  = local.queue_urls["recordings"]
      WEBHOOK_GATEWAY_CALL_EVENTS_QUEUE_URL = local.queue_urls["call-events"]
      WEBHOOK_GATEWAY_PUBLIC_URL            = "https://${var.gateway_domain}"
      WEBHOOK_GATEWAY_PARTIES               = join(",", var.parties)
      WEBHOOK_GATEWAY_APPLICATION_ID        = var.vonage_application_id
      WEBHOOK_GATEWAY_API_KEY               = var.vonage_api_key
    }

    recorder = {
      RECORDER_QUEUE_URL                = local.queue_urls["recordings"]
      RECORDER_DEAD_LETTER_URL          = local.dead_letter_urls["recordings"]
      RECORDER_TRANSCRIPTIONS_QUEUE_URL = local.queue_urls["transcriptions"]
      RECORDER_CALL_EVENTS_QUEUE_URL    = local.queue_urls["call-events"]
      RECORDER_AUDIO_BUCKET             = module.audio.name
      RECORDER_APPLICATION_ID           = var.vonage_application_id
    }

    transcriber = {
      TRANSCRIBER_QUEUE_URL             = local.queue_urls["transcriptions"]
      TRANSCRIBER_DEAD_LETTER_URL       = local.dead_letter_urls["transcriptions"]
      TRANSCRIBER_CALL_EVENTS_QUEUE_URL = local.queue_urls["call-events"]
      TRANSCRIBER_COMPLETIONS_QUEUE_URL = local.queue_urls["completions"]
      TRANSCRIBER_TRANSCRIPTS_BUCKET    = module.transcripts.name
    }

    notifier = {
      NOTIFIER_COMPLETIONS_QUEUE_URL = local.queue_urls["completions"]
    }

    results = {
      RESULTS_COMPLETIONS_QUEUE_URL       = local.queue_urls["completions"]
      RESULTS_COMPLETIONS_DEAD_LETTER_URL = local.dead_letter_urls["completions"]
      RESULTS_CALL_EVENTS_QUEUE_URL       = local.queue_urls["call-events"]
      RESULTS_CALL_EVENTS_DEAD_LETTER_URL = local.dead_letter_urls["call-events"]
      RESULTS_NOTIFICATIONS_QUEUE_URL     = local.queue_urls["notifications"]
      RESULTS_AUDIO_BUCKET                = module.audio.name
      RESULTS_TRANSCRIPTS_BUCKET          = module.transcripts.name
      RESULTS_CALLS_TABLE                 = aws_dynamodb_table.calls.name
    }

    notify = {
      NOTIFY_QUEUE_URL             = local.queue_urls["notifications"]
      NOTIFY_DEAD_LETTER_URL       = local.dead_letter_urls["notifications"]
      NOTIFY_CALL_EVENTS_QUEUE_URL = local.queue_urls["call-events"]
      NOTIFY_EVENT_BUS             = var.event_bus ? one(aws_cloudwatch_event_bus.this[*].name) : ""
    }

    results-web = {
      RESULTS_WEB_CALLS_TABLE        = aws_dynamodb_table.calls.name
      RESULTS_WEB_AUDIO_BUCKET       = module.audio.name
      RESULTS_WEB_TRANSCRIPTS_BUCKET = module.transcripts.name
      RESULTS_WEB_PROXIES            = "1" # the load balancer

      # It sends what was parked back to its queue.
      RESULTS_WEB_RECORDINGS_QUEUE_URL      = local.queue_urls["recordings"]
      RESULTS_WEB_RECORDINGS_PARKED_URL     = local.dead_letter_urls["recordings"]
      RESULTS_WEB_TRANSCRIPTIONS_QUEUE_URL  = local.queue_urls["transcriptions"]
      RESULTS_WEB_TRANSCRIPTIONS_PARKED_URL = local.dead_letter_urls["transcriptions"]
      RESULTS_WEB_COMPLETIONS_QUEUE_URL     = local.queue_urls["completions"]
      RESULTS_WEB_COMPLETIONS_PARKED_URL    = local.dead_letter_urls["completions"]
      RESULTS_WEB_CALL_EVENTS_QUEUE_URL     = local.queue_urls["call-events"]
      RESULTS_WEB_CALL_EVENTS_PARKED_URL    = local.dead_letter_urls["call-events"]
    }
  }

  # What a choice here brings with it, before what an operator says besides.
  chosen_environment = {
    transcriber = var.deferred_jobs ? {
      TRANSCRIBER_ALLOW_DEFERRED_EXECUTION = "true"
      TRANSCRIBER_DATA_ACCESS_ROLE_ARN     = module.deferred_jobs[0].arn
    } : {}
  }

  environment = {
    for program, variables in local.required_environment :
    program => merge(variables, lookup(local.chosen_environment, program, {}), lookup(var.settings, program, {}))
  }

  # Variables whose values are in Secrets Manager, by the secret that holds each.
  secret_environment = {
    notify          = var.webhooks ? { NOTIFY_RECEIVERS = "receivers" } : {}
    webhook-gateway = { WEBHOOK_GATEWAY_SIGNATURE_SECRETS = "signature-secrets" }
    recorder        = { RECORDER_PRIVATE_KEY = "private-key" }
    results-web     = { RESULTS_WEB_ACCESS_TOKEN = "access-token", RESULTS_WEB_SESSION_SECRET = "session-secret" }
  }
}
