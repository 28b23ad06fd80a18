package io.github.dbtc4j.sandbox.platform;

import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.AssumptionSet;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.SandboxOptions;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All there is on the platform at the present moment.
public final class World {

    /// Ids of a cell account: beyond 32 bits.
    private static final long FIRST_JOB = 70_471_824_000_001L;

    private static final long FIRST_RUN = 70_471_862_000_001L;
    private static final long FIRST_STEP = 70_471_865_000_000L;
    private static final int RUN_STRIDE = 7;
    private static final int STEP_STRIDE = 64;

    public final SandboxOptions options;
    public final TimerQueue clock;
    public final EventLog ledger;
    public final long accountId = 1;
    public final Instant accountCreatedAt;
    public final Map<Long, ProjectRecord> projects = new TreeMap<>();
    public final Map<Long, EnvironmentRecord> environments = new TreeMap<>();
    public final TreeMap<Long, JobRecord> jobs = new TreeMap<>();

    /// Those of [#jobs] that are not deleted.
    public final TreeMap<Long, JobRecord> activeJobs = new TreeMap<>();

    public final TreeMap<Long, Variable> variables = new TreeMap<>();

    /// All runs in the order of their ids.
    public final List<RunRecord> runs = new ArrayList<>();

    /// Those of [#runs] that have not ended, by id.
    public final TreeMap<Long, RunRecord> activeRuns = new TreeMap<>();

    private final Map<Long, Long> latestSuccess = new HashMap<>();
    private final Map<Long, RunRecord> runsById = new HashMap<>();
    private final Map<RunRule, Integer> rules = new LinkedHashMap<>();
    private int createdJobs;
    private long lastVariable = 300;

    public AssumptionSet switches;
    public @Nullable Integer runSlots;
    public String token;

    public World(SandboxOptions options, Instant start) {
        this.options = options;
        this.clock = new TimerQueue(start);
        this.ledger = new EventLog(options.historyLimit());
        this.accountCreatedAt = start.minusSeconds(400L * 86_400);
        this.switches = options.switches();
        this.runSlots = options.runSlots();
        this.token = options.token();
    }

    public Instant now() {
        return clock.now();
    }

    public SeededRandom chance(long about, SeededRandom.Topic topic) {
        return SeededRandom.of(options.seed(), about, topic);
    }

    /// When something made at `created` shows up in lists.
    public Instant visibleAt(long id, Instant created) {
        long lag = options.pace().visibilityLag().toMillis();
        return lag == 0
                ? created
                : created.plusMillis(
                        (long) (chance(id, SeededRandom.Topic.LAG).next() * (lag + 1)));
    }

    /// Whether this account's plan runs API-triggered CI jobs as the platform does it natively.
    ///
    /// Enterprise plans and the legacy Team plans do (documentation of CI jobs, "Trigger a CI job
    /// with the API").
    public boolean hasNativeCi() {
        String plan = options.plan();
        if (plan.startsWith("trial")) {
            return switches.is(Assumption.CiTriggerOnTrial.NATIVE)
                    || switches.is(Assumption.CiTriggerOnStarter.NATIVE);
        }
        return plan.startsWith("enterprise")
                || plan.startsWith("team")
                || switches.is(Assumption.CiTriggerOnStarter.NATIVE);
    }

    public long nextJobId() {
        return FIRST_JOB + 3L * createdJobs++;
    }

    public long nextVariableId() {
        return ++lastVariable;
    }

    public int nextRunNumber() {
        return runs.size();
    }

    /// The values that the job `id` has of its own, by name.
    Map<String, String> variablesOf(long id) {
        var values = new TreeMap<String, String>();
        for (Variable variable : variables.values()) {
            if (variable.jobId() != null && variable.jobId() == id) {
                values.put(variable.name(), variable.value());
            }
        }
        return Collections.unmodifiableMap(values);
    }

    public static long runId(int number) {
        return FIRST_RUN + (long) number * RUN_STRIDE;
    }

    public static long triggerId(int number) {
        return runId(number) + 3;
    }

    public static long stepId(int runNumber, int index) {
        return FIRST_STEP + (long) runNumber * STEP_STRIDE + index;
    }

    public void succeeded(RunRecord run) {
        run.job.failures = 0;
        run.job.latestSuccess = run.id;
        latestSuccess.put(run.environment.id(), run.id);
    }

    /// The run that a job defers to at this moment, or null: the latest that succeeded in an
    /// environment, or of a job.
    public @Nullable Long deferredTo(JobDefinition definition) {
        Long environment = definition.number("deferring_environment_id");
        if (environment != null) {
            return latestSuccess.get(environment);
        }
        Long job = definition.number("deferring_job_definition_id");
        JobRecord record = job == null ? null : jobs.get(job);
        return record == null ? null : record.latestSuccess;
    }

    public void add(JobRecord job) {
        jobs.put(job.id, job);
        activeJobs.put(job.id, job);
    }

    public void add(RunRecord run) {
        runs.add(run);
        runsById.put(run.id, run);
        if (!run.isTerminal()) {
            activeRuns.put(run.id, run);
            run.job.active.add(run);
        }
        run.job.runs.add(run);
    }

    public @Nullable RunRecord run(long id) {
        return runsById.get(id);
    }

    /// The run that the step `id` may belong to, or null.
    public @Nullable RunRecord runOfStep(long id) {
        long number = Math.floorDiv(id - FIRST_STEP, (long) STEP_STRIDE);
        return number < 0 || number >= runs.size() ? null : runs.get((int) number);
    }

    public static int indexOfStep(long id) {
        return (int) Math.floorMod(id - FIRST_STEP, (long) STEP_STRIDE);
    }

    public EnvironmentRecord environmentOf(JobRecord job) {
        EnvironmentRecord environment = environments.get(job.definition.environmentId());
        if (environment == null) {
            throw new IllegalStateException("job " + job.id + " is in no environment");
        }
        return environment;
    }

    public void decide(RunRule rule) {
        rules.merge(rule, rule.times(), World::sum);
    }

    /// What was ordered for a run, which counts as a use of the rule.
    ScriptedOutcome outcomeFor(JobRecord job, TriggerRecord trigger) {
        for (var entries = rules.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<RunRule, Integer> entry = entries.next();
            RunRule rule = entry.getKey();
            if ((rule.jobId() == null || rule.jobId() == job.id)
                    && (rule.contains() == null || trigger.mentions(rule.contains()))) {
                if (entry.getValue() == 1) {
                    entries.remove();
                } else {
                    entry.setValue(entry.getValue() - 1);
                }
                return rule.outcome();
            }
        }
        return ScriptedOutcome.any();
    }

    private static int sum(int one, int other) {
        return (int) Math.min(Integer.MAX_VALUE, (long) one + other);
    }
}
