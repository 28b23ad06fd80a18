package io.github.dbtc4j.sandbox.platform;

import io.github.dbtc4j.sandbox.option.JobView;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A job and what became of it.
public final class JobRecord {

    public final long id;
    public final Instant createdAt;
    public final Instant visibleAt;

    /// All its runs, oldest first.
    public final List<RunRecord> runs = new ArrayList<>();

    /// Its runs that have not ended, oldest first.
    final List<RunRecord> active = new ArrayList<>();

    public JobDefinition definition;
    public Instant updatedAt;
    public boolean deleted;
    public boolean deactivated;
    public int failures;

    /// The latest of its runs that ended as Success, or null.
    public @Nullable Long latestSuccess;

    /// When its schedule fires next; null when it does not.
    public @Nullable Instant nextRun;

    TimerQueue.@Nullable Timer schedule;

    public JobRecord(long id, JobDefinition definition, Instant createdAt, Instant visibleAt) {
        this.id = id;
        this.definition = definition;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
        this.visibleAt = visibleAt;
    }

    public int state() {
        return deleted ? 2 : 1;
    }

    public boolean isCi() {
        return definition.jobType().equals("ci");
    }

    public JobView view() {
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
