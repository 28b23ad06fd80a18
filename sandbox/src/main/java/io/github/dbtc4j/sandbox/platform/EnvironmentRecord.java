package io.github.dbtc4j.sandbox.platform;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A deployment environment.
///
/// @param deploymentType `production`, `staging` or null
public record EnvironmentRecord(
        long id,
        ProjectRecord project,
        String name,
        String dbtVersion,
        @Nullable String deploymentType,
        @Nullable String customBranch,
        Instant createdAt) {}
