package io.github.dbtc4j.cli.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.repository.Repository;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The linter of `ci/lint`, with its packages.
public final class RecipeLint {

    /// Its packages lie with what else was built.
    private static final Path FOLDER = Repository.ROOT.resolve("cli/target/lint");

    private RecipeLint() {}

    /// What the linter finds in files of these kinds, a finding a line; each begins with its file.
    public static List<String> findings(Map<Path, String> kinds) {
        var command = new ArrayList<>(List.of("node", "lint.js"));
        kinds.forEach((file, kind) -> command.addAll(List.of(kind, file.toString())));
        var ended = run(command);
        assertThat(ended.err()).isEmpty();
        assertThat(ended.exitCode()).isEqualTo(ended.out().isEmpty() ? 0 : 1);
        return ended.out().lines().toList();
    }

    /// Installs the packages that the lock file names, unless they are there. Where there is no
    /// npm, tests that need it are left out; not so in continuous integration.
    public static synchronized void install() throws IOException {
        Path source = Repository.ROOT.resolve("ci/lint");
        Path installed = FOLDER.resolve("installed.json");
        String wanted = Files.readString(source.resolve("package-lock.json"));
        if (!hasNpm()) {
            assertThat(System.getenv("CI")).as("CI has node and npm").isNotEqualTo("true");
            Assumptions.abort("no node or no npm: the recipes were not linted");
        }
        Files.createDirectories(FOLDER);
        if (!Files.exists(installed) || !Files.readString(installed).equals(wanted)) {
            for (String file : List.of("package.json", "package-lock.json")) {
                Files.writeString(FOLDER.resolve(file), Files.readString(source.resolve(file)));
            }
            var ended = run(List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"));
            assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
            Files.writeString(installed, wanted);
        }
        Files.writeString(FOLDER.resolve("lint.js"), Files.readString(source.resolve("lint.js")));
    }

    private static boolean hasNpm() {
        return CommandProcess.start(
                                System.getenv(),
                                List.of("sh", "-c", "command -v node && command -v npm"))
                        .end()
                        .exitCode()
                == 0;
    }

    private static CommandProcess.Ended run(List<String> command) {
        var all = new ArrayList<>(List.of("/usr/bin/env", "-C", FOLDER.toString()));
        all.addAll(command);
        return CommandProcess.start(Map.copyOf(System.getenv()), all).end();
    }
}
