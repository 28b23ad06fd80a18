package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.client.Account;
import io.github.dbtc4j.client.Answer;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.EnvironmentVariable;
import io.github.dbtc4j.client.Include;
import io.github.dbtc4j.client.Job;
import io.github.dbtc4j.client.JobQuery;
import io.github.dbtc4j.client.Run;
import io.github.dbtc4j.client.RunQuery;
import io.github.dbtc4j.client.RunStatus.Known;
import io.github.dbtc4j.client.Trigger;
import io.github.dbtc4j.planner.BaseJob;
import io.github.dbtc4j.planner.CiRequest;
import io.github.dbtc4j.planner.Claim;
import io.github.dbtc4j.planner.JobId;
import io.github.dbtc4j.planner.Lost;
import io.github.dbtc4j.planner.ObservedClone;
import io.github.dbtc4j.planner.ObservedRun;
import io.github.dbtc4j.planner.Own;
import io.github.dbtc4j.planner.Provider;
import io.github.dbtc4j.planner.PullRequest;
import io.github.dbtc4j.planner.RunId;
import io.github.dbtc4j.planner.RunStatus;
import io.github.dbtc4j.planner.Snapshot;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks at the platform and makes a snapshot of what it sees: one list call a look, and further
/// ones only when something in that list asks for them.
final class Observer {

    /// What one look showed.
    ///
    /// @param own the own run as the platform sent it, null when there is none
    record Look(Snapshot seen, @Nullable Run own) {}

    private final DbtCloudClient client;
    private final Job base;
    private final CiRequest request;
    private final Narrator narrator;

    private @Nullable List<ObservedClone> clones;
    private @Nullable List<EnvironmentVariable> overrides;
    private @Nullable Instant serverTime;
    private boolean accountWasRead;
    private @Nullable Account account;
    private @Nullable Answer<Run> ownAnswer;
    private @Nullable ObservedRun ownTriggered;

    Observer(DbtCloudClient client, Job base, CiRequest request, Narrator narrator) {
        this.client = client;
        this.base = base;
        this.request = request;
        this.narrator = narrator;
    }

    Look look(Own own) {
        List<Run> runs = new ArrayList<>(inProgress());
        ownAnswer = null;
        Run ownRun = own.run() == null ? null : find(own.run(), runs);
        if (own.run() != null && ownRun == null) {
            ownRun = retrieve(own.run(), runs);
        }
        if (own.lost() instanceof Lost.Triggered lost) {
            runs.addAll(latestOn(lost.lane(), runs));
        }
        if (own.lost() instanceof Lost.Created || mayInvolveClones(runs, ownRun)) {
            clones = listClones();
        }
        if (runs.stream().anyMatch(this::keepsBaseBusy)) {
            readAccount();
            readOverrides();
        }
        Snapshot seen = snapshot(runs, own);
        ObservedRun last = ownTriggered;
        if (ownRun == null && last != null && last.id().equals(own.run())) {
            // the run of a deleted job may be gone with it
            seen = seen.with(last.in(RunStatus.CANCELLED));
        }
        return new Look(seen, ownRun);
    }

    /// The job-level environment variable overrides of the base job, as far as they were looked at.
    List<EnvironmentVariable> overrides() {
        return overrides == null ? List.of() : overrides;
    }

    /// The platform's clock at the last look, if it told.
    Optional<Instant> serverTime() {
        return Optional.ofNullable(serverTime);
    }

    /// The answer that brought the own run at the last look, if it was asked for by itself.
    Optional<Answer<Run>> ownAnswer() {
        return Optional.ofNullable(ownAnswer);
    }

    /// Takes note of the own run, which a list may not show yet, or never again.
    void triggered(ObservedRun run) {
        ownTriggered = run;
    }

