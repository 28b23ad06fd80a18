package io.github.dbtc4j.cli.help;

import io.github.dbtc4j.cli.option.ReportOptions;

import picocli.CommandLine.Model.OptionSpec;

import java.lang.reflect.Field;
import java.util.Set;

/// Options that belong together, under one heading of the help.
enum OptionGroup {
    /// What a command is about, without a heading.
    COMMAND("", Set.of()),
    PULL_REQUEST(
            "Pull request",
            Set.of(
                    "--pull-request",
                    "--git-sha",
                    "--cause",
                    "--schema-override",
                    "--schema-prefix",
                    "--drafts",
                    "--skip-without-token",
                    "--sequence",
                    "--sequence-scope",
                    "--shared-schema")),
    WAITING(
            "Waiting",
            Set.of("--should-poll", "--poll-interval", "--timeout", "--retries", "--retry-delay")),
    CLONES(
            "Clones",
            Set.of(
                    "--cleanup",
                    "--delete-cloned-job",
                    "--clone-ttl",
                    "--concurrency",
                    "--lanes",
                    "--max-run-slots")),
    REPORTS(
            "Reports",
            Set.of(
                    "--commit-status",
                    "--status-context",
                    "--comment",
                    "--git-api",
                    "--git-repository")),
    CONNECTION("Connection", Set.of("--token", "--api-key", "--host", "--job-url", "--ca-file")),
    OUTPUT(
            "Output",
            Set.of("--output", "--json", "--web", "--quiet", "--verbose", "--help", "--version"));

    private final String heading;

    @SuppressWarnings("ImmutableEnumChecker") // nothing changes the set
    private final Set<String> names;

    OptionGroup(String heading, Set<String> names) {
        this.heading = heading;
        this.names = names;
    }

    /// What stands above it; empty for nothing.
    String heading() {
        return heading;
    }

    /// Where `option` belongs.
    static OptionGroup of(OptionSpec option) {
        for (OptionGroup group : values()) {
            if (group.names.contains(option.longestName())) {
                return group;
            }
        }
        return option.userObject() instanceof Field field
                        && field.getDeclaringClass() == ReportOptions.class
                ? REPORTS
                : COMMAND;
    }
}
