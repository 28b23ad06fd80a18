package io.github.dbtc4j.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Every command under its name.
final class Commands {

    static final int WIDTH = 100;

    private static final List<String> EXIT_CODES =
            List.of(
                    UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING,
                    UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST);

    private Commands() {}

    static CommandLine of(Shell shell) {
        var dbtc = new Dbtc(shell);
        var command =
                new CommandLine(dbtc)
                        .addSubcommand("ci", ci(dbtc))
                        .addSubcommand(
                                "trigger-autoscaling-ci-job", new TriggerAutoscalingCommand(dbtc))
                        .addSubcommand("trigger-job", new JobsTriggerCommand(dbtc))
                        .addSubcommand(
                                "trigger-job-from-failure", new JobsTriggerFromFailureCommand(dbtc))
                        .addSubcommand("plan", new PlanCommand(dbtc))
                        .addSubcommand("reap", new ReapCommand(dbtc))
                        .addSubcommand("doctor", new DoctorCommand(dbtc))
                        .addSubcommand("api", new ApiCommand(dbtc))
                        .addSubcommand("jobs", jobs(dbtc))
                        .addSubcommand("runs", runs(dbtc))
                        .addSubcommand("demo", new DemoCommand(dbtc))
                        .addSubcommand("simulate", new SimulateCommand(dbtc))
                        .addSubcommand("sandbox", new SandboxCommand(dbtc))
                        .addSubcommand("completion", new CompletionCommand(dbtc));
        shapeHelp(command);
        CommandGroups.listedIn(command);
        var errors = new Errors(dbtc);
        return command.setOut(writer(shell.out()))
                .setErr(writer(shell.err()))
                .setUsageHelpWidth(WIDTH)
                .setDefaultValueProvider(new Variables(shell))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false) // `--payload @file` is ours
                .setAllowOptionsAsOptionParameters(true) // `--order-by=-id`
                .setOverwrittenOptionsAllowed(true) // the last one counts, as in the original
                .setParameterExceptionHandler(errors::wrongUsage)
                .setExecutionExceptionHandler(errors::failed);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private static CommandLine ci(Dbtc dbtc) {
        return new CommandLine(new CiCommand())
                .addSubcommand("run", new CiRunCommand(dbtc))
                .addSubcommand("cancel", new CiCancelCommand(dbtc))
                .addSubcommand("close", new CiCloseCommand(dbtc))
                .addSubcommand("status", new CiStatusCommand(dbtc));
    }

    private static CommandLine jobs(Dbtc dbtc) {
        return new CommandLine(new JobsCommand())
                .addSubcommand("trigger", new JobsTriggerCommand(dbtc))
                .addSubcommand("trigger-from-failure", new JobsTriggerFromFailureCommand(dbtc))
                .addSubcommand("trigger-autoscaling", new TriggerAutoscalingCommand(dbtc))
                .addSubcommand("get", new JobsGetCommand(dbtc))
                .addSubcommand("list", new JobsListCommand(dbtc));
    }

    private static CommandLine runs(Dbtc dbtc) {
        return new CommandLine(new RunsCommand())
                .addSubcommand("get", new RunsGetCommand(dbtc))
                .addSubcommand("list", new RunsListCommand(dbtc))
                .addSubcommand("cancel", new RunsCancelCommand(dbtc))
                .addSubcommand("retry", new RunsRetryCommand(dbtc));
    }

    private static void shapeHelp(CommandLine command) {
        command.getCommandSpec()
                .usageMessage()
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
