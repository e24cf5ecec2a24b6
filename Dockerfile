# The build needs nothing but this folder and Debian's packages:
#   docker build --build-arg REVISION="$(git rev-parse --short=12 HEAD)" -t restorewatch .
# What is in the image, and how it is patched: docs/operations.md, "The container image".

FROM debian:bookworm-slim AS build

COPY scripts/install-dependencies /source/scripts/
RUN /source/scripts/install-dependencies --build

WORKDIR /source
COPY . .
ARG REVISION
ARG SOURCE_DATE_EPOCH
# Ends where something is missing that the program loads (chroot): a RUN below would leave files there.
RUN cmake --preset package ${REVISION:+-DRW_REVISION="$REVISION"} \
 && cmake --build --preset package --target restorewatch \
 && DESTDIR=/image cmake --install build/package --strip --component image \
 && packaging/make-image-root /image \
 && chroot /image /usr/bin/restorewatch --version \
 && install -d -m 0700 /store/restorewatch


# Nothing but the program and what it loads: no shell, no package manager, nothing to update or to
# abuse besides.
FROM scratch

ARG REVISION
LABEL org.opencontainers.image.title="restorewatch" \
      org.opencontainers.image.description="Watches MongoDB Atlas backup restore jobs for Prometheus" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.licenses="Apache-2.0"

# In this order: the first makes /var/lib the user's, too, and the second root's again.
COPY --from=build --chown=65532:65532 /store/ /var/lib/
COPY --from=build /image/ /
# A number, so that Kubernetes can see that it is not root (runAsNonRoot).
USER 65532:65532
# The one place that can be written to where the root is read-only: SQLite looks here for room to
# sort what does not fit into memory.
WORKDIR /var/lib/restorewatch

# The store: without a volume, each new container begins anew and calls nothing news at first.
VOLUME ["/var/lib/restorewatch"]
EXPOSE 9942

# By the address alone, so that a configuration that is being edited makes nobody ill. Kubernetes
# has probes instead.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 \
  CMD ["/usr/bin/restorewatch", "healthcheck", "--web.listen-address=:9942"]

# Mount the configuration and the secrets it names. Loopback, the default, would be this container
# alone; who reaches the port is decided by how it is published.
ENTRYPOINT ["/usr/bin/restorewatch"]
CMD ["--config.file=/etc/restorewatch/restorewatch.yaml", "--web.listen-address=:9942"]
