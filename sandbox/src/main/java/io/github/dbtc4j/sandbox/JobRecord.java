package io.github.dbtc4j.sandbox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A job and what became of it.
final class JobRecord {

    final long id;
    final Instant createdAt;
    final Instant visibleAt;

    /// All its runs, oldest first.
    final List<RunRecord> runs = new ArrayList<>();

    /// Its runs that have not ended, oldest first.
    final List<RunRecord> active = new ArrayList<>();

    JobDefinition definition;
    Instant updatedAt;
    boolean deleted;
    boolean deactivated;
    int failures;

    /// The latest of its runs that ended as Success, or null.
    @Nullable Long latestSuccess;

    /// When its schedule fires next; null when it does not.
    @Nullable Instant nextRun;

    Clockwork.@Nullable Timer schedule;

    JobRecord(long id, JobDefinition definition, Instant createdAt, Instant visibleAt) {
        this.id = id;
        this.definition = definition;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
        this.visibleAt = visibleAt;
    }

    int state() {
        return deleted ? 2 : 1;
    }

    boolean isCi() {
        return definition.jobType().equals("ci");
    }

    JobView view() {
        return new JobView(
                id,
                definition.name(),
                definition.description(),
                definition.jobType(),
                definition.projectId(),
                definition.environmentId(),
                definition.hasTrigger(),
                definition.fields(),
                state());
    }
}