    /// Takes note of a clone that was just made, which a list may not show yet.
    ObservedClone created(Job clone, Marker marker) {
        var created =
                new ObservedClone(
                        new JobId(clone.id()), request.pullRequest(), true, marker.nonce());
        var all = new ArrayList<>(clones == null ? List.of() : clones);
        all.add(created);
        clones = all;
        return created;
    }

    /// Forgets what clones there are, so that the next look lists them again.
    void forgetClones() {
        clones = null;
    }

    private List<Run> inProgress() {
        Answer<List<Run>> answer =
                client.allRuns(
                        base.accountId(),
                        RunQuery.all()
                                .statusIn(Known.QUEUED, Known.STARTING, Known.RUNNING)
                                .include(Include.TRIGGER, Include.JOB));
        serverTime = answer.serverTime();
        return answer.data();
    }

    private @Nullable Run retrieve(RunId id, List<Run> runs) {
        Answer<Run> answer;
        try {
            answer = WholeRun.read(client, base.accountId(), id.value());
        } catch (DbtCloudException.NotFound e) {
            return null;
        }
        ownAnswer = answer;
        runs.add(answer.data());
        if (answer.data().status() == Known.CANCELLED) {
            runs.addAll(successors(id));
        }
        return answer.data();
    }

    /// The newest runs on `lane` that have ended: a run may be over before its answer is missed.
    private List<Run> latestOn(JobId lane, List<Run> known) {
        return client
                .runs(
                        base.accountId(),
                        RunQuery.all()
                                .jobId(lane.value())
                                .orderBy("-id")
                                .limit(20)
                                .include(Include.TRIGGER, Include.JOB))
                .data()
                .stream()
                .filter(run -> find(new RunId(run.id()), known) == null)
                .toList();
    }

    /// Runs triggered after `id` that have ended already: one of them may be what it was cancelled
    /// for.
    private List<Run> successors(RunId id) {
        return client.allRuns(
                        base.accountId(),
                        RunQuery.all()
                                .idGreaterThan(id.value())
                                .projectId(base.projectId())
                                .statusIn(Known.SUCCESS, Known.ERROR, Known.CANCELLED)
                                .include(Include.TRIGGER, Include.JOB))
                .data();
    }

    /// Whether clones have to be listed: this pull request may have runs on some, a new one may be
    /// needed, or the own one may be gone.
    private boolean mayInvolveClones(List<Run> runs, @Nullable Run own) {
        if (own == null ? ownTriggered != null : own.status().isTerminal()) {
            return true;
        }
        return clones == null && runs.stream().anyMatch(this::involvesClones);
    }

    private boolean involvesClones(Run run) {
        return keepsBaseBusy(run) || (run.jobId() != base.id() && isForRequest(run));
    }

    private boolean keepsBaseBusy(Run run) {
        return run.jobId() == base.id() && !run.status().isTerminal() && !isForRequest(run);
    }

    private boolean isForRequest(Run run) {
        return request.pullRequest() != null
                && request.pullRequest().equals(pullRequest(run.trigger()));
    }

    private List<ObservedClone> listClones() {
        String definition = CloneDefinition.hash(base);
        return client
                .jobs(
                        base.accountId(),
                        JobQuery.all()
                                .projectId(base.projectId())
                                .nameContains(Marker.NAME_TAG.strip()))
                .data()
                .stream()
                .filter(job -> !job.isDeleted())
                .flatMap(job -> observed(job, definition).stream())
                .toList();
    }

    private Optional<ObservedClone> observed(Job job, String definition) {
        return CloneDefinition.markerOf(job)
                .filter(marker -> marker.base().value() == base.id() && job.id() != base.id())
                .map(marker ->
                        new ObservedClone(
                                new JobId(job.id()),
                                marker.pullRequest(),
                                marker.definition().equals(definition)
                                        && !job.triggers().any()
                                        && !job.deactivated(),
                                marker.nonce()));
    }

