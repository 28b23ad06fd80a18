package io.github.dbtc4j.cli.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.repository.Repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A build machine with git and bash, and a repository to get `dbtc` from.
///
/// @param folder where everything is
/// @param platform the dbt platform that the pipelines know
record RecipeMachine(Path folder, Platform platform) {

    /// Makes the folders and the repository, whose `dbtc` is the real command.
    static RecipeMachine in(Path folder, Platform platform) {
        var machine = new RecipeMachine(folder, platform);
        try {
            Files.createDirectories(machine.work());
            Files.createDirectories(machine.temp());
            Path script = machine.repository().resolve("ci/bitbucket/dbtc.sh");
            Files.createDirectories(script.getParent());
            Files.copy(Repository.ROOT.resolve("ci/bitbucket/dbtc.sh"), script);
            CommandProcess.install(machine.repository().resolve("dbtc"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        machine.git(machine.repository(), "dbtc");
        machine.run(machine.repository(), "git", "tag", Repository.tag());
        return machine;
    }

    /// Where a pipeline's steps run.
    Path work() {
        return folder.resolve("work");
    }

    Path temp() {
        return folder.resolve("temp");
    }

    /// The repository to get `dbtc` from, as a folder.
    Path repository() {
        return folder.resolve("origin");
    }

    /// The same as an address.
    String address() {
        return repository().toUri().toString();
    }

    /// The environment of a pipeline of pull request 50, as recorded, with the options of the
    /// command that make it quick. Nothing in it tells where the platform is.
    Map<String, String> environment(String system, String changes) {
        try {
            Path event = Files.createTempDirectory(folder, "event");
            Map<String, String> environment =
                    new HashMap<>(RecordedPipeline.environment(platform, system, changes, event));
            platform.environment().keySet().forEach(environment::remove);
            environment.put("PATH", "/usr/bin:/bin");
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
