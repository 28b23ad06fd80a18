package io.github.dbtc4j.autoscaler.observation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class TranslationTest {

    /// A platform may show as text what was sent as a number, or the other way round.
    @Test
    void aNumberOrFlagBuildsTheSameAsItsText() {
        assertThat(PlannerMapper.build(1, Map.of("threads_override", "10")))
                .isEqualTo(PlannerMapper.build(1, Map.of("threads_override", 10L)));
        assertThat(PlannerMapper.build(1, Map.of("generate_docs_override", "true")))
                .isEqualTo(PlannerMapper.build(1, Map.of("generate_docs_override", true)));
        assertThat(PlannerMapper.build(1, Map.of("steps_override", List.of("dbt build"))))
                .isNotEqualTo(PlannerMapper.build(1, Map.of("steps_override", List.of("dbt run"))));
        assertThat(PlannerMapper.build(1, Map.of("threads_override", 1L)))
                .isNotEqualTo(PlannerMapper.build(1, Map.of("threads_override", 10L)));
    }
}
