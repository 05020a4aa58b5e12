# AWS on this machine: LocalStack or MiniStack. Point the provider to it with AWS_ENDPOINT_URL.

emulator                 = true
deploy_services          = false
repositories             = false
alarms                   = false
autoscaling              = false
deletion_protection      = false
bucket_suffix            = ""
transcribe_event_sources = ["callscribe.transcribe"]
notifier_package         = "../../out/notifier-bare.zip"
