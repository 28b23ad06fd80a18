package io.github.dbtc4j.pipeline.explanation;

import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunStatus.Known;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Causes that runs often fail for, and what to do about each.
///
/// Where the words come from: docs.getdbt.com, "Continuous integration jobs" (a commit that cannot
/// be checked out); status.getdbt.com, incident of February 2026 (`Internal error`); dbt-core,
/// `core/dbt/exceptions.py` (`Compilation Error`).
enum KnownCause {
    UNKNOWN_COMMIT(
            "reference is not a tree|Failed to checkout to specified revision",
            "The commit is not in the repository that dbt clones: it is of a fork, or a force-push"
                    + " or rebase removed it. Push again, or start the newest pipeline again."),
    PLATFORM(
            "^Internal error",
            "The platform failed, not your project. Start the pipeline again, and see"
                    + " status.getdbt.com if it happens again."),
    TIME_LIMIT(
            "[Tt]imed out|[Tt]imeout exceeded",
            "The job has a time limit of its own. Raise it in the job's settings, or build less."),
    COMPILATION(
            "Compilation Error|Parsing Error",
            "The project does not compile: `dbt parse` or `dbt compile` shows the same at your"
                    + " desk, without the warehouse."),
    REPOSITORY(
            "Permission denied \\(publickey\\)|could not read Username|Authentication failed for"
                    + "|Repository not found",
            "The platform cannot clone the repository: connect it anew in the project's settings."),
    ACCESS(
            "(?i)permission denied|insufficient privileges|access denied|not authorized to",
            "The warehouse refuses it: check what the CI environment's user may do, and whether it"
                    + " may create schemas.");

    private final Pattern words;
    private final String advice;

    KnownCause(String words, String advice) {
        this.words = Pattern.compile(words, Pattern.MULTILINE);
        this.advice = advice;
    }

    /// What to do about a run that failed; empty when its cause is none of these.
    static Optional<String> advice(@Nullable Run run, List<StepReport> failedSteps) {
        if (run == null || run.status() != Known.ERROR) {
            return Optional.empty();
        }
        List<String> said =
                Stream.concat(
                                Stream.of(Objects.requireNonNullElse(run.statusMessage(), "")),
                                failedSteps.stream().flatMap(KnownCause::said))
                        .filter(Predicate.not(String::isBlank))
                        .toList();
        return Stream.of(values())
                .filter(cause -> said.stream().anyMatch(cause::isIn))
                .findFirst()
                .map(cause -> cause.advice);
    }

    private static Stream<String> said(StepReport step) {
        return Stream.concat(
                step.logTail().stream(),
                step.failures().stream()
                        .map(NodeResult::message)
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull));
    }

    private boolean isIn(String text) {
        return words.matcher(text).find();
    }
}
