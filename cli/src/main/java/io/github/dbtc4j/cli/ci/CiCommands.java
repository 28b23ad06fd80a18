package io.github.dbtc4j.cli.ci;

import io.github.dbtc4j.cli.session.Dbtc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The commands of this package.
public final class CiCommands {

    private CiCommands() {}

    /// Each under what is typed behind `dbtc`.
    public static Map<String, Supplier<Object>> of(Dbtc dbtc) {
        var commands = new LinkedHashMap<String, Supplier<Object>>();
        commands.put("ci", () -> new CiCommand());
        commands.put("ci run", () -> new CiRunCommand(dbtc));
        commands.put("ci cancel", () -> new CiCancelCommand(dbtc));
        commands.put("ci close", () -> new CiCloseCommand(dbtc));
        commands.put("ci status", () -> new CiStatusCommand(dbtc));
        commands.put("trigger-autoscaling-ci-job", () -> new TriggerAutoscalingCommand(dbtc));
        commands.put("jobs trigger-autoscaling", () -> new TriggerAutoscalingCommand(dbtc));
        commands.put("plan", () -> new PlanCommand(dbtc));
        commands.put("reap", () -> new ReapCommand(dbtc));
        return commands;
    }
}
