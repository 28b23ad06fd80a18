package io.github.dbtc4j.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.pipeline.detection.PullRequestSchema;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class SchemaDropTest {

    private static final JobId BASE = new JobId(70471824000001L);

    @Test
    void runsTheMacroWithTheSchemaOfTheBaseJob() {
        var drop =
                new SchemaDrop(
                        SchemaDrop.MACRO,
                        PullRequestSchema.of(PullRequestSchema.PREFIX, BASE, of(Provider.GITHUB)));

        assertThat(drop.command())
                .isEqualTo(
                        "dbt run-operation drop_pr_schemas --args"
                                + " '{\"schema\":\"dbt_cloud_pr_70471824000001_50\"}'");
    }

    @Test
    void triggersNothingButTheMacroAsARunOfThePullRequest() {
        var drop = new SchemaDrop("ops.tidy", "ci_1_50");

        assertThat(drop.payload("closed", of(Provider.NON_NATIVE), "main"))
                .containsEntry("cause", "closed")
                .containsEntry(
                        "steps_override",
                        List.of("dbt run-operation ops.tidy --args '{\"schema\":\"ci_1_50\"}'"))
                .containsEntry("generate_docs_override", false)
                .containsEntry("non_native_pull_request_id", 50L)
                .containsEntry("git_branch", "main");
        assertThat(drop.payload("closed", null, null))
                .containsOnlyKeys("cause", "steps_override", "generate_docs_override");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1macro",
                "drop macro",
                "a.b.c",
                ".a",
                "a.",
                "drop;ls",
                "drop'",
                "drop --args '{}'",
                "--help",
                "$(x)",
                "dröp",
                "a\n"
            })
    void takesPlainNamesOfMacrosOnly(String macro) {
        assertThatThrownBy(() -> new SchemaDrop(macro, "ci"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not the name of a macro");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ci'", "ci\"}", "ci pr", "ci-pr", "1ci", "ci;", "{{x}}", "ci\\"})
    void takesPlainSchemasOnly(String schema) {
        assertThatThrownBy(() -> new SchemaDrop("drop_it", schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("letters, digits and _ only");
    }

    private static PullRequest of(Provider provider) {
        return new PullRequest(provider, 50);
    }
}
