package io.github.dbtc4j.cli.web;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A person's browser, started by what the operating system has for that.
final class Browser {

    private final String system;
    private final Map<String, String> environment;
    private final Launcher launcher;

    /// Starts a command.
    @FunctionalInterface
    interface Launcher {

        /// Starts it.
        ///
        /// @return whether it started, and did not fail at once
        boolean start(List<String> command);
    }

    /// @param system what Java calls the operating system, such as `Mac OS X`
    Browser(String system, Map<String, String> environment, Launcher launcher) {
        this.system = system.toLowerCase(Locale.ROOT);
        this.environment = environment;
        this.launcher = launcher;
    }

    /// That of this machine.
    static Browser of(Map<String, String> environment) {
        return new Browser(System.getProperty("os.name", ""), environment, Browser::start);
    }

    /// Opens `page`.
    ///
    /// @return whether it did; there may be no display, and an address that is none is not opened
    boolean open(String page) {
        return page.matches("https?://[^\\s\"'<>\\\\^`{|}]+")
                && opener().map(command -> launcher.start(with(command, page))).orElse(false);
    }

    private Optional<List<String>> opener() {
        if (system.startsWith("mac")) {
            return Optional.of(List.of("open"));
        }
        if (system.startsWith("windows")) {
            return Optional.of(List.of("rundll32", "url.dll,FileProtocolHandler"));
        }
        return isSet("DISPLAY") || isSet("WAYLAND_DISPLAY")
                ? Optional.of(List.of("xdg-open"))
                : Optional.empty();
    }

    private boolean isSet(String variable) {
        return !environment.getOrDefault(variable, "").isEmpty();
    }

    private static List<String> with(List<String> command, String page) {
        return Stream.concat(command.stream(), Stream.of(page)).toList();
    }

    private static boolean start(List<String> command) {
        try {
            Process started =
                    new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            // a browser that was not running may stay in the foreground
            return !started.waitFor(2, TimeUnit.SECONDS) || started.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
