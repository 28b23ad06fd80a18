package io.github.dbtc4j.cli.report;

import io.github.dbtc4j.cli.narration.Plural;
import io.github.dbtc4j.cli.terminal.Durations;
import io.github.dbtc4j.cli.terminal.PlainText;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.access.Redaction;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.pipeline.explanation.LateFiles;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Saves a run's artifacts to a folder, and nothing outside of it.
///
/// Their names come from the platform, and what the folder holds may come from a pull request: a
/// name that leads elsewhere is refused, and so is a way through a symbolic link.
final class Downloads {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int TOLD = 5;

    private final DbtCloudClient client;
    private final SystemContext system;
    private final Redaction secrets;
    private final Consumer<String> say;

    /// @param secrets what must not be in a file
    /// @param say told of what was left out, and of the result
    Downloads(
            DbtCloudClient client, SystemContext system, Redaction secrets, Consumer<String> say) {
        this.client = client;
        this.system = system;
        this.secrets = secrets;
        this.say = say;
    }

    /// Saves them, the most telling first; one that cannot be had does not keep the others back.
    ///
    /// @throws IOException when the folder cannot be made
    /// @throws DbtCloudException when the platform does not say which there are
    void save(Run run, Path folder) throws IOException {
        long accountId = run.accountId();
        long runId = run.id();
        var late = new LateFiles(system, run);
        List<String> names =
                late.read(() -> client.artifacts().list(accountId, runId, null)).data().stream()
                        .distinct()
                        .sorted(Comparator.comparing(name -> name.contains("/")))
                        .toList();
        Path root = Files.createDirectories(folder).toRealPath();
        long began = system.nanoTime();
        int saved = 0;
        int missed = 0;
        for (String name : names) {
            if (Duration.ofNanos(system.nanoTime() - began).compareTo(LIMIT) > 0) {
                say.accept("Saving artifacts took over " + Durations.clock(LIMIT) + ": stopped.");
                break;
            }
            try {
                save(late, accountId, runId, name, root);
                saved++;
            } catch (DbtCloudException.Interrupted e) {
                throw e;
            } catch (IOException | DbtCloudException | IllegalArgumentException e) {
                missed++;
                if (missed <= TOLD) {
                    say.accept("Artifact \"%s\" was left out: %s".formatted(name, e.getMessage()));
                }
            }
        }
        say.accept(
                "Saved %d of %s of run %d to %s."
                        .formatted(saved, Plural.of(names.size(), "artifact"), runId, folder));
    }

    private void save(LateFiles late, long accountId, long runId, String name, Path root)
            throws IOException {
        Path file = inside(root, name);
        byte[] content =
                harmless(
                        late.read(() -> client.artifacts().get(accountId, runId, name, null))
                                .body());
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(
                file,
                content,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
    }

    /// Each byte is a character of ISO 8859-1, so that all bytes but a secret's stay.
    private byte[] harmless(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        String redacted = secrets.of(text);
        return redacted.equals(text) ? content : redacted.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Where the artifact `name` goes.
    ///
    /// @throws IllegalArgumentException when that is not below `root`
    static Path inside(Path root, String name) {
        boolean plain =
                !name.contains("\\")
                        && !name.contains(":")
                        && PlainText.of(name).equals(name)
                        && Stream.of(name.split("/", -1))
                                .noneMatch(part ->
                                        part.isBlank() || part.equals(".") || part.equals(".."));
        if (!plain) {
            throw new IllegalArgumentException("its name is no plain path below a folder");
        }
        try {
            Path file = root;
            for (String part : name.split("/", -1)) {
                file = file.resolve(part);
                if (Files.isSymbolicLink(file)) {
                    throw new IllegalArgumentException("a symbolic link is in its place");
                }
            }
            return file;
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("this machine has no files of such a name", e);
        }
    }
}
