package io.github.dbtc4j.pipeline.detection;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// In which CI systems the head of a fork is refused. `docs/security.md` promises no more.
class ForkTest {

    private static final String OTHER = "mallory/shop";

    @ParameterizedTest
    @EnumSource
    void isRefusedWhereAnythingTells(CiSystem system) {
        Map<String, String> environment = ofFork(system);
        if (environment == null) {
            return;
        }
        assertThat(of(environment))
                .isInstanceOfSatisfying(
                        Detection.Refused.class,
                        refused -> assertThat(refused.message()).contains("in a fork"));
    }

    @Test
    void nothingTellsInThese() {
        assertThat(
                        Stream.of(CiSystem.values())
                                .filter(system -> ofFork(system) == null)
                                .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        CiSystem.BITBUCKET_PIPELINES, CiSystem.CODEBUILD, CiSystem.OTHER);
    }

    private static Detection of(Map<String, String> environment) {
        return Detection.of(
                environment,
                path ->
                        Recorded.text("github-event.json")
                                .replace(
                                        "\"id\": 186853002, \"full_name\": \"jaffle/shop\","
                                                + " \"fork\"",
                                        "\"id\": 7, \"full_name\": \"" + OTHER + "\", \"fork\""),
                Given.NOTHING);
    }

    /// The recorded environment with the head in a fork; null where that would look the same.
    private static @Nullable Map<String, String> ofFork(CiSystem system) {
        return switch (system) {
            case GITHUB_ACTIONS -> Recorded.environment("github");
            case GITLAB_CI ->
                    Recorded.environment("gitlab", "CI_MERGE_REQUEST_SOURCE_PROJECT_ID=99");
            case AZURE_PIPELINES -> Recorded.environment("azure", "SYSTEM_PULLREQUEST_ISFORK=True");
            case BUILDKITE ->
                    Recorded.environment(
                            "buildkite",
                            "BUILDKITE_PULL_REQUEST_REPO=git://github.com/" + OTHER + ".git");
            case CIRCLECI -> Recorded.environment("circleci", "CIRCLE_PR_NUMBER=50");
            case JENKINS -> Recorded.environment("jenkins", "CHANGE_FORK=mallory");
            case BITBUCKET_PIPELINES, CODEBUILD, OTHER -> null;
        };
    }
}
