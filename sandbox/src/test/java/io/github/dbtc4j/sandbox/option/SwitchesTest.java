package io.github.dbtc4j.sandbox.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class SwitchesTest {

    @Test
    void theFirstAnswerToEachGuessIsTheDefault() {
        for (Class<?> question : Guess.class.getPermittedSubclasses()) {
            Guess first = (Guess) question.getEnumConstants()[0];
            assertThat(Switches.defaults().is(first)).as("%s", first).isTrue();
        }
    }

    @Test
    void oneAnswerChangesWithoutTheOthers() {
        Switches changed = Switches.defaults().with(Guess.DeleteAnswer.NO_CONTENT);

        assertThat(changed.is(Guess.DeleteAnswer.NO_CONTENT)).isTrue();
        assertThat(changed.is(Guess.DeleteAnswer.JOB)).isFalse();
        assertThat(changed.is(Guess.RetryAfter.ABSENT)).isTrue();
        assertThat(changed.get(Guess.DeleteAnswer.class)).isEqualTo(Guess.DeleteAnswer.NO_CONTENT);
        assertThat(changed).hasToString("[DeleteAnswer.NO_CONTENT]");
        assertThat(Switches.defaults()).hasToString("[]");
    }

    @Test
    void answersAreFoundByName() {
        assertThat(Switches.defaults().with("LongCause.TRUNCATED").is(Guess.LongCause.TRUNCATED))
                .isTrue();
        assertThatThrownBy(() -> Switches.defaults().with("LongCause.MAYBE"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("LongCause.TRUNCATED");
    }
}
