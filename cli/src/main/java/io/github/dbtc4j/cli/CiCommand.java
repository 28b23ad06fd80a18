package io.github.dbtc4j.cli;

import picocli.CommandLine.Command;

/// `dbtc ci`: a group.
@Command(
        description = "What a pipeline does for a pull request: close, status.",
        footerHeading = "%nExample:%n",
        footer = "  ${COMMAND-FULL-NAME} close --job-id=73797 --pull-request=github:50")
final class CiCommand {}
