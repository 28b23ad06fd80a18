package io.github.dbtc4j.autoscaler.observation;

import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Include;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunQuery;
import io.github.dbtc4j.client.model.RunStatus.Known;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The two lists of runs that an invocation looks at: what is in progress on the account, and what
/// happened in the project lately.
public final class RunLists {

    /// What is older than this cannot appear in a list any more as new.
    private static final Duration ALL_LISTED = Duration.ofMinutes(2);

    /// A pipeline may be held up for so long before it runs.
    private static final Duration LONGEST_HOLD_UP = Duration.ofHours(24);

    private static final int PAGE = 100;

    /// A project with more runs than this in a day is looked at no further back.
    private static final int MAX_PAGES = 10;

    private static final RunQuery IN_PROGRESS =
            RunQuery.all()
                    .statusIn(Known.QUEUED, Known.STARTING, Known.RUNNING)
                    .include(Include.TRIGGER, Include.JOB);

    private final DbtCloudClient client;
    private final Job base;

    /// With the job, although it is nearly half of every page: its marker tells of a clone that is
    /// not listed yet, or no more, whether it is what a run's claim says.
    private final RunQuery ofProject;

    private final boolean withHistory;
    private @Nullable Long floor;
    private @Nullable Instant serverTime;
    private List<Duration> listed = List.of();
    private boolean allWereListed;

    /// @param withHistory whether the day before the first look is of interest
    public RunLists(DbtCloudClient client, Job base, boolean withHistory) {
        this.client = client;
        this.base = base;
        this.ofProject =
                RunQuery.all().projectId(base.projectId()).include(Include.TRIGGER, Include.JOB);
        this.withHistory = withHistory;
    }

    /// The number after which every run of interest comes, null before the first list.
    @Nullable Long floor() {
        return floor;
    }

    /// Goes on from `floor`, null to begin.
    void recall(@Nullable Long floor) {
        this.floor = floor;
    }

    /// The platform's clock at the last list, null if it did not tell.
    @Nullable Instant serverTime() {
        return serverTime;
    }

    /// How long the base job's recent runs took: those that the first look found anyway; where they
    /// are too few, and there are more, those of one list more.
    List<Duration> usual() {
        return AdaptiveSchedule.suffices(listed) || allWereListed
                ? listed
                : RunDurations.read(client, base.accountId(), base.id());
    }

    /// Every run in progress on the account.
    public List<Run> inProgress() {
        return told(client.runs().list(base.accountId(), IN_PROGRESS));
    }

    /// The project's runs since shortly before the first look, in any status; at the first look,
    /// and with history, those of the day before too.
    ///
    /// @param alsoSince of runs that have to be included as long as they are in progress
    /// @param now for when the platform does not tell its time
    List<Run> lately(List<Long> alsoSince, Instant now) {
        Long since = floor;
        if (since == null) {
            List<Run> newest = newest(now);
            since = floorOf(newest, serverTime == null ? now : serverTime);
            floor = Math.min(since, least(alsoSince) - 1);
            listed = RunDurations.durations(newest, base.id());
            allWereListed = newest.size() < PAGE;
            return newest;
        }
        floor = Math.min(since, least(alsoSince) - 1);
        return told(client.runs().list(base.accountId(), ofProject.idGreaterThan(floor)));
    }

    private List<Run> newest(Instant now) {
        var runs = new ArrayList<Run>();
        for (int page = 0; page < MAX_PAGES; page++) {
            List<Run> rows =
                    told(
                            client.runs()
                                    .page(
                                            base.accountId(),
                                            ofProject
                                                    .orderBy("-id")
                                                    .limit(PAGE)
                                                    .offset(page * PAGE)));
            runs.addAll(rows);
            if (!withHistory
                    || rows.size() < PAGE
                    || rows.getLast().createdAt().isBefore(now.minus(LONGEST_HOLD_UP))) {
                break;
            }
        }
        return runs;
    }

    /// The number behind which everything that is not listed yet will be.
    private static long floorOf(List<Run> newest, Instant now) {
        Instant settled = now.minus(ALL_LISTED);
        return newest.stream()
                .filter(run -> run.createdAt().isBefore(settled))
                .mapToLong(Run::id)
                .max()
                .orElseGet(() ->
                        newest.size() < PAGE
                                ? 0
                                : newest.stream().mapToLong(Run::id).min().orElse(1) - 1);
    }

    private static long least(List<Long> ids) {
        return ids.stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    }

    private List<Run> told(ApiResponse<List<Run>> answer) {
        serverTime = answer.serverTime();
        return answer.data();
    }
}
