package io.github.dbtc4j.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Every command under its name.
final class Commands {

    static final int WIDTH = 100;

    private static final List<String> EXIT_CODES =
            List.of(
                    UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING,
                    UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST);

    private static final String ABOUT_ALL = "completion";
    private static final Set<String> VERSION = Set.of("--version", "-v");

    private Commands() {}

    /// All of them.
    static CommandLine of(Shell shell) {
        return of(shell, "", "");
    }

    /// Those that `args` may be about: to describe a command takes some milliseconds, and there are
    /// two dozens.
    static CommandLine of(Shell shell, String... args) {
        String first = args.length > 0 && !ABOUT_ALL.equals(args[0]) ? args[0] : "";
        String second = args.length > 1 ? args[1] : "";
        var dbtc = new Dbtc(shell);
        var command = new CommandLine(dbtc);
        if (!VERSION.contains(first)) {
            add(command, first, commands(dbtc, second));
        }
        shapeHelp(command);
        CommandGroups.listedIn(command);
        command.setInterpolateVariables(false); // a value is meant as it is written
        var errors = new Errors(dbtc);
        var strayToken = new StrayToken(shell);
        return command.setOut(writer(shell.out()))
                .setErr(writer(shell.err()))
                .setUsageHelpWidth(WIDTH)
                .setDefaultValueProvider(new Variables(shell))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false) // `--payload @file` is ours
                .setAllowOptionsAsOptionParameters(true) // `--order-by=-id`
                .setOverwrittenOptionsAllowed(true) // the last one counts, as in the original
                .setExecutionStrategy(parsed -> {
                    strayToken.refuse(parsed);
                    return new CommandLine.RunLast().execute(parsed);
                })
                .setParameterExceptionHandler(errors::wrongUsage)
                .setExecutionExceptionHandler(errors::failed);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private static Map<String, Supplier<Object>> commands(Dbtc dbtc, String second) {
        var commands = new LinkedHashMap<String, Supplier<Object>>();
        commands.put("ci", () -> add(new CommandLine(new CiCommand()), second, ci(dbtc)));
        commands.put("trigger-autoscaling-ci-job", () -> new TriggerAutoscalingCommand(dbtc));
        commands.put("trigger-job", () -> new JobsTriggerCommand(dbtc));
        commands.put("trigger-job-from-failure", () -> new JobsTriggerFromFailureCommand(dbtc));
        commands.put("plan", () -> new PlanCommand(dbtc));
        commands.put("reap", () -> new ReapCommand(dbtc));
        commands.put("doctor", () -> new DoctorCommand(dbtc));
        commands.put("probe", () -> new ProbeCommand(dbtc));
        commands.put("api", () -> new ApiCommand(dbtc));
        commands.put("jobs", () -> add(new CommandLine(new JobsCommand()), second, jobs(dbtc)));
        commands.put("runs", () -> add(new CommandLine(new RunsCommand()), second, runs(dbtc)));
        commands.put("get-job", () -> new JobsGetCommand(dbtc));
        commands.put("list-jobs", () -> new JobsListCommand(dbtc));
        commands.put("get-run", () -> new RunsGetCommand(dbtc));
        commands.put("list-runs", () -> new RunsListCommand(dbtc));
        commands.put("cancel-run", () -> new RunsCancelCommand(dbtc));
        commands.put("list-run-artifacts", () -> new RunsListArtifactsCommand(dbtc));
        commands.put("get-run-artifact", () -> new RunsGetArtifactCommand(dbtc));
        commands.put("demo", () -> new DemoCommand(dbtc));
        commands.put("simulate", () -> new SimulateCommand(dbtc));
        commands.put("sandbox", () -> new SandboxCommand(dbtc));
        commands.put("completion", () -> new CompletionCommand(dbtc));
        return commands;
    }

    private static Map<String, Supplier<Object>> ci(Dbtc dbtc) {
        var commands = new LinkedHashMap<String, Supplier<Object>>();
        commands.put("run", () -> new CiRunCommand(dbtc));
        commands.put("cancel", () -> new CiCancelCommand(dbtc));
        commands.put("close", () -> new CiCloseCommand(dbtc));
        commands.put("status", () -> new CiStatusCommand(dbtc));
        return commands;
    }

    private static Map<String, Supplier<Object>> jobs(Dbtc dbtc) {
        var commands = new LinkedHashMap<String, Supplier<Object>>();
        commands.put("trigger", () -> new JobsTriggerCommand(dbtc));
        commands.put("trigger-from-failure", () -> new JobsTriggerFromFailureCommand(dbtc));
        commands.put("trigger-autoscaling", () -> new TriggerAutoscalingCommand(dbtc));
        commands.put("get", () -> new JobsGetCommand(dbtc));
        commands.put("list", () -> new JobsListCommand(dbtc));
        return commands;
    }

    private static Map<String, Supplier<Object>> runs(Dbtc dbtc) {
        var commands = new LinkedHashMap<String, Supplier<Object>>();
        commands.put("get", () -> new RunsGetCommand(dbtc));
        commands.put("list", () -> new RunsListCommand(dbtc));
        commands.put("list-artifacts", () -> new RunsListArtifactsCommand(dbtc));
        commands.put("get-artifact", () -> new RunsGetArtifactCommand(dbtc));
        commands.put("cancel", () -> new RunsCancelCommand(dbtc));
        commands.put("retry", () -> new RunsRetryCommand(dbtc));
        return commands;
    }

    /// Adds the command called `name`, or all of them if none is.
    private static CommandLine add(
            CommandLine group, String name, Map<String, Supplier<Object>> commands) {
        Supplier<Object> meant = commands.get(name);
        (meant == null ? commands : Map.of(name, meant))
                .forEach((it, command) -> group.addSubcommand(it, command.get()));
        return group;
    }

    private static void shapeHelp(CommandLine command) {
        UsageMessageSpec help = command.getCommandSpec().usageMessage();
        help.footer(help.footer()) // with its own name in it
                .abbreviateSynopsis(true)
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.list());
        var sections = new ArrayList<>(command.getHelpSectionKeys());
        sections.removeAll(EXIT_CODES);
        sections.addAll(EXIT_CODES); // what is the same for all comes last
        command.setHelpSectionKeys(sections);
        command.getSubcommands().values().forEach(Commands::shapeHelp);
    }
}
