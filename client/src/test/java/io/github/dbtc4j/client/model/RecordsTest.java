package io.github.dbtc4j.client.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.Script;
import io.github.dbtc4j.http.VirtualTime;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class RecordsTest {

    private static DbtCloudClient answering(String recorded) {
        return new Script().answers(200, Script.recorded(recorded)).client(new VirtualTime(1));
    }

    @Test
    void readsTheRunOfTheOriginalsGuide() {
        ApiResponse<Run> answer =
                answering("run-triggered.json").jobs().trigger(1, 1, Map.of("cause", "Just cause"));
        Run run = answer.data();

        assertThat(run.id()).isEqualTo(78614274);
        assertThat(run.jobId()).isEqualTo(1);
        assertThat(run.status()).isEqualTo(RunStatus.Known.QUEUED);
        assertThat(run.gitSha()).isNull();
        assertThat(run.createdAt()).isEqualTo("2022-08-31T02:18:57.855152Z");
        assertThat(run.startedAt()).isNull();
        assertThat(run.steps()).isEmpty();
        assertThat(run.cancellation()).isNull();
        assertThat(run.canRetry()).isFalse();
        assertThat(run.fields()).containsEntry("scribe_enabled", true).containsEntry("job_id", 1L);

        Trigger trigger = requireNonNull(run.trigger());
        assertThat(trigger.cause()).isEqualTo("Just cause");
        assertThat(trigger.githubPullRequestId()).isNull();
        assertThat(trigger.nonNativePullRequestId()).isNull();
        assertThat(trigger.causeCategory()).isNull();
        assertThat(trigger.stepsOverride())
                .containsExactly("dbt run -s bad_model --vars '{\"key\": \"value\"}'");
        assertThat(trigger.createdAt()).isEqualTo("2022-08-31T02:18:57.846515Z");

        Job job = requireNonNull(run.job());
        assertThat(job.createdAt()).isEqualTo("2022-08-29T14:02:57.378279Z");
        assertThat(job.jobType()).isNull();
        assertThat(job.description()).isEmpty();
        assertThat(job.triggers().any()).isFalse();
        assertThat(job.fields().get("schedule"))
                .isEqualTo(
                        Map.of(
                                "cron", "0 * * * 0,1,2,3,4,5,6",
                                "date", "days_of_week",
                                "time", "every_hour"));
    }

    @Test
    void keepsWhatThePlatformSentToTheLetter() {
        assertThat(answering("run-triggered.json").runs().get(1, 78614274).json())
                .isEqualTo(Script.recorded("run-triggered.json"));
    }

    @Test
    void readsRunsWithIdsBeyond32BitsAndEveryNull() {
        List<Run> runs =
                answering("run-list.json").runs().page(70403103922125L, RunQuery.all()).data();

        assertThat(runs)
                .extracting(Run::id)
                .containsExactly(70403111611683L, 70403111612450L, 70403111615088L);
        Run timedOut = runs.get(0);
        assertThat(timedOut.status()).isEqualTo(RunStatus.Known.CANCELLED);
        assertThat(timedOut.statusMessage()).contains("timed out after running for 1 day");
        assertThat(timedOut.finishedAt()).isEqualTo("2024-05-27T10:42:52.518117Z");
        assertThat(timedOut.retryNotSupportedReason()).isEqualTo("RETRY_NOT_FAILED_RUN");
        assertThat(runs.get(1).createdAt()).isEqualTo("2024-05-27T10:42:16Z");
        Run queued = runs.get(2);
        assertThat(queued.blockedBy()).containsExactly(70403111611683L);
        assertThat(queued.trigger()).isNull();
        assertThat(queued.job()).isNull();
        assertThat(queued.dequeuedAt()).isNull();
    }

    @Test
    void saysWhoCancelledARun() {
        Run run = answering("run-cancelled.json").runs().cancel(1, 40650752).data();

        assertThat(run.status()).isEqualTo(RunStatus.Known.CANCELLED);
        assertThat(run.cancellation()).isEqualTo(new Cancellation("9", "service_token", "ci"));
    }

    @Test
    void readsTheStepsOfAFailedRun() {
        Run run = answering("run-with-steps.json").runs().get(1, 1, Include.RUN_STEPS).data();

        assertThat(run.steps()).extracting(RunStep::index).containsExactly(1, 2, 3, 4);
        assertThat(run.steps().get(0).logs()).startsWith("Cloning into");
        RunStep failed = run.steps().get(3);
        assertThat(failed.name()).isEqualTo("Invoke dbt with `dbt build`");
        assertThat(failed.status()).isEqualTo(RunStatus.Known.ERROR);
        assertThat(failed.logs()).isNull();
        assertThat(run.canRetry()).isTrue();
    }

    @Test
    void readsAJobWithItsNestedSchedule() {
        Job job = answering("job.json").jobs().get(1, 70403103936332L).data();

        assertThat(job.name()).isEqualTo("Pull requests");
        assertThat(job.jobType()).isEqualTo("scheduled");
        assertThat(job.triggers())
                .isEqualTo(new JobTriggers(false, false, true, false, false, false));
        assertThat(job.triggers().any()).isTrue();
        assertThat(job.timeoutSeconds()).isEqualTo(3600);
        assertThat(job.deferringEnvironmentId()).isEqualTo(70403103931999L);
        assertThat(job.deferringJobId()).isNull();
        assertThat(job.createdAt()).isEqualTo("2024-05-27T10:42:10.111442Z");
        assertThat(job.updatedAt()).isEqualTo("2024-05-27T10:42:10Z");
        assertThat(job.isDeleted()).isFalse();
        assertThat(job.fields().get("schedule"))
                .extracting("date")
                .isEqualTo(
                        Map.of(
                                "type",
                                "days_of_week",
                                "days",
                                List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L)));
        assertThat(job.fields()).containsEntry("next_run", null);
        assertThat(job.fields().keySet()).startsWith("execution", "generate_docs");
    }

    @Test
    void readsAnAccount() {
        Account account = answering("account.json").accounts().get(123456).data();

        assertThat(account.id()).isEqualTo(123456);
        assertThat(account.plan()).isEqualTo("enterprise");
        assertThat(account.runSlots()).isEqualTo(15);
        assertThat(account.queueLimit()).isEqualTo(50);
        assertThat(account.runDurationLimitSeconds()).isEqualTo(86400);
    }

    @Test
    void tellsNoRunSlotsFromUnknownOnes() {
        Map<String, @Nullable Object> account = new HashMap<>();
        account.put("id", 1L);
        account.put("run_slots", null);
        assertThat(Account.of(account).runSlots()).isNull();
        account.put("run_slots", 0L);
        assertThat(Account.of(account).runSlots()).isZero();
        account.put("run_slots", 9_999_999_999L);
        assertThat(Account.of(account).runSlots()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void readsTheVariablesOfAJobAndRecognisesMaskedSecrets() {
        List<EnvironmentVariable> variables =
                answering("job-environment-variables.json").variables().list(1, 2, 3).data();

        EnvironmentVariable secret = variables.get(0);
        assertThat(secret.name()).isEqualTo("DBT_ENV_SECRET_1");
        assertThat(requireNonNull(secret.project()).isMasked()).isTrue();
        assertThat(secret.job()).isNull();
        assertThat(variables.get(1).job())
                .isEqualTo(new EnvironmentVariable.Value(4, "job_override"));
        assertThat(variables.get(1).environment())
                .isEqualTo(new EnvironmentVariable.Value(3, "dev_override"));
    }

    /// Ten asterisks for a job (OpenAPI v3), eight elsewhere; terraform-provider-dbtcloud goes by
    /// the name (962998a7).
    @ParameterizedTest
    @CsvSource({
        "DBT_ENV_SECRET_TOKEN, **********, true",
        "DBT_ENV_SECRET_TOKEN, ********, true",
        "DBT_ENV_SECRET_TOKEN, in clear, true",
        "DBT_ENV_SECRET, x, true",
        "DBT_OTHER, **********, true",
        "DBT_OTHER, ********, true",
        "DBT_OTHER, *, true",
        "DBT_OTHER, a*, false",
        "DBT_OTHER, '', false",
        "DBT_SECRET, x, false"
    })
    void aSecretIsKnownByItsNameOrItsMask(String name, String value, boolean secret) {
        var ofJob = new EnvironmentVariable.Value(1, value);

        assertThat(new EnvironmentVariable(name, null, null, ofJob).isSecretOfJob())
                .isEqualTo(secret);
        assertThat(new EnvironmentVariable(name, ofJob, ofJob, null).isSecretOfJob()).isFalse();
    }

    @Test
    void keepsFieldsItDoesNotKnow() {
        Map<String, @Nullable Object> fields = run(3);
        fields.put("mood", Map.of("level", 7L));

        assertThat(Run.of(fields).fields()).containsEntry("mood", Map.of("level", 7L));
    }

    @Test
    void returnsUnmodifiableFields() {
        Map<String, @Nullable Object> fields = run(3);
        Map<String, @Nullable Object> trigger = new HashMap<>(Map.of("id", 1L, "cause", "x"));
        fields.put("trigger", trigger);
        Run run = Run.of(fields);

        trigger.put("cause", "changed");
        assertThat(run.fields().get("trigger")).isEqualTo(Map.of("id", 1L, "cause", "x"));
        assertThatThrownBy(() -> run.fields().put("id", 2L))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void keepsTheNumberOfAStatusItDoesNotKnow() {
        Run run = Run.of(run(42));

        assertThat(run.status()).isEqualTo(new RunStatus.Unknown(42));
        assertThat(run.status().isTerminal()).isFalse();
        assertThat(run.status().code()).isEqualTo(42);
    }

    @Test
    void callsOnlyThreeStatesTerminal() {
        assertThat(RunStatus.Known.values())
                .filteredOn(RunStatus::isTerminal)
                .extracting(RunStatus::code)
                .containsExactly(10, 20, 30);
        for (RunStatus known : RunStatus.Known.values()) {
            assertThat(RunStatus.of(known.code())).isEqualTo(known);
        }
    }

    @Test
    void takesAPullRequestIdSentAsText() {
        Map<String, @Nullable Object> fields = run(3);
        fields.put("trigger", Map.of("cause", "x", "github_pull_request_id", "50"));

        Trigger trigger = requireNonNull(Run.of(fields).trigger());
        assertThat(trigger.githubPullRequestId()).isEqualTo(50);
    }

    @Test
    void readsEverySpellingOfAMoment() {
        Instant moment = Instant.parse("2024-05-27T10:42:16.179903Z");
        assertThat(Timestamps.read("2024-05-27 10:42:16.179903+00:00")).isEqualTo(moment);
        assertThat(Timestamps.read("2024-05-27T10:42:16.179903+00:00")).isEqualTo(moment);
        assertThat(Timestamps.read("2024-05-27T10:42:16.179903Z")).isEqualTo(moment);
        Instant whole = Instant.parse("2024-05-27T10:42:16Z");
        assertThat(Timestamps.read("2024-05-27 10:42:16+00:00")).isEqualTo(whole);
        assertThat(Timestamps.read("2024-05-27T10:42:16+00:00")).isEqualTo(whole);
        assertThat(Timestamps.read("2024-05-27T10:42:16Z")).isEqualTo(whole);
        assertThat(Timestamps.read("2024-05-27 12:42:16+02:00")).isEqualTo(whole);
        assertThat(Timestamps.read("2024-05-27 10:42:16")).isEqualTo(whole);
    }

    @Test
    void namesTheFieldAndTheTypeItCannotRead() {
        assertMismatch("status", "running", "run.status: expected a whole number, found text");
        assertMismatch("status", null, "run.status is missing");
        assertMismatch("trigger", "x", "run.trigger: expected an object, found text");
        assertMismatch(
                "trigger",
                Map.of("cause", 1L),
                "run.trigger.cause: expected text, found a whole number");
        assertMismatch(
                "blocked_by",
                List.of("x"),
                "run.blocked_by[0]: expected a whole number, found text");
        assertMismatch(
                "run_steps",
                List.of(3L),
                "run.run_steps[0]: expected an object, found a whole number");
        assertMismatch("created_at", "yesterday", "run.created_at is not a date and time");
        assertMismatch("can_retry", "no", "run.can_retry: expected true or false, found text");
        assertMismatch("status", 5_000_000_000L, "run.status is too large a number");
    }

    private static void assertMismatch(String field, @Nullable Object value, String message) {
        Map<String, @Nullable Object> fields = run(3);
        fields.put(field, value);
        assertThatThrownBy(() -> Run.of(fields))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static Map<String, @Nullable Object> run(long status) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", 1L);
        fields.put("account_id", 1L);
        fields.put("job_definition_id", 1L);
        fields.put("project_id", 1L);
        fields.put("status", status);
        fields.put("created_at", "2024-05-27 10:42:16.179903+00:00");
        return fields;
    }
}
