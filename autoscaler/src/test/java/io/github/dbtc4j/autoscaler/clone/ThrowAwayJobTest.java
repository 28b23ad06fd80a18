package io.github.dbtc4j.autoscaler.clone;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A throw-away job differs from one that only looks like it.
class ThrowAwayJobTest {

    private final Job base =
            Job.of(
                    Json.readObject(
                            """
                            {"id": 7, "account_id": 1, "project_id": 2, "environment_id": 3,
                             "name": "CI", "execute_steps": ["dbt build"], "settings": {}}
                            """));

    private Map<String, @Nullable Object> made() {
        Map<String, @Nullable Object> job =
                ThrowAwayJob.definition(
                        base,
                        List.of("dbt parse"),
                        Instant.parse("2026-03-02T09:00:00Z"),
                        -1,
                        Duration.ofMinutes(30));
        job.put("id", 8L);
        return job;
    }

    @Test
    void isWhatWasMade() {
        assertThat(ThrowAwayJob.isOneOf(base, Job.of(made()))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"name, ' xxx'", "description, ' xxx'", "description, ' '"})
    void isWhatWasMadeTooLong(String field, String more) {
        Map<String, @Nullable Object> job = made();
        job.put(field, job.get(field) + more);

        assertThat(ThrowAwayJob.isOneOf(base, Job.of(job))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "name, ' copy'",
        "name, 'xxx'",
        "description, ' production nightly, do not delete'",
        "description, '}'",
        "description, ' xy'"
    })
    void isNoneThatSomethingFollows(String field, String more) {
        Map<String, @Nullable Object> job = made();
        job.put(field, job.get(field) + more);

        assertThat(ThrowAwayJob.isOneOf(base, Job.of(job))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "account_id", "project_id"})
    void isNoneElsewhereNorTheBaseItself(String field) {
        Map<String, @Nullable Object> job = made();
        job.put(field, field.equals("id") ? 7L : 9L);

        assertThat(ThrowAwayJob.isOneOf(base, Job.of(job))).isFalse();
    }

    @Test
    void isNoneThatStartsByItself() {
        Map<String, @Nullable Object> job = made();
        job.put("triggers", Map.of("schedule", true));

        assertThat(ThrowAwayJob.isOneOf(base, Job.of(job))).isFalse();
    }
}
