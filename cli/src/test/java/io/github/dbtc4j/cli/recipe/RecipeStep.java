package io.github.dbtc4j.cli.recipe;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/// A step of a pipeline: a script that some shell runs.
///
/// @param id how other steps call it
/// @param shell the command line that the script's file is appended to
/// @param environment what is added to the pipeline's environment
/// @param condition whether it runs, once it is its turn
/// @param decides whether the pipeline fails with it
record RecipeStep(
        String id,
        List<String> shell,
        String script,
        Function<Progress, Map<String, String>> environment,
        Predicate<Progress> condition,
        boolean decides) {

    /// How a pipeline stands between two steps.
    ///
    /// @param outcomes of the steps so far: `success`, `failure`, `cancelled` or `skipped`
    /// @param exitCode of the step that failed first, or 0
    record Progress(Map<String, String> outcomes, int exitCode, boolean isCancelled) {

        boolean isSuccess() {
            return exitCode == 0 && !isCancelled;
        }
    }
}