    private void readAccount() {
        if (accountWasRead) {
            return;
        }
        accountWasRead = true;
        try {
            account = client.account(base.accountId()).data();
        } catch (DbtCloudException.NotFound | DbtCloudException.Rejected e) {
            narrator.tell(new Event.AccountUnreadable(e));
        }
    }

    private void readOverrides() {
        if (overrides != null) {
            return;
        }
        try {
            overrides =
                    client
                            .jobEnvironmentVariables(base.accountId(), base.projectId(), base.id())
                            .data()
                            .stream()
                            .filter(variable -> variable.job() != null)
                            .toList();
        } catch (DbtCloudException.NotFound | DbtCloudException.Rejected e) {
            overrides = List.of();
            narrator.tell(new Event.OverridesUnreadable(new JobId(base.id()), e));
        }
    }

    private Snapshot snapshot(List<Run> runs, Own own) {
        List<String> secrets =
                overrides().stream()
                        .filter(variable -> variable.job() != null && variable.job().isMasked())
                        .map(EnvironmentVariable::name)
                        .toList();
        boolean ci = "ci".equals(base.jobType());
        return new Snapshot(
                new BaseJob(new JobId(base.id()), ci && triggersConcurrently(account), secrets),
                clones == null ? List.of() : clones,
                runs.stream().map(this::observed).distinct().toList(),
                account == null ? null : account.runSlots(),
                own);
    }

    ObservedRun observed(Run run) {
        Trigger trigger = run.trigger();
        return new ObservedRun(
                new RunId(run.id()),
                new JobId(run.jobId()),
                status(run),
                pullRequest(trigger),
                trigger == null ? null : Claim.in(trigger.cause()).orElse(null),
                run.createdAt(),
                usesRunSlot(run, account));
    }

    static RunStatus status(Run run) {
        return switch (run.status()) {
            case Known known ->
                    switch (known) {
                        case QUEUED -> RunStatus.QUEUED;
                        case STARTING -> RunStatus.STARTING;
                        case RUNNING -> RunStatus.RUNNING;
                        case SUCCESS -> RunStatus.SUCCESS;
                        case ERROR -> RunStatus.ERROR;
                        case CANCELLED -> RunStatus.CANCELLED;
                    };
            case io.github.dbtc4j.client.RunStatus.Unknown unknown -> RunStatus.UNKNOWN;
        };
    }

    private static @Nullable PullRequest pullRequest(@Nullable Trigger trigger) {
        if (trigger == null) {
            return null;
        }
        for (Provider provider : Provider.values()) {
            Long number =
                    switch (provider) {
                        case GITHUB -> trigger.githubPullRequestId();
                        case GITLAB -> trigger.gitlabMergeRequestId();
                        case AZURE -> trigger.azurePullRequestId();
                        case NON_NATIVE -> trigger.nonNativePullRequestId();
                    };
            if (number != null && number > 0) {
                return new PullRequest(provider, number);
            }
        }
        return null;
    }

    /// CI runs take no run slot where the platform treats them as CI: those the git host triggered,
    /// and on some plans those triggered through the API (docs.getdbt.com, "Continuous
    /// integration").
    private static boolean usesRunSlot(Run run, @Nullable Account account) {
        Trigger trigger = run.trigger();
        Job job = run.job();
        boolean ci = job != null && "ci".equals(job.jobType()) && pullRequest(trigger) != null;
        boolean byGitHost = trigger != null && "ci".equals(trigger.causeCategory());
        return !(ci && (byGitHost || triggersConcurrently(account)));
    }

    /// "Trigger a CI job with the API": Enterprise tiers and legacy Team, not Starter
    /// (docs.getdbt.com, CI jobs, 2026).
    private static boolean triggersConcurrently(@Nullable Account account) {
        String plan = account == null ? null : account.plan();
        return plan != null && (plan.startsWith("enterprise") || plan.startsWith("team"));
    }

    private static @Nullable Run find(RunId id, List<Run> runs) {
        return runs.stream().filter(run -> run.id() == id.value()).findFirst().orElse(null);
    }
}
