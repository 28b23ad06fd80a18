package io.github.dbtc4j.cli;

import picocli.CommandLine.Command;

/// `dbtc ci`: a group.
@Command(
        description = "For the pipeline of a pull request, which is found in its environment: run.",
        footerHeading = "%nExample:%n",
        footer = "  ${COMMAND-FULL-NAME} run --job-id=73797")
final class CiCommand {}
