package io.github.dbtc4j.sandbox;

import static io.github.dbtc4j.sandbox.Platform.V2;
import static io.github.dbtc4j.sandbox.Platform.V3;
import static io.github.dbtc4j.sandbox.Platform.body;
import static io.github.dbtc4j.sandbox.Platform.data;
import static io.github.dbtc4j.sandbox.Platform.jobBody;
import static io.github.dbtc4j.sandbox.Platform.json;
import static io.github.dbtc4j.sandbox.Platform.map;
import static io.github.dbtc4j.sandbox.Platform.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.AssumptionSet;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;
import io.github.dbtc4j.sandbox.option.SeededWorld;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

/// A platform that refused what published clients send could not have these clients.
@NullUnmarked
class PublishedClientsTest {

    private final Platform platform = Platform.with();

    @Test
    void cancelsWithoutTheSlashAsDbtcDoesUnlessThatIsRefused() {
        // dbtc 0.11.7, dbtc/client/admin.py, since 2022
        long run = platform.trigger(1);
        String cancel = V2 + "/runs/" + run + "/cancel";
        platform.sandbox.switches(
                AssumptionSet.defaults().with(Assumption.CancelWithoutSlash.REFUSED));
        assertThat(platform.post(cancel, null).status()).isEqualTo(405);
        assertThat(platform.status(run)).isEqualTo(1);

        platform.sandbox.switches(AssumptionSet.defaults());
        assertThat(data(platform.post(cancel, null))).containsEntry("status", 30L);
    }

    @Test
    void stillAnswersATriggerWithoutTheSlashAsRecorded() {
        assertThat(platform.post(V2 + "/jobs/1/run", body()).status()).isEqualTo(405);
        assertThat(platform.sandbox.runs()).isEmpty();
    }

    @Test
    void createsAJobFromWhatTerraformsProviderSends() {
        Map<String, Object> job = jobBody();
        job.keySet().removeAll(Conversation.DEFAULTED);

        assertThat(data(platform.post(V2 + "/jobs/", job)))
                .containsEntry("lifecycle_webhooks", false)
                .containsEntry("run_lint", false)
                .containsEntry("errors_on_lint_failure", true)
                .containsEntry("run_compare_changes", false)
                .containsEntry("run_generate_sources", false)
                .containsEntry("execution", Map.of("timeout_seconds", 0L));
    }

    @Test
    void takesTheIdsThatDbtCloudCliRepeatsInATrigger() {
        long run = platform.trigger(1, "account_id", 1, "job_id", 1);

        assertThat(
                        map(
                                data(
                                        platform.get(
                                                V2 + "/runs/" + run + "/?include_related=trigger")),
                                "trigger"))
                .containsEntry("cause", "test")
                .doesNotContainKeys("account_id", "job_id");
    }

    @Test
    void givesTheCatalogOfAStepThatGeneratesDocs() {
        long job = platform.createJob("generate_docs", true);
        long docs = platform.trigger(job);
        long none = platform.trigger(job, "generate_docs_override", false);
        long command = platform.trigger(1, "steps_override", List.of("dbt docs generate"));
        platform.settle();

        for (long run : List.of(docs, command)) {
            String files = V2 + "/runs/" + run + "/artifacts/";
            assertThat((List<?>) json(platform.get(files)).get("data"))
                    .extracting(Object::toString)
                    .contains("catalog.json");
            assertThat(map(json(platform.get(files + "catalog.json")), "nodes"))
                    .containsKey("model.jaffle_shop.orders");
            assertThat(platform.run(run)).containsEntry("has_docs_generated", true);
        }
        assertThat(platform.get(V2 + "/runs/" + docs + "/artifacts/run_results.json").status())
                .isEqualTo(200);
        assertThat(platform.get(V2 + "/runs/" + none + "/artifacts/catalog.json").status())
                .isEqualTo(404);
        assertThat(platform.run(none)).containsEntry("has_docs_generated", false);
    }

    @Test
    void hasNoCatalogOfARunThatFailedBefore() {
        platform.sandbox.decide(
                RunRule.next(ScriptedOutcome.failureAt("model.jaffle_shop.orders")));
        long run = platform.trigger(2);
        platform.settle();

        assertThat(platform.get(V2 + "/runs/" + run + "/artifacts/catalog.json").status())
                .isEqualTo(404);
        assertThat(platform.run(run)).containsEntry("has_docs_generated", false);
    }

    @Test
    void buildsTheHeadOfTheBranchThatIsAskedFor() {
        long none = platform.trigger(1);
        long main = platform.trigger(1, "git_branch", "main");
        long feature = platform.trigger(1, "git_branch", "feature");
        long again = platform.trigger(1, "git_branch", "feature");
        long other = platform.trigger(1, "git_branch", "other");
        platform.settle();

        assertThat(sha(main)).isEqualTo(sha(none));
        assertThat(sha(feature)).isEqualTo(sha(again)).isNotEqualTo(sha(none));
        assertThat(sha(other)).isNotIn(sha(none), sha(feature));
        assertThat(platform.run(feature)).containsEntry("git_branch", "feature");
    }

    @Test
    void oneCiJobCanBeCopiedWhole() {
        // the original copies triggers; the platform refuses custom_branch_only
        // (dbt-jobs-as-code#91)
        SeededWorld world = platform.sandbox.world();
        var old = map(data(platform.get(V2 + "/jobs/" + world.ciJobId() + "/")), "triggers");
        var copy = data(platform.get(V2 + "/jobs/" + world.newCiJobId() + "/"));

        assertThat(old).containsKey("custom_branch_only");
        assertThat(copy)
                .containsEntry("job_type", "ci")
                .containsEntry("deferring_environment_id", 2L);
        assertThat(
                        platform.post(
                                        V2 + "/jobs/",
                                        jobBody("job_type", "ci", "triggers", copy.get("triggers")))
                                .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                V2 + "/licenses/",
                V2 + "/notifications/",
                V3 + "/users/",
                V3 + "/groups/",
                V3 + "/audit-logs/",
                V3 + "/projects/2/repositories/",
                V3 + "/projects/2/connections/",
                V3 + "/projects/2/credentials/"
            })
    void answersTheListsThatDbtCloudCliReads(String path) {
        assertThat(rows(platform.get(path))).isNotNull();
        assertThat(platform.post(path, Map.of()).status()).isEqualTo(405);
        assertThat(platform.get(path.replace("/2/", "/9/") + "9/").status()).isEqualTo(404);
    }

    @Test
    void showsVariablesByEnvironment() {
        Map<String, Object> variables =
                data(platform.get(V3 + "/projects/1/environment-variables/environment/"));

        assertThat(variables).containsEntry("environments", List.of("project", "CI", "Production"));
        assertThat(map(map(variables, "variables"), "DBT_WAREHOUSE"))
                .containsEntry("project", Map.of("id", 101L, "value", "small"));
    }

    private Object sha(long run) {
        return platform.run(run).get("git_sha");
    }
}
