package io.github.dbtc4j.cli.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class BrowserTest {

    private static final String PAGE = "https://ab123.us1.dbt.com/deploy/1/projects/1/runs/110/";

    private final List<String> started = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "Linux, DISPLAY, xdg-open",
        "Linux, WAYLAND_DISPLAY, xdg-open",
        "FreeBSD, DISPLAY, xdg-open",
        "Mac OS X, NONE, open",
        "Windows 11, NONE, rundll32 url.dll FileProtocolHandler",
    })
    void isStartedByWhatTheSystemHas(String system, String variable, String command) {
        assertThat(browser(system, Map.of(variable, ":0"), true).open(PAGE)).isTrue();

        assertThat(String.join(" ", started))
                .isEqualTo(command.replace(".dll ", ".dll,") + " " + PAGE);
    }

    @Test
    void isNotStartedWithoutADisplay() {
        assertThat(browser("Linux", Map.of("DISPLAY", ""), true).open(PAGE)).isFalse();
        assertThat(started).isEmpty();
    }

    @Test
    void tellsThatItDidNotStart() {
        assertThat(browser("Linux", Map.of("DISPLAY", ":0"), false).open(PAGE)).isFalse();
    }

    /// The platform names the address.
    @ParameterizedTest
    @ValueSource(
            strings = {"file:///etc/passwd", "calc.exe", "https://x/ y", "-h", "https://x/`id`"})
    void opensNothingButPages(String page) {
        assertThat(browser("Windows 11", Map.of(), true).open(page)).isFalse();
        assertThat(started).isEmpty();
    }

    private Browser browser(String system, Map<String, String> environment, boolean starts) {
        return new Browser(
                system,
                environment,
                command -> {
                    started.addAll(command);
                    return starts;
                });
    }
}
