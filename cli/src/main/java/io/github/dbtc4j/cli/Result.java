package io.github.dbtc4j.cli;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the JSON goes: standard output or the file of `--output`, and nothing but JSON goes there.
final class Result {

    /// In JSON it stands inside of a text, where each character has a longer name.
    private static final String COMMAND = "##";

    private static final String COMMAND_IN_JSON = "#\\u0023";

    private final PrintStream out;
    private final boolean obeyed;
    private final @Nullable Path file;

    /// @throws WrongUsage when `file` cannot be written: that is better known before anything is
    ///   sent than after
    Result(Shell shell, @Nullable Path file) {
        this.out = shell.out();
        this.obeyed =
                shell.variable("TF_BUILD").isPresent()
                        || shell.variable("GITHUB_ACTIONS").isPresent();
        this.file = file;
        if (file != null && !isWritable(file.toAbsolutePath())) {
            throw new WrongUsage(
                    "--output: the file " + PlainText.of(file.toString()) + " cannot be written");
        }
    }

    /// Writes `json` and a new line, to the letter. Only where a CI system would obey commands such
    /// as `##vso[` in it, which anyone may have a model log, standard output gets the same value
    /// spelt differently.
    ///
    /// @throws IOException when it cannot be written; it is then on standard output, if possible
    void write(String json) throws IOException {
        byte[] bytes = (json + "\n").getBytes(StandardCharsets.UTF_8);
        if (file != null) {
            try {
                Files.write(file, bytes);
                return;
            } catch (IOException e) {
                print(json);
                throw new IOException("could not write " + file + ": " + e.getMessage(), e);
            }
        }
        print(json);
    }

    /// Whoever closed the other end of a pipe does not want to read: that is no error.
    private void print(String json) {
        String harmless = obeyed ? json.replace(COMMAND, COMMAND_IN_JSON) : json;
        byte[] bytes = (harmless + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }

    /// Whether `file`, an absolute path, is or could become a file that can be written.
    static boolean isWritable(Path file) {
        if (Files.exists(file)) {
            return !Files.isDirectory(file) && Files.isWritable(file);
        }
        Path folder = file.getParent();
        return folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    }
}
