package io.github.dbtc4j.sandbox.option;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// A job as it truly was at one moment.
///
/// @param jobType such as `ci`, `scheduled`, `other`
/// @param triggered whether anything on the platform starts it: git, a merge, its schedule, another
///   job
/// @param definition its writable fields, as the API spells them
/// @param state 1 active, 2 deleted
public record JobView(
        long id,
        String name,
        String description,
        String jobType,
        long projectId,
        long environmentId,
        boolean triggered,
        Map<String, @Nullable Object> definition,
        int state) {}
