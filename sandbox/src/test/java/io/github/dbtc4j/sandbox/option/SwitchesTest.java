package io.github.dbtc4j.sandbox.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class SwitchesTest {

    @Test
    void theFirstAnswerToEachGuessIsTheDefault() {
        for (Class<?> question : Assumption.class.getPermittedSubclasses()) {
            Assumption first = (Assumption) question.getEnumConstants()[0];
            assertThat(AssumptionSet.defaults().is(first)).as("%s", first).isTrue();
        }
    }

    @Test
    void oneAnswerChangesWithoutTheOthers() {
        AssumptionSet changed = AssumptionSet.defaults().with(Assumption.DeleteAnswer.NO_CONTENT);

        assertThat(changed.is(Assumption.DeleteAnswer.NO_CONTENT)).isTrue();
        assertThat(changed.is(Assumption.DeleteAnswer.JOB)).isFalse();
        assertThat(changed.is(Assumption.RetryAfter.ABSENT)).isTrue();
        assertThat(changed.get(Assumption.DeleteAnswer.class))
                .isEqualTo(Assumption.DeleteAnswer.NO_CONTENT);
        assertThat(changed).hasToString("[DeleteAnswer.NO_CONTENT]");
        assertThat(AssumptionSet.defaults()).hasToString("[]");
    }

    @Test
    void answersAreFoundByName() {
        assertThat(
                        AssumptionSet.defaults()
                                .with("LongCause.TRUNCATED")
                                .is(Assumption.LongCause.TRUNCATED))
                .isTrue();
        assertThatThrownBy(() -> AssumptionSet.defaults().with("LongCause.MAYBE"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("LongCause.TRUNCATED");
    }
}
