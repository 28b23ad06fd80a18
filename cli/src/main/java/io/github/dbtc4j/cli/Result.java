package io.github.dbtc4j.cli;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the JSON goes: standard output or the file of `--output`, and nothing but JSON goes there.
final class Result {

    private final PrintStream out;
    private final @Nullable Path file;

    /// @throws WrongUsage when `file` cannot be written: that is better known before anything is
    ///   sent than after
    Result(Shell shell, @Nullable Path file) {
        this.out = shell.out();
        this.file = file;
        if (file != null && !isWritable(file.toAbsolutePath())) {
            throw new WrongUsage(
                    "--output: the file " + PlainText.of(file.toString()) + " cannot be written");
        }
    }

    /// Writes `json` and a new line.
    ///
    /// @throws IOException when it cannot be written; it is then on standard output, if possible
    void write(String json) throws IOException {
        byte[] bytes = (json + "\n").getBytes(StandardCharsets.UTF_8);
        if (file != null) {
            try {
                Files.write(file, bytes);
                return;
            } catch (IOException e) {
                print(bytes);
                throw new IOException("could not write " + file + ": " + e.getMessage(), e);
            }
        }
        print(bytes);
    }

    /// Whoever closed the other end of a pipe does not want to read: that is no error.
    private void print(byte[] bytes) {
        out.write(bytes, 0, bytes.length);
        out.flush();
    }

    private static boolean isWritable(Path file) {
        if (Files.exists(file)) {
            return !Files.isDirectory(file) && Files.isWritable(file);
        }
        Path folder = file.getParent();
        return folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    }
}
