#!/bin/sh
# Makes what infra/terraform describes on whichever emulator serves it. `apply.sh plan` only looks, and
# ends with 2 if there is anything left to make.
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

case ${1:-apply} in
  plan) set -- plan -detailed-exitcode ;;
  *) set -- apply -auto-approve ;;
esac
terraform "$@" -input=false -no-color -compact-warnings \
  -var-file=emulator.tfvars -state=/state/terraform.tfstate
