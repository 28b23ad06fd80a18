package io.github.dbtc4j.simulation.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.simulation.rule.MutantSource.Range;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.world.Profile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class MutantSeamTest {

    private static final String CODE = "if (busy >= cap) {";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a(); if (busy >= cap) { b(); }              | a(); if (busy > cap) { b(); }
                    a(); if ( busy>=cap ) {b();}                | a(); if (busy > cap) {b();}
                    if (busy /* lanes */ >= cap) {}             | if (busy > cap) {}
                    if (taken >= most) {}                       | if (taken > most) {}
                    if (taken >= most) {} if (busy >= cap) {}   | if (taken >= most) {} if (busy > cap) {}
                    """)
    void isFoundInAnyFormattingAndWithAnyNames(String text, String mutated) {
        List<MutantSeam> seams = find(text);

        assertThat(seams).hasSize(1);
        assertThat(seams.getFirst().replaced(text, "if (busy > cap) {")).isEqualTo(mutated);
    }

    @ParameterizedTest
    @CsvSource({
        "if (busy > cap) {, 0",
        "if (busy >= busy) {, 0",
        "if (a >= b) {} if (c >= d) {, 2"
    })
    void isNotFoundInOtherCodeNorInTwoPlacesAlike(String text, int found) {
        assertThat(find(text)).hasSize(found);
    }

    private static List<MutantSeam> find(String text) {
        return MutantSeam.find(text, List.of(new Range(0, text.length())), CODE);
    }

    @Test
    void isLookedForInTheWholeTypeWhereItsMemberIsGone() throws Exception {
        String there = mutant("LaneSelector.isUnderCap", CODE).change().text();

        assertThat(there).contains("if (false) {");
        assertThat(mutant("LaneSelector.itHasANewName", CODE).change().text()).isEqualTo(there);
    }

    @ParameterizedTest
    @CsvSource({"LaneSelector.isUnderCap, if (gone()) {", "NoSuchType.isUnderCap, if (x >= y) {"})
    void namesTheMutantThatAppliesNoLonger(String place, String code) {
        assertThatThrownBy(() -> mutant(place, code).change())
                .hasMessageContainingAll(
                        "The mutant “a rule” applies no longer: in " + place, "is there 0 times");
    }

    private static Mutant mutant(String place, String code) {
        return new Mutant(
                "a rule", place, code, "if (false) {", Profile.CLEAN, Strategy.BASE_FIRST, 1);
    }
}
