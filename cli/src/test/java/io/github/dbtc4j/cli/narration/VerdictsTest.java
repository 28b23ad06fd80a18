package io.github.dbtc4j.cli.narration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.autoscaler.Outcome;
import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.RunId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who cancelled a run: in February 2026 the platform did so by itself with runs that had waited
/// for ten minutes, and nothing may call that a person's doing.
class VerdictsTest {

    /// The deadline may end it after a single run.
    @Test
    void countsNoAttemptsOfAConflict() {
        var conflicted = new Verdict.Conflicted(new RunId(7), new RunId(8));

        assertThat(VerdictText.sentence(new Outcome(conflicted, null)))
                .startsWith("Run 7 succeeded, but run 8 wrote into its schema at the same time")
                .contains("no attempt or time is left", "the result is unreliable")
                .doesNotContain("each time");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            textBlock =
                    """
                    {"cancellation": null} | null                             | The platform itself cancelled run 7
                    {"cancellation": null} | Cancelled by user.               | The platform itself cancelled run 7
                    {"cancellation": null} | This run timed out after running | Run 7 was cancelled: This run timed out
                    {"cancellation": null} | because a newer commit was pushed | Run 7 was cancelled: because a newer
                    {"cancellation": null} | The job of this run was deleted. | Run 7 was cancelled: The job
                    {}                     | null                             | Run 7 was cancelled.
                    null                   | null                             | Run 7 was cancelled.
                    {"cancellation": {"actor": {"name": "Ada", "type": "user"}}} | null | Run 7 was cancelled by Ada, user.
                    """)
    void blamesPlatformOnlyWithoutCancelRequest(String audit, String message, String expected) {
        String run =
                """
                {"id": 7, "account_id": 1, "job_definition_id": 1, "project_id": 1, "status": 30,
                 "created_at": "2026-03-02 09:00:00+00:00", "status_message": %s, "audit": %s}
                """
                        .formatted(message == null ? null : "\"" + message + "\"", audit);
        var answer = new ApiResponse<>(Run.of(Json.readObject(run)), run, null);

        String said = VerdictText.of(new Outcome(new Verdict.Cancelled(new RunId(7)), answer));

        assertThat(said).startsWith(expected);
        if (expected.startsWith("The platform")) {
            assertThat(said).contains("start the pipeline again", "status.getdbt.com");
        }
    }
}
