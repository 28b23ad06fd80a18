package io.github.dbtc4j.pipeline.report;

import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.pipeline.explanation.Explanation;
import io.github.dbtc4j.planner.Verdict;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// All there is to tell about one invocation, before it is put into the words of a CI system.
///
/// Everything in it that the platform or a pull request had a say in is untrusted; each rendering
/// escapes it for where it goes.
///
/// @param verdict how the invocation ended
/// @param sentence the same for people, without the run's address
/// @param decision where the commit got its run
/// @param reasons the decision for people, a sentence each; may be empty
/// @param baseJob the job that was named
/// @param cancelledRuns the runs the platform was asked to cancel, oldest request first
/// @param gitSha the commit that was asked for, or null
/// @param pullRequest the pull request's page, or null
/// @param why what is known of the run and its failures
public record Report(
        Verdict verdict,
        String sentence,
        Placement decision,
        List<String> reasons,
        long baseJob,
        List<Long> cancelledRuns,
        @Nullable String gitSha,
        @Nullable String pullRequest,
        Explanation why)
        implements Ending {

    /// Where the name of a clone goes on behind its base job's.
    private static final String CLONE_TAG = " [CLONED ";

    /// How much a person should care.
    enum Severity {
        /// All is well, or the invocation was not to wait.
        NONE,
        /// Nothing is wrong, but this pipeline built nothing.
        NOTICE,
        /// The pipeline succeeds, but something went wrong on the way.
        WARNING,
        /// The pipeline fails.
        ERROR
    }

    public Report {
        reasons = List.copyOf(reasons);
        cancelledRuns = List.copyOf(cancelledRuns);
    }

    Severity severity() {
        return switch (verdict) {
            case Verdict.Triggered _ -> Severity.NONE;
            case Verdict.Succeeded _ ->
                    why.failedSteps().isEmpty() ? Severity.NONE : Severity.WARNING;
            case Verdict.Superseded _ -> Severity.NOTICE;
            case Verdict.Failed _,
                    Verdict.Cancelled _,
                    Verdict.Conflicted _,
                    Verdict.DeadlinePassed _ ->
                    Severity.ERROR;
        };
    }

    /// The verdict as machines read it, such as `succeeded`; the words of `dbtc plan`.
    String verdictWord() {
        return switch (verdict) {
            case Verdict.Triggered _ -> "triggered";
            case Verdict.Succeeded _ -> "succeeded";
            case Verdict.Failed _ -> "failed";
            case Verdict.Cancelled _ -> "cancelled";
            case Verdict.Superseded _ -> "superseded";
            case Verdict.Conflicted _ -> "conflicted";
            case Verdict.DeadlinePassed _ -> "deadline_passed";
        };
    }

    /// The clone that the run went to, or null when it went to the base job or nowhere.
    @Nullable Long clonedJob() {
        Run run = why.run();
        return run == null || run.jobId() == baseJob ? null : run.jobId();
    }

    /// The commit that was asked for, else the one that was checked out, else null.
    @Nullable String commit() {
        Run run = why.run();
        return gitSha != null || run == null ? gitSha : run.gitSha();
    }

    /// This report for the pull request's own page: what failed is what counts there, not the way
    /// that the run took.
    public Report withoutWay() {
        return new Report(
                verdict, sentence, decision, List.of(), baseJob, cancelledRuns, gitSha, null, why);
    }

    /// The name of the job, of a clone its base job's; null when it was not read.
    @Nullable String jobName() {
        Run run = why.run();
        if (run == null || run.job() == null) {
            return null;
        }
        String name = run.job().name();
        int tag = name.indexOf(CLONE_TAG);
        return tag < 0 ? name : name.substring(0, tag);
    }

    /// The schema that the run was told to build into, or null.
    @Nullable String schema() {
        Run run = why.run();
        return run == null || run.trigger() == null ? null : run.trigger().schemaOverride();
    }

    /// How long the run waited and how long it took, such as `waited 2:10, ran 6:37`; null for one
    /// that has not ended.
    @Nullable String times() {
        Run run = why.run();
        if (run == null || run.finishedAt() == null) {
            return null;
        }
        Instant began = run.startedAt() == null ? run.dequeuedAt() : run.startedAt();
        return began == null
                ? "waited " + clock(Duration.between(run.createdAt(), run.finishedAt()))
                : "waited %s, ran %s"
                        .formatted(
                                clock(Duration.between(run.createdAt(), began)),
                                clock(Duration.between(began, run.finishedAt())));
    }

    private static String clock(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        return seconds < 3_600
                ? "%d:%02d".formatted(seconds / 60, seconds % 60)
                : "%d:%02d:%02d".formatted(seconds / 3_600, seconds / 60 % 60, seconds % 60);
    }

    /// The run's page, or null when there is none or it is no plain web address.
    @Nullable String link() {
        Run run = why.run();
        return address(run == null ? null : run.href());
    }

    /// The pull request's page, or null when it is unknown or no plain web address.
    @Nullable String pullRequestLink() {
        return address(pullRequest);
    }

    private static @Nullable String address(@Nullable String href) {
        return href != null && href.matches("https?://[\\w.~:/?#@!&+,;=%-]{1,1000}") ? href : null;
    }
}
