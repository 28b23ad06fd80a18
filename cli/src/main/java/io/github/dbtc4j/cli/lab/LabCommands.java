package io.github.dbtc4j.cli.lab;

import io.github.dbtc4j.cli.session.Dbtc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The commands of this package.
public final class LabCommands {

    private LabCommands() {}

    /// Each under what is typed behind `dbtc`.
    public static Map<String, Supplier<Object>> of(Dbtc dbtc) {
        var commands = new LinkedHashMap<String, Supplier<Object>>();
        commands.put("demo", () -> new DemoCommand(dbtc));
        commands.put("simulate", () -> new SimulateCommand(dbtc));
        commands.put("sandbox", () -> new SandboxCommand(dbtc));
        return commands;
    }
}
