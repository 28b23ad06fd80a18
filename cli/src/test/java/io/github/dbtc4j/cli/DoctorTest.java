package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.fault.Endpoint;
import io.github.dbtc4j.sandbox.fault.Fault;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.SandboxEvent;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// `dbtc doctor` tells what is and what to do, and sends nothing but `GET`.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class DoctorTest {

    @Test
    void findsAHealthyStarterAccount() {
        try (var platform = Platform.starter()) {
            var prompt = doctor(platform, 0);

            assertThat(prompt.err())
                    .containsPattern("ok +token +A personal access token, by its prefix dbtu_")
                    .containsPattern("ok +host +http://127\\.0\\.0\\.1:\\d+\\.")
                    .containsPattern("ok +account +1 \\(Jaffle Company\\), plan starter_2025\\.")
                    .containsPattern("ok +run slots +5, 0 of them in use\\.")
                    .containsPattern("ok +permissions +The token may read jobs and runs")
                    .containsPattern("ok +job +1 \\(.*\\), of type ci\\.")
                    .containsPattern("ok +deferral +To ")
                    .containsPattern("ok +mode +Clones: the plan does not run API-triggered")
                    .containsPattern("ok +clones +None\\.")
                    .contains("No problem, ");
            assertThat(levels(prompt)).doesNotContain("problem").contains("ok");
            assertOnlyReads(platform);
        }
    }

    @Test
    void tellsNativeModeAndItsReason() {
        try (var platform = Platform.of(Platform.options().plan("enterprise_2025"))) {
            assertThat(doctor(platform, 0).err())
                    .containsPattern(
                            "ok +mode +Native: plan enterprise_2025 runs API-triggered pull"
                                    + " requests of CI jobs concurrently");
            assertThat(doctor(platform, 9, "--job-id=4").err())
                    .containsPattern("ok +mode +Clones: the job is not of type ci");
        }
    }

    @Test
    void callsAProductionJobAProblemAndOneThatAScheduleStarts() {
        try (var platform = Platform.starter()) {
            var prompt = doctor(platform, 9, "--job-id=2");

            assertThat(prompt.err())
                    .containsPattern(
                            "problem +environment +2 \\(.*\\) is in an environment of type prod")
                    .contains("→ Name a CI job in an environment of its own.")
                    .containsPattern("problem +triggers +.* is also started by its schedule:");
            assertOnlyReads(platform);
        }
    }

    @Test
    void findsPullRequestsThatShareASchemaOrNameNone() {
        try (var platform = Platform.starter()) {
            for (int pullRequest : new int[] {50, 51, 52}) {
                Map<String, @Nullable Object> payload = new HashMap<>();
                payload.put("cause", "CI");
                payload.put("github_pull_request_id", pullRequest);
                if (pullRequest != 52) {
                    payload.put("schema_override", pullRequest == 50 ? "cicd" : "CICD");
                }
                platform.client.jobs().trigger(1, platform.job, payload);
            }

            assertThat(doctor(platform, 0).err())
                    .containsPattern(
                            "note +schema +pull request 51, pull request 50 built into the same"
                                    + " schema cicd")
                    .containsPattern("note +schema +The payload of run \\d+ named no schema_over")
                    .contains("→ Give each a schema_override of its own");
        }
    }

    @Test
    void findsWhatIsUnusualAndSaysWhatToDo() {
        try (var platform =
                Platform.of(
                        Platform.options().runSlots(1).token("dbtc_" + CommandProcess.CANARY))) {
            platform.sandbox.editAsUser(
                    platform.job, Map.of("execute_steps", List.of("dbt build")));
            Map<String, String> environment = new HashMap<>(platform.environment());
            environment.put("DBT_CLOUD_SERVICE_TOKEN", "dbtc_" + CommandProcess.CANARY);
            environment.put("DBT_CLOUD_READONLY", "true");
            var prompt = new Prompt(environment);

            assertThat(prompt.dbtc("doctor")).as(prompt.err()).isZero();
            assertThat(prompt.err())
                    .containsPattern("ok +token +A service token")
                    .containsPattern("note +token +On plan starter_2025 service tokens")
                    .contains("→ Use a personal access token (DBT_CLOUD_API_KEY).")
                    .containsPattern("note +read-only +DBT_CLOUD_READONLY is set")
                    .containsPattern("note +run slots +1: no two runs")
                    .containsPattern("note +steps +.*has no step that selects state:modified")
                    .doesNotContain(CommandProcess.CANARY);
        }
    }

    @Test
    void findsStaleClonesAndBlamesNoClockForASandboxsTime() {
        try (var platform = Platform.starter()) {
            long clone =
                    platform.create(
                            "CI [CLONED 2026-03-02 09:00:00] pr-50",
                            CiCloseTest.marker(platform.job, 50));
            PlatformTime.skip(platform.server, Duration.ofMinutes(31));

            assertThat(doctor(platform, 0).err())
                    .containsPattern(
                            "note +clones +Clones idle for more than 30:00: " + clone + "\\.")
                    .contains("→ `dbtc reap` deletes them.")
                    .containsPattern("ok +clock +The platform has a time of its own")
                    .doesNotContain("Correct this machine's clock");
        }
    }

    @Test
    void findsSecretsThatNoCloneCanCarry() {
        try (var platform = Platform.starter()) {
            platform.client
                    .variables()
                    .create(1, 1, platform.job, "DBT_ENV_SECRET_GIT_TOKEN", "s3cret");

            assertThat(doctor(platform, 0).err())
                    .containsPattern(
                            "note +variables +The job overrides secrets, which no clone can carry:"
                                    + " DBT_ENV_SECRET_GIT_TOKEN")
                    .containsPattern("note +mode +Queue: ")
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void makesDoWithoutTheAccount() {
        try (var platform =
                Platform.of(Platform.options().with(Assumption.AccountRead.NOT_FOUND))) {
            assertThat(doctor(platform, 0).err())
                    .containsPattern("note +account +Its plan and run slots cannot be read")
                    .containsPattern("note +run slots +Their number is unknown")
                    .contains("→ Set --max-run-slots to what CI may take.")
                    .containsPattern("ok +mode +Clones: the plan is unknown");
        }
    }

    /// 403 is what the live API answers (OpenMetadata); said once, with what the token does see.
    @ParameterizedTest
    @EnumSource(Assumption.WrongAccount.class)
    void saysOnceThatTheAccountIsWrongAndListsThoseTheTokenSees(Assumption.WrongAccount answer) {
        try (var platform = Platform.of(Platform.options().with(answer))) {
            var prompt = doctor(platform, 9, "--account-id=2");

            assertThat(prompt.err())
                    .containsPattern("problem +account +Nothing of account 2 can be read: GET ")
                    .contains("→ This token sees 1 (Jaffle Company). Name one of them with")
                    .contains("1 problem, ")
                    .doesNotContain("permissions ");
            assertThat(levels(prompt)).containsOnlyOnce("problem");
            assertOnlyReads(platform);
        }
    }

    @Test
    void saysOnceThatTheAddressMayNotBeAllowed() {
        try (var platform =
                Platform.of(Platform.options().with(Assumption.AddressNotAllowed.FORBIDDEN))) {
            var prompt = doctor(platform, 9);

            assertThat(prompt.err())
                    .containsOnlyOnce("Forbidden: Access denied")
                    .contains("the account's IP restrictions allow this machine's address")
                    .contains("→ This token sees no other account either.")
                    .doesNotContain("Job Admin");
            assertThat(levels(prompt)).containsOnlyOnce("problem");
        }
    }

    @Test
    void listsTheCiJobsWhenTheJobIsWrong() {
        try (var platform = Platform.starter()) {
            var prompt = doctor(platform, 9, "--job-id=999");

            assertThat(prompt.err())
                    .containsPattern("→ The CI jobs this token sees are 1 \\([^)]+\\)")
                    .doesNotContain("2 (");
            assertThat(levels(prompt)).containsOnlyOnce("problem");
        }
    }

    /// docs.getdbt.com, "Continuous integration jobs": Enterprise, Enterprise+ and legacy Team.
    @ParameterizedTest
    @ValueSource(strings = {"starter_2025", "usage_2026", "usage_managed_2026"})
    void saysThatACiJobMayBeRefusedOnThePlan(String plan) {
        try (var platform = Platform.of(Platform.options().plan(plan))) {
            assertThat(doctor(platform, 0).err())
                    .contains("It is of type ci.", "not for plan " + plan)
                    .contains(
                            "→ If the platform rejects that, use a job without pull request"
                                    + " triggers")
                    .containsPattern(
                            plan.startsWith("usage")
                                    ? "ok +mode +Clones: whether the plan .* is not documented"
                                    : "ok +mode +Clones: the plan does not run API-triggered");
            assertThat(doctor(platform, 9, "--job-id=4").err()).doesNotContain("It is of type ci.");
        }
    }

    /// The permission set Job creator (May 2026): jobs yes, environment variables no.
    @Test
    void saysWhatJobCreatorIsEnoughFor() {
        try (var platform = Platform.starter()) {
            assertThat(doctor(platform, 0).err())
                    .contains("Job creator is enough only while the job overrides no variables.");
            platform.server
                    .faults()
                    .add(
                            Fault.of(new Fault.Status(403, Fault.Body.ENVELOPE, null))
                                    .at(Pattern.compile("/environment-variables/"))
                                    .times(100));
            assertThat(doctor(platform, 0).err())
                    .containsPattern("note +variables +The job's own cannot be read")
                    .contains("permission set Job creator has no access to variables");
        }
    }

    @Test
    void endsWithNineWhenThereIsAProblem() {
        try (var platform = Platform.starter()) {
            var prompt = doctor(platform, 9, "--job-id=999");

            assertThat(prompt.err())
                    .containsPattern("problem +permissions +Cannot read job 999: ")
                    .contains("1 problem, ");
            assertThat(levels(prompt)).containsOnlyOnce("problem");
            assertOnlyReads(platform);
        }
    }

    @Test
    void findsATokenThatIsRefused() {
        try (var platform = Platform.starter()) {
            Map<String, String> environment = new HashMap<>(platform.environment());
            environment.put("DBT_CLOUD_SERVICE_TOKEN", "dbtu_wrong");
            var prompt = new Prompt(environment);

            assertThat(prompt.dbtc("doctor")).as(prompt.err()).isEqualTo(9);
            assertThat(prompt.err())
                    .containsPattern("problem +access +GET /api/v2/accounts/1/ was not authorized")
                    .contains("wrong regional host")
                    .as("a rejected token is not ok")
                    .doesNotContainPattern("ok +token");
        }
    }

    @Test
    void findsACloneInPlaceOfTheJob() {
        try (var platform = Platform.starter()) {
            long clone =
                    platform.create(
                            "CI [CLONED 2026-03-02 09:00:00] pr-50",
                            CiCloseTest.marker(platform.job, 50));

            assertThat(doctor(platform, 9, "--job-id=" + clone).err())
                    .containsPattern("problem +job +It cannot be used: job \\d+ is itself a clone")
                    .as("one level a subject")
                    .doesNotContainPattern("ok +job ");
        }
    }

    @Test
    void saysWhatMayNotBeRead() {
        try (var platform = Platform.starter()) {
            platform.server
                    .faults()
                    .add(
                            Fault.of(new Fault.Status(403, Fault.Body.ENVELOPE, null))
                                    .on(Endpoint.LIST_RUNS)
                                    .times(100));

            assertThat(doctor(platform, 9).err())
                    .containsPattern("problem +permissions +Cannot read runs: ")
                    .contains("→ Give the token's owner the permission set Job Admin");
        }
    }

    @Test
    void saysWhatIsMissingAndWhereTheRestComesFrom() {
        var prompt = new Prompt(Map.of("DBT_CLOUD_JOB_ID", "73797"));

        assertThat(prompt.dbtc("doctor", "--host=ab123.us1.dbt.com")).isEqualTo(9);

        assertThat(prompt.err())
                .containsPattern("problem +token +None is given\\.")
                .contains("Set DBT_CLOUD_API_KEY to a personal one, DBT_CLOUD_SERVICE_TOKEN to")
                .containsPattern("ok +host +From --host\\.")
                .containsPattern("problem +account +None is named\\.")
                .contains("Set DBT_CLOUD_ACCOUNT_ID to the number in the address", "DBT_CLOUD_JOB")
                .containsPattern("ok +job +From DBT_CLOUD_JOB_ID\\.")
                .contains("2 problems, 0 notes.");
        assertThat(levels(prompt)).containsExactly("problem", "ok", "problem", "ok");
    }

    @Test
    void asksNothingWhereOnlyTheAccountIsMissing() {
        try (var platform = Platform.starter()) {
            var environment = new HashMap<>(platform.environment());
            environment.remove("DBT_CLOUD_ACCOUNT_ID");
            environment.remove("DBT_CLOUD_JOB_ID");
            var prompt = new Prompt(environment);

            assertThat(prompt.dbtc("doctor")).isEqualTo(9);

            assertThat(prompt.err())
                    .containsPattern("ok +token +From DBT_CLOUD_SERVICE_TOKEN\\.")
                    .containsPattern("note +job +None is named\\.")
                    .contains("1 problem, 1 note.");
            assertThat(platform.requests()).isEmpty();
        }
    }

    private static Prompt doctor(Platform platform, int exitCode, String... args) {
        var all = new ArrayList<>(List.of("doctor"));
        all.addAll(List.of(args));
        var prompt = new Prompt(platform.environment());
        assertThat(prompt.dbtc(all.toArray(String[]::new))).as(prompt.err()).isEqualTo(exitCode);
        return prompt;
    }

    private static List<Object> levels(Prompt prompt) {
        return Json.read(prompt.out()) instanceof List<?> rows
                ? rows.stream().map(row -> (Object) ((Map<?, ?>) row).get("level")).toList()
                : List.of();
    }

    private static void assertOnlyReads(Platform platform) {
        assertThat(platform.requests())
                .isNotEmpty()
                .extracting(SandboxEvent.Requested::method)
                .containsOnly("GET");
    }
}
