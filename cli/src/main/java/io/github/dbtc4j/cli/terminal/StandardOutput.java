package io.github.dbtc4j.cli.terminal;

import org.jspecify.annotations.Nullable;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// A stream to print to that remembers why it could not: a [PrintStream] keeps that to itself.
public final class StandardOutput extends PrintStream {

    private final Remembering to;

    public StandardOutput(OutputStream to) {
        this(new Remembering(to));
    }

    private StandardOutput(Remembering to) {
        super(to, true, StandardCharsets.UTF_8);
        this.to = to;
    }

    /// What kept something from being written, or null. That the reader of a pipe closed it is no
    /// failure: there is no one left who wants to read.
    public @Nullable String failure() {
        flush();
        return to.failure;
    }

    private static final class Remembering extends FilterOutputStream {

        private @Nullable String failure;

        Remembering(OutputStream to) {
            super(to);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            attempt(() -> out.write(bytes, from, length));
        }

        @Override
        public void write(int single) throws IOException {
            attempt(() -> out.write(single));
        }

        @Override
        public void flush() throws IOException {
            attempt(out::flush);
        }

        private void attempt(Write write) throws IOException {
            try {
                write.run();
            } catch (IOException e) {
                String why = String.valueOf(e.getMessage());
                if (failure == null && !why.contains("Broken pipe")) {
                    failure = why;
                }
                throw e;
            }
        }
    }

    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }
}
