#!/bin/sh
# Makes what infra/terraform describes on whichever emulator serves it.
set -eu
cd /stack/infra/terraform

# The function runs inside an emulator, and reaches the others by these.
TF_VAR_notifier_environment=$(cat <<JSON
{
  "AWS_ACCESS_KEY_ID": "$AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY": "$AWS_SECRET_ACCESS_KEY",
  "AWS_ENDPOINT_URL_SQS": "${AWS_ENDPOINT_URL_SQS:-$AWS_ENDPOINT_URL}",
  "AWS_ENDPOINT_URL_TRANSCRIBE": "$AWS_ENDPOINT_URL_TRANSCRIBE"
}
JSON
)
export TF_VAR_notifier_environment

terraform apply -auto-approve -input=false -no-color -compact-warnings \
  -var-file=emulator.tfvars -state=/state/terraform.tfstate
