package io.github.dbtc4j.sandbox.platform;

import java.time.Instant;
import java.util.List;

/// A project.
///
/// @param nodes the models and tests of its repository
public record ProjectRecord(
        long id,
        String name,
        String repository,
        long repositoryId,
        long connectionId,
        Instant createdAt,
        List<Node> nodes) {}
