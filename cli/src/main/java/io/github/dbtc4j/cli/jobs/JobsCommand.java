package io.github.dbtc4j.cli.jobs;

import picocli.CommandLine.Command;

/// `dbtc jobs`: a group.
@Command(
        description = "Jobs: trigger, trigger from failure, get, list.",
        footerHeading = "%nExample:%n",
        footer = "  ${COMMAND-FULL-NAME} list")
final class JobsCommand {}
