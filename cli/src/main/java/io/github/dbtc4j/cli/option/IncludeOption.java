package io.github.dbtc4j.cli.option;

import io.github.dbtc4j.client.model.Include;

import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;

/// `--include-related`.
public final class IncludeOption {

    @Option(
            names = {"-i", "--include-related"},
            paramLabel = "PART",
            split = ",",
            converter = Part.class,
            completionCandidates = Part.class,
            descriptionKey = "DBTC_INCLUDE_RELATED",
            description =
                    "Send this along: trigger, job, environment, repository, run_steps, audit,"
                            + " debug_logs; several with commas, as a JSON list or by repeating"
                            + " the option"
                            + " [env: DBTC_INCLUDE_RELATED].")
    public List<Include> related = new ArrayList<>();
}
