package io.github.dbtc4j.cli.session;

import io.github.dbtc4j.cli.narration.ProgressPrinter;
import io.github.dbtc4j.cli.terminal.Line;
import io.github.dbtc4j.cli.terminal.PlainText;
import io.github.dbtc4j.cli.terminal.ProcessIo;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.client.access.Redaction;
import io.github.dbtc4j.pipeline.detection.CiSystem;
import io.github.dbtc4j.pipeline.report.LogLine;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Where the JSON goes: standard output or the file of `--output`, and nothing but JSON goes there.
/// People at a terminal get text instead, unless they ask for JSON.
public final class JsonOutput {

    private final PrintStream out;
    private final boolean logged;
    private final boolean wanted;
    private final boolean told;
    private final ProgressPrinter narration;
    private final boolean coloured;
    private final Redaction secrets;
    private final @Nullable Path file;

    /// @throws UsageException when `file` cannot be written: that is better known before anything
    ///   is sent than after
    public JsonOutput(Dbtc dbtc) {
        ProcessIo shell = dbtc.shell();
        this.out = shell.out();
        this.logged =
                Stream.of(CiSystem.values())
                        .anyMatch(system -> shell.variable(system.mark()).isPresent());
        this.secrets = dbtc.secrets();
        this.file = dbtc.output;
        this.wanted = file != null || dbtc.json || !shell.terminal().out();
        this.told = shell.terminal().err();
        this.narration = dbtc.narration();
        this.coloured = shell.terminal().coloured();
        if (file != null && !isWritable(file.toAbsolutePath())) {
            throw new UsageException(
                    "--output: the file " + PlainText.of(file.toString()) + " cannot be written");
        }
    }

    /// Prints text for a person.
    void print(List<Line> lines) {
        lines.forEach(line ->
                out.print(line.shown(text -> secrets.of(PlainText.of(text)), coloured) + "\n"));
        out.flush();
    }

    /// Whether a person reads standard output on a terminal and gets text instead of JSON.
    public boolean isForPeople() {
        return !wanted;
    }

    /// Shows what a command was asked for to a person: on standard output, unless JSON goes there.
    public void show(List<Line> text) {
        if (wanted) {
            text.forEach(narration::say);
        } else {
            print(text);
        }
    }

    /// Prints an address for a person, wherever standard output goes.
    public void address(String page) {
        print(List.of(Line.of(page)));
    }

    /// Shows what is to be said even to those who want no more than the end.
    public void conclude(String sentence) {
        if (wanted) {
            narration.conclude(sentence);
        } else {
            print(List.of(Line.of(sentence)));
        }
    }

    /// [Writes][#write] JSON, unless a person gets text instead.
    ///
    /// @return whether it was written
    public boolean offer(String json) throws IOException {
        if (wanted) {
            write(json);
        }
        return wanted;
    }

    /// The same of what standard error tells in words, unless no person reads that either.
    public void offerUntold(String json) throws IOException {
        if (wanted || !told) {
            write(json);
        }
    }

    /// Writes `json` and a new line, to the letter, but for a token, which is taken out. Only in a
    /// CI system, which may obey commands such as `##vso[` in it that anyone may have a model log,
    /// it is the same value spelt differently: later steps may print a file.
    ///
    /// @throws IOException when it cannot be written; it is then on standard output, if possible
    public void write(String json) throws IOException {
        String shown = secrets.of(json);
        write(shown, logged ? LogLine.ofJson(shown) : shown);
    }

    /// Says in the file, if there is to be one, that there is no run: a clean-up step then has
    /// nothing to do.
    public void writeNone() throws IOException {
        if (file != null) {
            Files.writeString(file, "null\n");
        }
    }

    /// The same of a file of any kind: to the letter where it is saved.
    void writeFile(String text) throws IOException {
        write(secrets.of(text), secrets.of(text));
    }

    private void write(String shown, String saved) throws IOException {
        if (file != null) {
            try {
                Files.writeString(file, saved + "\n");
                return;
            } catch (IOException e) {
                print(shown);
                throw new IOException("could not write " + file + ": " + e.getMessage(), e);
            }
        }
        print(shown);
    }

    /// When the reading end of a pipe was closed, the output is not wanted: that is no error.
    private void print(String json) {
        String harmless = logged ? LogLine.ofJson(json) : json;
        byte[] bytes = (harmless + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }

    /// Whether `file`, an absolute path, is or could become a file that can be written.
    public static boolean isWritable(Path file) {
        if (Files.exists(file)) {
            return !Files.isDirectory(file) && Files.isWritable(file);
        }
        Path folder = file.getParent();
        return folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    }
}
