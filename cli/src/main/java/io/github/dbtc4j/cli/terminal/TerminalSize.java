package io.github.dbtc4j.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// How large a terminal is, in characters.
public record TerminalSize(int width, int height) {

    /// Where nothing tells.
    public static final TerminalSize USUAL = new TerminalSize(80, 24);

    /// The size of this process's terminal as `stty` reports it, else the usual one.
    public static TerminalSize ofThisProcess() {
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(new File("/dev/tty"))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String answer =
                    new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return stty.waitFor(1, TimeUnit.SECONDS) ? read(answer.strip()) : USUAL;
        } catch (IOException e) {
            return USUAL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL;
        }
    }

    /// Reads height and width as `stty` prints them; the usual ones where it prints anything else.
    public static TerminalSize read(String size) {
        if (!size.matches("[1-9]\\d{0,3} [1-9]\\d{0,3}")) {
            return USUAL;
        }
        String[] parts = size.split(" ", -1);
        return new TerminalSize(Integer.parseInt(parts[1]), Integer.parseInt(parts[0]));
    }
}
