# dbtc with the Java runtime it needs, on a small Debian. How to build and use it: docs/install.md.

FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /build
COPY . .
RUN mvn --batch-mode --quiet -DskipTests verify && dist/archive /archive && mv /archive/dbtc-*/ /dbtc

FROM debian:bookworm-slim
# COPY keeps the dates, by which the cache knows the jars
COPY --from=build /dbtc /usr/local
RUN useradd --system --no-create-home --uid 10001 dbtc
USER dbtc
WORKDIR /work
ENTRYPOINT ["dbtc"]
