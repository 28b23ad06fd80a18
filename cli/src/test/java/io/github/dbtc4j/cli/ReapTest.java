package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.fault.Endpoint;
import io.github.dbtc4j.sandbox.fault.Fault;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/// `dbtc reap` deletes on proof only, and says what speaks for and against.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class ReapTest {

    private static final Duration LONG = Duration.ofMinutes(31);
    private static final String TAG = "CI [CLONED 2026-03-02 09:00:00] pr-50";

    private static final Map<String, Boolean> SCHEDULED =
            Map.of(
                    "github_webhook", false,
                    "git_provider_webhook", false,
                    "schedule", true,
                    "on_merge", false);

    @Test
    void deletesAnIdleCloneAndShowsTheEvidence() {
        try (var platform = Platform.starter()) {
            long clone = platform.create(TAG, marker(platform.job, ""));
            PlatformTime.skip(platform.server, LONG);

            var prompt = reap(platform);

            assertThat(isThere(platform, clone)).isFalse();
            assertThat(rows(prompt))
                    .singleElement()
                    .satisfies(row ->
                            assertThat(row)
                                    .containsEntry("job", clone)
                                    .containsEntry("name", TAG)
                                    .containsEntry("base", platform.job)
                                    .containsEntry("pull_request", "github:50")
                                    .containsEntry("delete", true)
                                    .containsEntry("deleted", true)
                                    .containsEntry("against", List.of())
                                    .containsEntry(
                                            "for",
                                            List.of(
                                                    "name_tagged",
                                                    "marker_names_base",
                                                    "triggers_off",
                                                    "no_active_runs",
                                                    "idle_expired")));
            assertThat(prompt.err())
                    .contains("CLONE           PULL REQUEST       IDLE          CONDITIONS")
                    .containsPattern(
                            clone
                                    + "  github:50    +\\d+:\\d\\d(:\\d\\d)?  delete  \\+ name of a"
                                    + " clone \\+ marked as clone of job 1 \\+ triggers off \\+"
                                    + " no active runs \\+ idle for over 30:00")
                    .contains("Deleted 1 of 1 clone to delete.");
        }
    }

    @Test
    void keepsClonesThatMayBeUsed() {
        try (var platform = Platform.starter()) {
            String name = "CI [CLONED 2026-03-02 09:00:00] pr-5";
            long unmarked = platform.create(name, "made by hand");
            long kept = platform.create(name, marker(platform.job, ",\"keep\":true"));
            long busy = platform.create(name, marker(platform.job, ""));
            long triggered = platform.create(name, marker(platform.job, ""));
            long renamed = platform.create("Nightly", marker(platform.job, ""));
            platform.triggerElsewhere(busy, "slow", 50);
            platform.sandbox.editAsUser(triggered, Map.of("triggers", SCHEDULED));
            PlatformTime.skip(platform.server, LONG);
            long young = platform.create(name, marker(platform.job, ""));

            var prompt = reap(platform, "--job-id=1");
            var all = new Prompt(withoutJob(platform));
            assertThat(all.dbtc("reap", "--dry-run")).as(all.err()).isZero();

            assertThat(List.of(unmarked, kept, busy, triggered, renamed, young))
                    .allMatch(job -> isThere(platform, job));
            assertThat(against(prompt))
                    .isEqualTo(
                            Map.of(
                                    kept, List.of("retained"),
                                    busy, List.of("active_runs"),
                                    triggered, List.of("triggers_on"),
                                    young, List.of("idle_recent")));
            assertThat(against(all)).containsEntry(unmarked, List.of("no_marker"));
            assertThat(prompt.err()).contains("No clone to delete.", "- kept by --cleanup=never");
        }
    }

    /// Anybody can write a number into a marker.
    @Test
    void keepsACloneWhoseBaseJobIsNotThereOrElsewhereAndSaysWhy() {
        try (var platform = Platform.starter()) {
            long elsewhere =
                    platform.sandbox.jobs().stream()
                            .filter(job -> job.projectId() != 1)
                            .findFirst()
                            .orElseThrow()
                            .id();
            long deleted = platform.create("Once", "");
            platform.sandbox.deleteAsUser(deleted);
            long refused = platform.create("Secret", "");
            long ofNone = platform.create(TAG, marker(999_999, ""));
            long again = platform.create(TAG, marker(999_999, ""));
            long ofDeleted = platform.create(TAG, marker(deleted, ""));
            long ofRefused = platform.create(TAG, marker(refused, ""));
            long ofForeign = platform.create(TAG, marker(elsewhere, ""));
            long ofNegative = platform.create(TAG, marker(-1, ""));
            long ofClone = platform.create(TAG, marker(platform.create(TAG, marker(1, "")), ""));
            PlatformTime.skip(platform.server, LONG);
            platform.server
                    .faults()
                    .add(
                            Fault.of(new Fault.Status(403, Fault.Body.ENVELOPE, null))
                                    .at(Pattern.compile("/jobs/" + refused + "/"))
                                    .times(100));

            var prompt = new Prompt(withoutJob(platform));
            assertThat(prompt.dbtc("reap")).as(prompt.err()).isZero();

            assertThat(List.of(ofNone, again, ofDeleted, ofRefused, ofForeign, ofNegative, ofClone))
                    .allMatch(job -> isThere(platform, job));
            assertThat(against(prompt))
                    .containsAllEntriesOf(
                            Map.of(
                                    ofNone, List.of("base_missing"),
                                    again, List.of("base_missing"),
                                    ofDeleted, List.of("base_missing"),
                                    ofRefused, List.of("base_refused"),
                                    ofForeign, List.of("base_elsewhere"),
                                    ofNegative, List.of("no_marker"),
                                    ofClone, List.of("base_itself_a_clone")));
            assertThat(prompt.err())
                    .contains("- marked as clone of job 999999, which does not exist")
                    .contains("which this token may not read", "which is in another project")
                    .contains("Deleted 1 of 1 clone to delete.");
            assertThat(platform.requests())
                    .filteredOn(requested -> requested.path().endsWith("/jobs/999999/"))
                    .hasSize(1);
        }
    }

    @Test
    void keepsACloneThatStartsAfterAnotherJob() {
        try (var platform = Platform.starter()) {
            long clone = platform.create(TAG, marker(platform.job, ""));
            Map<String, Object> after =
                    Map.of("job_id", 2L, "project_id", 1L, "statuses", List.of(10L));
            platform.sandbox.editAsUser(
                    clone, Map.of("job_completion_trigger_condition", Map.of("condition", after)));
            PlatformTime.skip(platform.server, LONG);

            var prompt = reap(platform);

            assertThat(isThere(platform, clone)).isTrue();
            assertThat(against(prompt)).containsEntry(clone, List.of("triggers_on"));
            assertThat(prompt.err()).contains("- may start by itself");
        }
    }

    @Test
    void deletesNothingWhenAskedNotTo() {
        try (var platform = Platform.starter()) {
            long clone = platform.create(TAG, marker(platform.job, ""));
            PlatformTime.skip(platform.server, LONG);

            var prompt = reap(platform, "--dry-run");

            assertThat(isThere(platform, clone)).isTrue();
            assertThat(rows(prompt))
                    .singleElement()
                    .satisfies(row ->
                            assertThat(row)
                                    .containsEntry("delete", true)
                                    .containsEntry("deleted", false));
            assertThat(prompt.err()).contains("1 clone to delete; nothing was deleted.");
        }
    }

    @Test
    void deletesNoneOfMoreThanFiveUnlessToldTo() {
        try (var platform = Platform.starter()) {
            var clones = new ArrayList<Long>();
            for (int i = 0; i < 6; i++) {
                clones.add(platform.create(TAG, marker(platform.job, "")));
            }
            PlatformTime.skip(platform.server, LONG);

            var prompt = new Prompt(platform.environment());
            assertThat(prompt.dbtc("reap")).as(prompt.err()).isEqualTo(8);

            assertThat(clones).allMatch(job -> isThere(platform, job));
            assertThat(rows(prompt)).hasSize(6);
            assertThat(prompt.err())
                    .contains(
                            "6 clones to delete, which is more than 5: nothing was deleted. --all"
                                    + " deletes them.");

            assertThat(reap(platform, "--all").err()).contains("Deleted 6 of 6 clones to delete.");
            assertThat(clones).noneMatch(job -> isThere(platform, job));
        }
    }

    @Test
    void saysSoWhenThePlatformDoesNotDelete() {
        try (var platform = Platform.starter()) {
            long clone = platform.create(TAG, marker(platform.job, ""));
            PlatformTime.skip(platform.server, LONG);
            platform.server
                    .faults()
                    .add(
                            Fault.of(new Fault.Status(503, Fault.Body.HTML, null))
                                    .on(Endpoint.DELETE_JOB));

            var prompt = new Prompt(platform.environment());
            assertThat(prompt.dbtc("reap")).as(prompt.err()).isEqualTo(6);

            assertThat(isThere(platform, clone)).isTrue();
            assertThat(prompt.err())
                    .contains("Clone " + clone + " was not deleted: ", "503")
                    .contains("Deleted 0 of 1 clone to delete.");
        }
    }

    @Test
    void anInvocationReapsWhatOthersLeftHoweverManyClonesAreToStay() {
        try (var platform = Platform.starter()) {
            var kept = new ArrayList<Long>();
            for (int i = 0; i < 25; i++) {
                kept.add(platform.create(TAG, marker(platform.job, ",\"keep\":true")));
            }
            long left = platform.create(TAG, marker(platform.job, ""));
            PlatformTime.skip(platform.server, LONG);

            var prompt = new Prompt(platform.environment());
            assertThat(
                            prompt.dbtc(
                                    "trigger-autoscaling-ci-job",
                                    "--should-poll",
                                    "--poll-interval=0.3",
                                    "--payload=" + Platform.payload("quick")))
                    .as(prompt.err())
                    .isZero();

            assertThat(isThere(platform, left)).isFalse();
            assertThat(kept).allMatch(job -> isThere(platform, job));
            assertThat(prompt.err()).contains("Deleted clone " + left);
        }
    }

    private static Prompt reap(Platform platform, String... args) {
        var all = new ArrayList<>(List.of("reap"));
        all.addAll(List.of(args));
        var prompt = new Prompt(platform.environment());
        assertThat(prompt.dbtc(all.toArray(String[]::new))).as(prompt.err()).isZero();
        return prompt;
    }

    private static Map<String, String> withoutJob(Platform platform) {
        Map<String, String> environment = new HashMap<>(platform.environment());
        environment.remove("DBT_CLOUD_JOB_ID");
        return environment;
    }

    private static boolean isThere(Platform platform, long job) {
        return platform.sandbox.job(job).orElseThrow().state() == 1;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, @Nullable Object>> rows(Prompt prompt) {
        Object rows = Json.readObject("{\"rows\": " + prompt.out() + "}").get("rows");
        return (List<Map<String, @Nullable Object>>) Objects.requireNonNull(rows);
    }

    private static Map<Object, Object> against(Prompt prompt) {
        var against = new HashMap<>();
        rows(prompt).forEach(row -> against.put(row.get("job"), row.get("against")));
        return against;
    }

    /// What the description of a clone made for pull request 50 says.
    private static String marker(long base, String more) {
        return """
        {"dbtc4j":1,"base":%d,"pr":"github:50","definition":"0123456789ab",\
        "nonce":"0123456789abcdef"%s}\
        """
                .formatted(base, more);
    }
}
