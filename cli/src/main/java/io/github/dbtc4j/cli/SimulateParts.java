package io.github.dbtc4j.cli;

import io.github.dbtc4j.client.Json;
import io.github.dbtc4j.simulation.Forging;
import io.github.dbtc4j.simulation.ReportJson;
import io.github.dbtc4j.simulation.SimulationReport;

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
/// @param firstSeed the simulation's first scenario
/// @param commit the code that plays
/// @param forging whether claims are forged in it
record SimulateParts(@Nullable Path file, long firstSeed, String commit, Forging forging) {

    static SimulateParts of(@Nullable Path file, long firstSeed, String commit, Forging forging) {
        return new SimulateParts(file, firstSeed, commit, forging);
    }

    /// What has been played already.
    ///
    /// @throws WrongUsage when the file is another simulation's, or cannot be read
    SimulationReport read() {
        if (file == null || !Files.exists(file)) {
            return SimulationReport.none(firstSeed);
        }
        try {
            Map<String, @Nullable Object> kept = Json.readObject(Files.readString(file));
            var played = ReportJson.read(Json.write(kept.get("played")));
            if (!commit.equals(kept.get("commit"))
                    || !forging.name().equals(kept.get("forging"))
                    || played.firstSeed() != firstSeed) {
                throw wrong(
                        "is of another simulation (commit %s, %s, seed %d)"
                                .formatted(
                                        kept.get("commit"),
                                        kept.get("forging"),
                                        played.firstSeed()));
            }
            return played;
        } catch (IllegalArgumentException e) {
            throw wrong("is no simulation that was broken off");
        } catch (IOException e) {
            throw wrong("cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /// Keeps `report` in place of what was there; a process that is killed leaves one or the other.
    void keep(SimulationReport report) {
        if (file == null) {
            return;
        }
        var kept = new LinkedHashMap<String, @Nullable Object>();
        kept.put("commit", commit);
        kept.put("forging", forging.name());
        kept.put("played", Json.readObject(ReportJson.write(report)));
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, Json.write(kept));
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WrongUsage wrong(String why) {
        return new WrongUsage(
                "--resume %s %s; name another file to begin anew"
                        .formatted(PlainText.of(String.valueOf(file)), why));
    }
}
