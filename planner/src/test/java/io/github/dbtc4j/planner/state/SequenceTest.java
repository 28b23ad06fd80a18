package io.github.dbtc4j.planner.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SequenceTest {

    @Test
    void isANumberWithOrWithoutAnAttempt() {
        assertThat(Sequence.parse("7")).contains(new Sequence("-", 7, 0));
        assertThat(Sequence.parse("7.2")).contains(new Sequence("-", 7, 2));
        for (String text : new String[] {"", "7.", ".2", "7.2.1", "-7", "7,2", " 7", "١", "1e3"}) {
            assertThat(Sequence.parse(text)).as(text).isEmpty();
        }
        assertThat(Sequence.parse("9999999999999999999")).isEmpty();
    }

    @Test
    void isOrderedByNumberThenAttempt() {
        var seven = new Sequence("-", 7, 2);

        assertThat(seven.compare(new Sequence("-", 10, 0))).isNegative();
        assertThat(seven.compare(new Sequence("-", 7, 1))).isPositive();
        assertThat(seven.compare(new Sequence("-", 7, 2))).isZero();
    }

    @Test
    void isComparableWithinItsScopeOnly() {
        Sequence here = new Sequence("-", 7, 0).within("github/acme/shop/ci.yml");
        Sequence there = new Sequence("-", 8, 0).within("github/acme/shop/renamed.yml");

        assertThat(here.isComparableTo(there)).isFalse();
        assertThat(here.isComparableTo(new Sequence("-", 8, 0).within("github/acme/shop/ci.yml")))
                .isTrue();
        assertThat(here.scope()).matches("[0-9a-f]{8}");
    }

    @Test
    void rejectsInvalidSequences() {
        assertThatThrownBy(() -> new Sequence("scope", 7, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Sequence("-", -1, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
