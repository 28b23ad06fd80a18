package io.github.dbtc4j.cli.ci;

import picocli.CommandLine.Command;

/// `dbtc ci`: a group.
@Command(
        description =
                "What a pipeline does for a pull request, which is found in its environment: run,"
                        + " cancel, close, status.",
        footerHeading = "%nExample:%n",
        footer = "  ${COMMAND-FULL-NAME} run --job-id=73797")
final class CiCommand {}
