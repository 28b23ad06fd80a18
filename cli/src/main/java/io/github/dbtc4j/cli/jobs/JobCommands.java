package io.github.dbtc4j.cli.jobs;

import io.github.dbtc4j.cli.session.Dbtc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The commands of this package.
public final class JobCommands {

    private JobCommands() {}

    /// Each under what is typed behind `dbtc`.
    public static Map<String, Supplier<Object>> of(Dbtc dbtc) {
        var commands = new LinkedHashMap<String, Supplier<Object>>();
        commands.put("jobs", () -> new JobsCommand());
        commands.put("jobs trigger", () -> new JobsTriggerCommand(dbtc));
        commands.put("trigger-job", () -> new JobsTriggerCommand(dbtc));
        commands.put("jobs trigger-from-failure", () -> new JobsTriggerFromFailureCommand(dbtc));
        commands.put("trigger-job-from-failure", () -> new JobsTriggerFromFailureCommand(dbtc));
        commands.put("jobs get", () -> new JobsGetCommand(dbtc));
        commands.put("get-job", () -> new JobsGetCommand(dbtc));
        commands.put("jobs list", () -> new JobsListCommand(dbtc));
        commands.put("list-jobs", () -> new JobsListCommand(dbtc));
        commands.put("runs", () -> new RunsCommand());
        commands.put("runs get", () -> new RunsGetCommand(dbtc));
        commands.put("get-run", () -> new RunsGetCommand(dbtc));
        commands.put("runs list", () -> new RunsListCommand(dbtc));
        commands.put("list-runs", () -> new RunsListCommand(dbtc));
        commands.put("runs list-artifacts", () -> new RunsListArtifactsCommand(dbtc));
        commands.put("list-run-artifacts", () -> new RunsListArtifactsCommand(dbtc));
        commands.put("runs get-artifact", () -> new RunsGetArtifactCommand(dbtc));
        commands.put("get-run-artifact", () -> new RunsGetArtifactCommand(dbtc));
        commands.put("runs cancel", () -> new RunsCancelCommand(dbtc));
        commands.put("cancel-run", () -> new RunsCancelCommand(dbtc));
        commands.put("runs retry", () -> new RunsRetryCommand(dbtc));
        return commands;
    }
}
