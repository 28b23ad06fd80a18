package io.github.dbtc4j.cli.lab;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// How large the terminal is.
record DemoTerminal(int width, int height) {

    private static final DemoTerminal USUAL = new DemoTerminal(80, 24);

    /// The size of this process's terminal as `stty` reports it, else 80 by 24.
    static DemoTerminal ofThisProcess() throws InterruptedException {
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
        }
    }

    static DemoTerminal read(String size) {
        if (!size.matches("[1-9]\\d{0,3} [1-9]\\d{0,3}")) {
            return USUAL;
        }
        String[] parts = size.split(" ", -1);
        return new DemoTerminal(Integer.parseInt(parts[1]), Integer.parseInt(parts[0]));
    }
}
