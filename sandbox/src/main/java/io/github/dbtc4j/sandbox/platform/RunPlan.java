package io.github.dbtc4j.sandbox.platform;

import io.github.dbtc4j.sandbox.option.Pace;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// How a run will go unless it is cancelled, settled when it is queued.
///
/// @param prep how long it is prepared
/// @param execution how long it executes
/// @param cancel how long a cancel takes once it left the queue
/// @param failingNode the node that fails, or null
/// @param steps what it executes, until the step that fails
/// @param skipped the commands after the one that fails
public record RunPlan(
        Duration prep,
        Duration execution,
        Duration cancel,
        ScriptedOutcome.Ending ending,
        @Nullable String failingNode,
        List<Step> steps,
        List<String> skipped) {

    /// One step.
    ///
    /// @param command what dbt is invoked with, or null for the platform's own steps
    /// @param from when it begins, after the beginning of the run
    /// @param until when it ends
    public record Step(String name, @Nullable String command, Duration from, Duration until) {

        public boolean generatesDocs() {
            return command != null && DOCS.matcher(command).matches();
        }
    }

    /// The command of the step that a job with `generate_docs` has after its own.
    static final String GENERATE_DOCS = "dbt docs generate";

    private static final Pattern DOCS = Pattern.compile("dbt\\s+docs\\s+generate\\b.*");

    private static final String[] PREAMBLE = {
        "Clone git repository", "Create profile from connection BigQuery"
    };

    /// What a run of `job` invokes: its commands or those of the trigger, and where documentation
    /// is wanted a step more.
    public static List<String> commands(JobDefinition job, TriggerRecord trigger) {
        List<String> override = trigger.steps();
        var commands = new ArrayList<>(override == null ? job.executeSteps() : override);
        if (trigger.fields().getOrDefault("generate_docs_override", job.generatesDocs())
                        instanceof Boolean docs
                && docs) {
            commands.add(GENERATE_DOCS);
        }
        return commands;
    }

    public static RunPlan of(
            ScriptedOutcome outcome,
            boolean ci,
            List<String> commands,
            Pace pace,
            SeededRandom chance) {
        // Every figure is drawn whether it is needed or not: an ordered outcome changes nothing
        // else.
        Duration prep = chance.within(pace.prep());
        Duration execution = chance.within(ci ? pace.ci() : pace.production());
        if (chance.next() < 0.1) {
            execution = Duration.ofMillis((long) (execution.toMillis() * (1 + 2 * chance.next())));
        }
        boolean fails = chance.next() < pace.failureRate();
        Duration cancel = chance.within(pace.cancel());
        ScriptedOutcome.Ending ending = outcome.ending();
        if (ending == null) {
            ending = fails ? ScriptedOutcome.Ending.FAILING_NODE : ScriptedOutcome.Ending.SUCCESS;
        }
        if (ending == ScriptedOutcome.Ending.UNKNOWN_COMMIT) {
            execution = Duration.ofSeconds(4);
        }
        if (outcome.execution() != null) {
            execution = outcome.execution();
        }
        int last = commands.size();
        if (ending == ScriptedOutcome.Ending.FAILING_NODE) {
            last = failingCommand(commands, chance) + 1;
        }
        return new RunPlan(
                outcome.prep() == null ? prep : outcome.prep(),
                execution,
                outcome.cancel() == null ? cancel : outcome.cancel(),
                ending,
                outcome.failingNode(),
                steps(ending, commands.subList(0, last), execution),
                List.copyOf(commands.subList(last, commands.size())));
    }

    /// The status it ends with by itself.
    public int status() {
        return ending == ScriptedOutcome.Ending.SUCCESS ? 10 : 20;
    }

    /// Where among `commands` a node can fail.
    private static int failingCommand(List<String> commands, SeededRandom chance) {
        var candidates = new ArrayList<Integer>();
        for (int i = 0; i < commands.size(); i++) {
            if (commands.get(i).matches("dbt\\s+(build|run|test)\\b.*")) {
                candidates.add(i);
            }
        }
        return candidates.isEmpty()
                ? commands.size() - 1
                : candidates.get(chance.below(candidates.size()));
    }

    private static List<Step> steps(
            ScriptedOutcome.Ending ending, List<String> commands, Duration execution) {
        var names = new ArrayList<String>();
        var weights = new ArrayList<Long>();
        if (ending != ScriptedOutcome.Ending.INTERNAL_ERROR) {
            names.add(PREAMBLE[0]);
            weights.add(3L);
        }
        var invoked = new ArrayList<@Nullable String>();
        invoked.add(null);
        if (ending == ScriptedOutcome.Ending.SUCCESS
                || ending == ScriptedOutcome.Ending.FAILING_NODE) {
            names.add(PREAMBLE[1]);
            weights.add(1L);
            invoked.add(null);
            names.add("Invoke dbt with `dbt deps`");
            weights.add(6L);
            invoked.add("dbt deps");
            for (String command : commands) {
                names.add("Invoke dbt with `" + command + "`");
                weights.add(Math.max(10L, (execution.toSeconds() - 10) / commands.size()));
                invoked.add(command);
            }
        }
        long total = weights.stream().mapToLong(Long::longValue).sum();
        var steps = new ArrayList<Step>();
        long before = 0;
        for (int i = 0; i < names.size(); i++) {
            long after = before + weights.get(i);
            steps.add(
                    new Step(
                            names.get(i),
                            invoked.get(i),
                            execution.multipliedBy(before).dividedBy(total),
                            execution.multipliedBy(after).dividedBy(total)));
            before = after;
        }
        return List.copyOf(steps);
    }
}
