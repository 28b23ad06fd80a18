package io.github.dbtc4j.client.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What to send along with a run or a job (`include_related`).
///
/// The platform documents for one run all but the last three; for a list of runs [#TRIGGER],
/// [#JOB], [#AUDIT] and [#DEBUG_LOGS]; for a list of jobs [#ENVIRONMENT] and the last three.
public enum Include {
    TRIGGER,
    JOB,
    ENVIRONMENT,
    REPOSITORY,
    RUN_STEPS,
    RUN_RETRIES,
    AUDIT,
    DEBUG_LOGS,
    CUSTOM_ENVIRONMENT_VARIABLES,
    MOST_RECENT_RUN,
    MOST_RECENT_COMPLETED_RUN;

    public static String list(Include... includes) {
        return Arrays.stream(includes)
                .distinct()
                .map(include -> include.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
    }
}
