package io.github.dbtc4j.cli.probe;

import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.option.AssumptionSet;
import io.github.dbtc4j.sandbox.option.SandboxOptions;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A report of `dbtc probe --json`, read back so that the sandbox is as that account is.
public final class ProbeFile {

    private final Path file;

    private ProbeFile(Path file) {
        this.file = file;
    }

    /// `options` with every answer in `file` that the sandbox can give. What was not asked, or what
    /// no switch stands for, stays as it is.
    ///
    /// @throws UsageException when it cannot be read, or names what this version does not know
    public static SandboxOptions applied(Path file, SandboxOptions options) {
        return new ProbeFile(file).applied(options);
    }

    private SandboxOptions applied(SandboxOptions options) {
        SandboxOptions applied = options;
        if (!(read() instanceof List<?> rows)) {
            throw wrong("it is no JSON array");
        }
        for (Object row : rows) {
            applied = applied(applied, ProbeReply.object(row));
        }
        return applied;
    }

    private @Nullable Object read() {
        try {
            return Json.read(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw wrong("there is no such file");
        } catch (IOException | IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private SandboxOptions applied(SandboxOptions options, Map<String, @Nullable Object> row) {
        if (!(row.get("question") instanceof String question)) {
            throw wrong("an entry has no question");
        }
        if (ProbeMeasure.titled(question).isPresent()) {
            return row.get("seen") instanceof String seen
                    ? measured(options, ProbeMeasure.titled(question).get(), seen)
                    : options;
        }
        if (AssumptionSet.names().stream().noneMatch(name -> name.startsWith(question + "."))) {
            throw wrong("there is no question " + question);
        }
        if (row.get("answer") == null) {
            return options;
        }
        String name = question + "." + row.get("answer");
        if (!AssumptionSet.names().contains(name)) {
            throw wrong("there is no answer " + name);
        }
        return options.switches(options.switches().with(name));
    }

    private static SandboxOptions measured(
            SandboxOptions options, ProbeMeasure measure, String seen) {
        return switch (measure) {
            case PLAN -> seen.equals(ProbeReading.OTHER) ? options : options.plan(seen);
            case RUN_SLOTS ->
                    options.runSlots(seen.matches("\\d{1,9}") ? Integer.valueOf(seen) : null);
            case VISIBILITY_LAG ->
                    options.pace(
                            options.pace()
                                    .visibilityLag(
                                            Duration.ofSeconds(
                                                    ProbeMeasure.seconds(seen).orElse(60L))));
            case CANCEL_TIME, FORBIDDEN_SHAPE, COMMIT_STATUS -> options;
        };
    }

    private UsageException wrong(String why) {
        return new UsageException(
                "--switches: %s cannot be used: %s. It takes what dbtc probe --json printed."
                        .formatted(file, why));
    }
}
