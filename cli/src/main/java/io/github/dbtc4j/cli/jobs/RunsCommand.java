package io.github.dbtc4j.cli.jobs;

import picocli.CommandLine.Command;

/// `dbtc runs`: a group.
@Command(
        description = "Runs: get, list, cancel, retry.",
        footerHeading = "%nExample:%n",
        footer = "  ${COMMAND-FULL-NAME} list --limit=10 --order-by=-id")
final class RunsCommand {}
