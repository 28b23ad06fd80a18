package io.github.dbtc4j.sandbox.rest;

import io.github.dbtc4j.sandbox.platform.RunPlan;
import io.github.dbtc4j.sandbox.platform.RunRecord;
import io.github.dbtc4j.sandbox.platform.World;

import java.util.List;
import java.util.Locale;

/// What the steps of a run print.
final class StepLogs {

    private StepLogs() {}

    static String of(RunRecord run, int index, int status, World world) {
        RunPlan.Step step = run.plan.steps().get(index - 1);
        if (index == 1) {
            return clone(run, status);
        }
        if (step.command() == null) {
            return "Created profiles.yml from the environment's connection.\n";
        }
        if (step.command().equals("dbt deps")) {
            return "Installing dbt-labs/dbt_utils\nInstalled from version 1.3.0\n";
        }
        return invocation(run, step, status, world);
    }

    private static String clone(RunRecord run, int status) {
        String text = "Cloning into 'a temporary folder'...\n";
        return status == RunRecord.ERROR
                ? text
                        + "Failed to checkout to specified revision.\n"
                        + "fatal: reference is not a tree: "
                        + run.commit
                        + "\n"
                : text + "Successfully cloned repository.\n";
    }

    private static String invocation(RunRecord run, RunPlan.Step step, int status, World world) {
        if (status == RunRecord.CANCELLED) {
            return "Running " + step.command() + "\nThe run was cancelled.\n";
        }
        List<Results> results = Results.of(run, step, world);
        var text = new StringBuilder("Running ").append(step.command()).append('\n');
        int number = 0;
        for (Results result : results) {
            text.append(++number)
                    .append(" of ")
                    .append(results.size())
                    .append(' ')
                    .append(result.status().toUpperCase(Locale.ROOT))
                    .append(' ')
                    .append(result.node().name())
                    .append('\n');
        }
        for (Results result : results) {
            if (result.failed()) {
                text.append("Failure in ")
                        .append(result.node().name())
                        .append(": ")
                        .append(result.message())
                        .append('\n');
            }
        }
        long failed = results.stream().filter(Results::failed).count();
        long skipped = results.stream().filter(r -> r.status().equals("skipped")).count();
        return text.append(
                        "Done. PASS=%d WARN=0 ERROR=%d SKIP=%d TOTAL=%d\n"
                                .formatted(
                                        results.size() - failed - skipped,
                                        failed,
                                        skipped,
                                        results.size()))
                .toString();
    }
}
