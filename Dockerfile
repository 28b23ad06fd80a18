# dbtc with the Java runtime it needs, on a small Debian. How to build and use it: docs/install.md.

FROM maven:3.9.16-eclipse-temurin-25@sha256:93b8a14ea2f412782e4e842651273b4d903e35cc496284f178fbbe2d67d00976 AS build
WORKDIR /build
COPY . .
RUN mvn --batch-mode --quiet -DskipTests verify && dist/archive /archive && mv /archive/dbtc-*/ /dbtc

FROM debian:bookworm-slim@sha256:88200866dfff7ea7f5cbcb6ec7c8a701889efe6fe859fe64d6990e4b07ea4171
# COPY keeps the dates, by which the cache knows the jars
COPY --from=build /dbtc /usr/local
RUN useradd --system --no-create-home --uid 10001 dbtc
USER dbtc
WORKDIR /work
ENTRYPOINT ["dbtc"]
