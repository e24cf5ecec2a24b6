# The build needs nothing but this folder and Debian's packages:
#   docker build --build-arg REVISION="$(git rev-parse --short=12 HEAD)" -t restorewatch .

FROM debian:bookworm-slim AS build

RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      cmake g++ libc6-dev ninja-build pkg-config \
      libcli11-dev libcpp-httplib-dev libcurl4-openssl-dev libsimdjson-dev libspdlog-dev \
      libsqlite3-dev libssl-dev libyaml-cpp-dev prometheus-cpp-dev libxxhash-dev zlib1g-dev \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /source
COPY . .
ARG REVISION=unknown
RUN cmake --preset release -DRW_TESTS=OFF -DRW_REVISION="$REVISION" \
 && cmake --build --preset release --target restorewatch \
 && install -s -D build/release/bin/restorewatch /image/usr/bin/restorewatch \
 && install -D -m 0644 config/restorewatch.yaml /image/etc/restorewatch/restorewatch.yaml \
 && install -d -m 0700 /image/var/lib/restorewatch


FROM debian:bookworm-slim

ARG REVISION=unknown
LABEL org.opencontainers.image.title="restorewatch" \
      org.opencontainers.image.description="Watches MongoDB Atlas backup restore jobs for Prometheus" \
      org.opencontainers.image.revision="$REVISION"

RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      ca-certificates libcpp-httplib0.11 libcurl4 libprometheus-cpp-core1.0 libsimdjson14 \
      libspdlog1.10 libsqlite3-0 libssl3 libxxhash0 libyaml-cpp0.7 zlib1g \
 && rm -rf /var/lib/apt/lists/*

# A number, so that Kubernetes can see that it is not root (runAsNonRoot).
COPY --from=build --chown=65532:65532 /image/var/lib/ /var/lib/
COPY --from=build /image/etc/restorewatch /etc/restorewatch
COPY --from=build /image/usr/bin/restorewatch /usr/bin/restorewatch
USER 65532:65532

# Ends the build here if a shared library is missing above.
RUN ["/usr/bin/restorewatch", "--version"]

# The store: without a volume, each new container begins anew and calls nothing news at first.
VOLUME ["/var/lib/restorewatch"]
EXPOSE 9942

# Mount the configuration and the secrets it names. Loopback, the default, would be this container
# alone; who reaches the port is decided by how it is published.
ENTRYPOINT ["/usr/bin/restorewatch"]
CMD ["--config.file=/etc/restorewatch/restorewatch.yaml", "--web.listen-address=:9942"]
