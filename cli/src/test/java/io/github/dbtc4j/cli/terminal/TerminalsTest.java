package io.github.dbtc4j.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whether a person reads on a terminal, and what that shows.
class TerminalsTest {

    @ParameterizedTest
    @CsvSource({
        // variables, streams at a terminal, text on standard output, a line rewritten, colours
        "TERM=xterm, 12, true, true, true",
        "TERM=xterm, 1, true, false, true",
        "TERM=xterm, 2, false, true, true",
        "TERM=xterm, 0, false, false, true",
        "TERM=xterm NO_COLOR=, 12, true, true, true",
        "TERM=xterm NO_COLOR=1, 12, true, true, false",
        "TERM=dumb, 12, true, false, false",
        "HOME=/, 12, true, false, false",
        "TERM=xterm CI=true, 12, false, false, false",
    })
    void isWhatTheProcessHas(
            String variables, String streams, boolean out, boolean err, boolean coloured) {
        Map<String, String> environment =
                Stream.of(variables.split(" ", -1))
                        .map(variable -> variable.split("=", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));

        var terminal = Terminal.of(environment, stream -> streams.contains("" + stream), () -> 100);

        assertThat(terminal.out()).isEqualTo(out);
        assertThat(terminal.err()).isEqualTo(err);
        assertThat(terminal.coloured()).isEqualTo(coloured);
    }
}
