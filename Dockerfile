# dbtc with the Java runtime it needs, on a small Debian: what `make dist` packed, for the platform that is asked for.
# How to build and use it: docs/install.md.

FROM --platform=$BUILDPLATFORM debian:bookworm-slim@sha256:88200866dfff7ea7f5cbcb6ec7c8a701889efe6fe859fe64d6990e4b07ea4171 AS archive
ARG TARGETARCH
COPY target/dist /dist
RUN case $TARGETARCH in amd64) arch=x64 ;; *) arch=$TARGETARCH ;; esac && \
    mkdir /dbtc && tar -xf /dist/dbtc-*-linux-$arch.tar.gz --strip-components=1 -C /dbtc

FROM debian:bookworm-slim@sha256:88200866dfff7ea7f5cbcb6ec7c8a701889efe6fe859fe64d6990e4b07ea4171
# COPY keeps the dates, by which the cache knows the jars
COPY --from=archive /dbtc /usr/local
USER 10001:10001
WORKDIR /work
ENTRYPOINT ["dbtc"]
