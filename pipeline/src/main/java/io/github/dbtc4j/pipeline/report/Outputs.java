package io.github.dbtc4j.pipeline.report;

import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.pipeline.explanation.OneLine;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What later steps of a pipeline may want to know of an invocation, as names and values.
///
/// `run_id`, `run_url`, `status` (the platform's, in small letters), `job_id`, `cloned_job_id`,
/// `cancelled_run_ids` (with commas), `git_sha`, `decision` ([Placement#word]) and `verdict`. What
/// is not known is empty.
public final class Outputs {

    private Outputs() {}

    /// The outputs of `ending`, always the same names in the same order; none without a verdict.
    public static Map<String, String> of(Ending ending) {
        return switch (ending) {
            case Report report -> outputs(report);
            case Closing closing ->
                    withoutRun(closing.baseJob(), closing.cancelledRuns(), closing.verdictWord());
            case Skipped(_, var baseJob) -> withoutRun(baseJob, List.of(), "skipped");
            case Aborted _ -> Map.of();
        };
    }

    private static Map<String, String> outputs(Report report) {
        Run run = report.why().run();
        var outputs = new LinkedHashMap<String, String>();
        outputs.put("run_id", run == null ? "" : Long.toString(run.id()));
        outputs.put("run_url", text(report.link()));
        outputs.put("status", run == null ? "" : run.status().label().toLowerCase(Locale.ROOT));
        outputs.put("job_id", Long.toString(report.baseJob()));
        outputs.put("cloned_job_id", text(report.clonedJob()));
        outputs.put("cancelled_run_ids", ids(report.cancelledRuns()));
        outputs.put("git_sha", OneLine.clipped(text(report.commit()), 200));
        outputs.put("decision", report.decision().word());
        outputs.put("verdict", report.verdictWord());
        return outputs;
    }

    private static Map<String, String> withoutRun(
            long baseJob, List<Long> cancelledRuns, String verdict) {
        var outputs = new LinkedHashMap<String, String>();
        for (String name : List.of("run_id", "run_url", "status")) {
            outputs.put(name, "");
        }
        outputs.put("job_id", Long.toString(baseJob));
        outputs.put("cloned_job_id", "");
        outputs.put("cancelled_run_ids", ids(cancelledRuns));
        outputs.put("git_sha", "");
        outputs.put("decision", Placement.NONE.word());
        outputs.put("verdict", verdict);
        return outputs;
    }

    private static String ids(List<Long> ids) {
        return ids.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /// A file of variables, `DBTC_RUN_ID=110` and so on, for GitLab's `artifacts:reports:dotenv`
    /// and for a shell's `source`.
    ///
    /// GitLab takes neither quotes nor empty lines and expands `$NAME`
    /// (https://docs.gitlab.com/ci/yaml/artifacts_reports/#artifactsreportsdotenv and GitLab's
    /// `parse_dotenv_artifact_service.rb`); a shell would run what is behind a blank. So every
    /// character that means something to either becomes `_`, and what is empty is left out.
    public static String dotenv(Ending ending) {
        return dotenv(of(ending));
    }

    static String dotenv(Map<String, String> outputs) {
        return outputs.entrySet().stream()
                .filter(output -> !output.getValue().isEmpty())
                .map(output ->
                        "DBTC_%s=%s\n"
                                .formatted(
                                        output.getKey().toUpperCase(Locale.ROOT),
                                        output.getValue().replaceAll("[^\\w.,:/@%+=-]", "_")))
                .collect(Collectors.joining());
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
