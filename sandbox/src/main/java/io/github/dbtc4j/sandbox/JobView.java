package io.github.dbtc4j.sandbox;

/// A job as it truly was at one moment.
///
/// @param jobType such as `ci`, `scheduled`, `other`
/// @param triggered whether anything on the platform starts it: git, a merge, its schedule, another
///   job
/// @param state 1 active, 2 deleted
public record JobView(
        long id,
        String name,
        String description,
        String jobType,
        long projectId,
        long environmentId,
        boolean triggered,
        int state) {}
