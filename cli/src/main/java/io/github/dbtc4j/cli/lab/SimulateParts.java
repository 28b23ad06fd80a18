package io.github.dbtc4j.cli.lab;

import io.github.dbtc4j.cli.terminal.PlainText;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.simulation.report.ReportJson;
import io.github.dbtc4j.simulation.report.SimulationReport;
import io.github.dbtc4j.simulation.scenario.Variation;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/// The file in which a long simulation keeps what it has played so far, if there is one. Parts that
/// other code played, or with other seeds, are not mixed.
///
/// @param file null where nothing is kept
/// @param firstSeed the simulation's first scenario
/// @param commit the code that plays
/// @param variation of its scenarios
record SimulateParts(@Nullable Path file, long firstSeed, String commit, Variation variation) {

    /// Many times what the most cells and cases take.
    private static final long MOST_BYTES = 16L << 20;

    private static final int MOST_SHOWN = 64;

    /// What has been played already.
    ///
    /// @throws UsageException when the file is another simulation's, or cannot be read or made
    SimulationReport read() {
        if (file == null) {
            return SimulationReport.none(firstSeed);
        }
        if (!Files.exists(file)) {
            if (!Files.isDirectory(file.toAbsolutePath().resolveSibling(""))) {
                throw wrong("cannot be made, because its folder is not there");
            }
            return SimulationReport.none(firstSeed);
        }
        if (!Files.isRegularFile(file)) {
            throw wrong("is no regular file");
        }
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw wrong("is over 16 MiB, too large for a simulation that was broken off");
            }
            Map<String, @Nullable Object> kept = Json.readObject(Files.readString(file));
            var played = ReportJson.read(Json.write(kept.get("played")));
            if (!commit.equals(kept.get("commit"))
                    || !variation.name().equals(kept.get("forging"))
                    || played.firstSeed() != firstSeed) {
                throw wrong(
                        "is of another simulation (commit %s, %s, seed %d)"
                                .formatted(
                                        shown(kept.get("commit")),
                                        shown(kept.get("forging")),
                                        played.firstSeed()));
            }
            return played;
        } catch (IllegalArgumentException e) {
            throw wrong("is no simulation that was broken off");
        } catch (IOException e) {
            throw wrong("cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static String shown(@Nullable Object text) {
        String line = PlainText.of(String.valueOf(text));
        return line.substring(0, Math.min(line.length(), MOST_SHOWN));
    }

    /// Keeps `report` in place of what was there; a process that is killed leaves one or the other.
    ///
    /// @throws UncheckedIOException when it cannot be written, with a message for people
    void keep(SimulationReport report) {
        if (file == null) {
            return;
        }
        var kept = new LinkedHashMap<String, @Nullable Object>();
        kept.put("commit", commit);
        kept.put("forging", variation.name());
        kept.put("played", Json.readObject(ReportJson.write(report)));
        try {
            replace(file, Json.write(kept));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "--resume %s: what has been played cannot be kept (%s); the last part is lost. Make room there or name another file, and start again"
                            .formatted(
                                    PlainText.of(file.toString()),
                                    PlainText.of(
                                            e.getClass().getSimpleName() + ": " + e.getMessage())),
                    e);
        }
    }

    /// The new text is in a file of a name that others cannot foresee until it is whole.
    private static void replace(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().resolveSibling("");
        Path next = Files.createTempFile(folder, "dbtc-", ".next");
        try {
            Files.writeString(next, text);
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private UsageException wrong(String why) {
        return new UsageException(
                "--resume %s %s; name another file to begin anew"
                        .formatted(PlainText.of(String.valueOf(file)), why));
    }
}
