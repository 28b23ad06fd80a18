package io.github.dbtc4j.cli.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.repository.Repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A build machine with git, bash and a pip that knows `dbtc`, but without Java and Maven.
///
/// @param folder where everything is
/// @param platform the dbt platform that the pipelines know
record RecipeMachine(Path folder, Platform platform) {

    /// Takes the line of a recipe alone, and puts the real command where pip puts that of the
    /// wheel; what pip does with the wheel is shown by `WheelIT`.
    private static final String PIP =
            """
            #!/bin/sh
            case $# in 5) ;; *) echo "pip: not as in a recipe: $*" >&2; exit 1 ;; esac
            if [ "$1 $2 $3 $5" != 'install --quiet --target REQUIREMENT' ]; then
                echo "pip: not as in a recipe: $*" >&2
                exit 1
            fi
            mkdir -p "$4/bin" && cp 'COMMAND' "$4/bin/dbtc"
            """;

    /// Makes the folders and the programs.
    static RecipeMachine in(Path folder, Platform platform) {
        var machine = new RecipeMachine(folder, platform);
        try {
            Files.createDirectories(machine.work());
            Files.createDirectories(machine.temp());
            Files.createDirectories(machine.programs());
            Files.createDirectories(machine.action().resolve("ci/github"));
            Files.createDirectories(machine.action().resolve("dist"));
            for (String file : List.of("ci/github/install", "dist/version", "pom.xml")) {
                Files.copy(Repository.ROOT.resolve(file), machine.action().resolve(file));
            }
            Path dbtc = machine.action().resolve("dbtc");
            CommandProcess.install(dbtc);
            Path pip = machine.programs().resolve("pip");
            Files.writeString(
                    pip,
                    PIP.replace("REQUIREMENT", Repository.requirement())
                            .replace("COMMAND", dbtc.toString()));
            Files.setPosixFilePermissions(pip, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return machine;
    }

    /// Where a pipeline's steps run.
    Path work() {
        return folder.resolve("work");
    }

    Path temp() {
        return folder.resolve("temp");
    }

    /// The clone of this repository that GitHub makes for its action.
    Path action() {
        return folder.resolve("action");
    }

    /// What lies on its path first.
    private Path programs() {
        return folder.resolve("programs");
    }

    /// The environment of a pipeline of pull request 50, as recorded, with the options of the
    /// command that make it quick. Nothing in it tells where the platform is.
    Map<String, String> environment(String system, String changes) {
        try {
            Path event = Files.createTempDirectory(folder, "event");
            Map<String, String> environment =
                    new HashMap<>(RecordedPipeline.environment(platform, system, changes, event));
            platform.environment().keySet().forEach(environment::remove);
            environment.put("PATH", programs() + ":/usr/bin:/bin");
            environment.put("HOME", folder.toString());
            environment.put("DBTC_POLL_INTERVAL", "0.3");
            environment.put("GIT_CONFIG_NOSYSTEM", "1");
            return environment;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Commits everything in a folder with this message.
    ///
    /// @return the commit
    String git(Path repository, String message) {
        run(repository, "git", "init", "--quiet", "--initial-branch=main");
        run(repository, "git", "add", "--all");
        run(
                repository,
                "git",
                "-c",
                "user.name=ana",
                "-c",
                "user.email=ana@example.com",
                "commit",
                "--quiet",
                "--allow-empty",
                "--message=" + message);
        return run(repository, "git", "rev-parse", "HEAD").strip();
    }

    private String run(Path where, String... command) {
        var all = new ArrayList<>(List.of("/usr/bin/env", "-C", where.toString()));
        all.addAll(List.of(command));
        var ended =
                CommandProcess.start(
                                Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString()), all)
                        .end();
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        return ended.out();
    }
}
