package io.github.dbtc4j.cli.probe;

import io.github.dbtc4j.autoscaler.clone.ThrowAwayJob;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The platform as `dbtc probe` may use it: nothing is written but to jobs with the probe's marker
/// and to their runs. A call about anything else is a defect and is not sent.
final class ProbePlatform {

    private final DbtCloudClient client;
    private final long account;
    private final long base;
    private final Set<Long> jobs = new HashSet<>();
    private final Set<Long> runs = new LinkedHashSet<>();
    private final Set<Long> active = new LinkedHashSet<>();
    private final Set<Long> there = new LinkedHashSet<>();
    private final Set<Long> gone = new HashSet<>();
    private final Set<Long> looked = new HashSet<>();
    private final Set<Long> used = new HashSet<>();
    private @Nullable Job beside;
    private boolean unsure;
    private boolean jobLost;
    private boolean disturbed;

    ProbePlatform(DbtCloudClient client, long account, long base) {
        this.client = client;
        this.account = account;
        this.base = base;
    }

    /// From now on jobs that an earlier process left beside `job` are own ones.
    void beside(Job job) {
        beside = job;
    }

    /// Whether a run of the own job `job` is not the probe's: others use it, and it stays.
    boolean isUsed(long job) {
        return used.contains(job);
    }

    /// Whether the last list of the own job's runs has arrived and shows none but the probe's.
    boolean mayDelete(long job) {
        return looked.contains(job) && !used.contains(job);
    }

    /// Own jobs that were not deleted yet.
    Set<Long> jobsThere() {
        return Set.copyOf(there);
    }

    /// Own runs that had not ended when they were last seen, the oldest first.
    Set<Long> activeRuns() {
        return new LinkedHashSet<>(active);
    }

    /// Whether others deleted a throw-away job meanwhile: no answer can be relied on then.
    boolean disturbed() {
        return disturbed;
    }

    /// Whether something may have been created whose answer did not arrive.
    boolean unsure() {
        return unsure;
    }

    /// Whether a job may be there whose creation was not answered, and no list has shown it.
    boolean jobLost() {
        return jobLost;
    }

    ProbeReply send(ProbeCall call) {
        return send(call, base, null);
    }

    ProbeReply send(ProbeCall call, long id) {
        return send(call, id, null);
    }

    /// Sends `call` and takes note of what it creates and deletes.
    ///
    /// @param id what the call is about, where it is about one thing
    /// @param body null for none
    /// @throws DbtCloudException when no answer came
    ProbeReply send(ProbeCall call, long id, @Nullable Map<String, @Nullable Object> body) {
        check(call, id, body);
        long asked = call.target() == ProbeCall.Target.OTHER_ACCOUNT ? account + 1 : account;
        if (call == ProbeCall.RUNS) {
            looked.remove(id);
        }
        String json = body == null ? null : Json.write(body);
        ProbeReply reply;
        try {
            reply = ProbeReply.of(client.raw(call.method(), call.path(asked, id), json));
        } catch (DbtCloudException e) {
            unsure |= e.ambiguous();
            jobLost |= e.ambiguous() && call == ProbeCall.CREATE;
            throw e;
        }
        jobLost |= reply.status() > 500 && call == ProbeCall.CREATE;
        unsure |= reply.status() >= 500 && !call.method().equals("GET");
        note(call, id, reply);
        return reply;
    }

    /// @param job 0 when the answer does not say
    private void noteCreated(long job) {
        if (job == 0) {
            unsure = true;
            jobLost = true;
        } else {
            jobs.add(job);
            there.add(job);
        }
    }

    private void recognise(Map<String, @Nullable Object> job) {
        long id = ProbeReply.number(job, "id");
        Job probed = beside;
        if (probed != null
                && !gone.contains(id)
                && ProbeReply.number(job, "state") == 1
                && ThrowAwayJob.isMarked(base, job)
                && ThrowAwayJob.isOneOf(probed, Job.of(job))) {
            jobs.add(id);
            jobLost &= !there.add(id);
        }
    }

    /// Takes note of all runs of the own job `job`, of which a probe triggers a few.
    private void recogniseRuns(long job, List<Map<String, @Nullable Object>> rows) {
        looked.add(job);
        if (rows.size() >= ProbeCall.PAGE) {
            used.add(job);
        }
        for (Map<String, @Nullable Object> run : rows) {
            Object cause = ProbeReply.object(run.get("trigger")).get("cause");
            if (runs.contains(ProbeReply.number(run, "id")) || ThrowAwayJob.isCause(cause)) {
                recogniseRun(run);
            } else {
                used.add(job);
            }
        }
    }

    /// Takes `run`, which the probe triggered, for an own one if its job is.
    private void recogniseRun(Map<String, @Nullable Object> run) {
        long id = ProbeReply.number(run, "id");
        if (jobs.contains(ProbeReply.number(run, "job_definition_id"))) {
            runs.add(id);
            if (ProbeRun.statusOf(run).isTerminal()) {
                active.remove(id);
            } else {
                active.add(id);
            }
        }
    }

    private void check(ProbeCall call, long id, @Nullable Map<String, @Nullable Object> body) {
        boolean allowed =
                switch (call.target()) {
                    case ANYTHING, OTHER_ACCOUNT -> call.method().equals("GET");
                    case NEW_JOB -> body != null && ThrowAwayJob.isMarked(base, body);
                    case OWN_JOB -> jobs.contains(id);
                    case OWN_RUN -> runs.contains(id);
                };
        if (!allowed) {
            throw new IllegalStateException(call + " is not about what the probe made");
        }
    }

    private void note(ProbeCall call, long id, ProbeReply reply) {
        if (call == ProbeCall.DELETE && (reply.succeeded() || reply.status() == 404)) {
            disturbed |= there.remove(id) && !reply.succeeded();
            gone.add(id);
        }
        if (call == ProbeCall.RUN && reply.status() == 404) {
            active.remove(id);
        }
        if (!reply.succeeded()) {
            return;
        }
        switch (call) {
            case CREATE -> noteCreated(ProbeReply.number(reply.data(), "id"));
            case TRIGGER, RETRY, RUN, CANCEL, CANCEL_BARE -> recogniseRun(reply.data());
            case RUNS -> recogniseRuns(id, reply.rows());
            case LEFT -> reply.rows().forEach(this::recognise);
            case BASE, ACCOUNT, OTHER_ACCOUNT, MANY, SLASH, READ_JOB, DELETE, FILES -> {}
        }
    }
}
