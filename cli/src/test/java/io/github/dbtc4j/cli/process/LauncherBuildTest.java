package io.github.dbtc4j.cli.process;

import static io.github.dbtc4j.cli.process.LauncherMachine.finish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.process.LauncherMachine.Outcome;
import io.github.dbtc4j.client.DbtCloudClient;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// How the launcher builds the command, under every common shell of this machine.
@Tag("gate")
@ParameterizedClass
@MethodSource("shells")
class LauncherBuildTest extends LauncherFixture {

    LauncherBuildTest(String shell, @TempDir Path folder) throws IOException {
        super(shell, folder);
    }

    @Test
    void buildsWithAJdkAndRunsOnAJreToo() throws Exception {
        Path jre = machine.jdk("usr/lib/jvm/a-jre", "25");
        Files.delete(jre.resolve("bin/javac"));

        Outcome withoutCompiler = machine.run();
        Path jdk = machine.jdk("usr/lib/jvm/b-jdk", "25");

        assertThat(withoutCompiler.exitCode()).isEqualTo(126);
        assertThat(withoutCompiler.stderr()).contains(jre + " is Java 25, but without a compiler");
        assertThat(java()).isEqualTo(jre);
        assertThat(machine.buildLines()).containsExactly("built with " + jdk);
    }

    @Test
    void saysThatMavenIsMissing() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");
        Files.delete(machine.bin().resolve("mvn"));

        Outcome outcome = machine.run();

        assertThat(outcome.exitCode()).isEqualTo(126);
        assertThat(outcome.stdout()).isEmpty();
        assertThat(outcome.stderr())
                .contains("building needs Maven")
                .contains("https://maven.apache.org/install.html");
    }

    @Test
    void buildsOnceAndTellsItOnStderrOnly() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");

        Outcome first = machine.run();
        Outcome second = machine.run();

        assertThat(first.stderr())
                .isEqualTo("dbtc: building once, which takes a minute or two ...\n");
        assertThat(first.stdout())
                .startsWith("classpath=[" + machine.state() + "/lib/*]\n")
                .doesNotContain("Maven talks");
        assertThat(machine.state().resolve("lib/cli.jar")).exists();
        assertThat(second.stderr()).isEmpty();
        assertThat(second.stdout()).isEqualTo(first.stdout());
        assertThat(machine.buildLines()).hasSize(1);
    }

    @Test
    void buildsAgainWhenASourceOrAPomIsNewer() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");
        machine.run();
        machine.touch(machine.source(), -1);
        machine.run();
        assertThat(machine.buildLines()).hasSize(1);

        machine.touch(machine.source(), 1);
        machine.run();
        assertThat(machine.buildLines()).hasSize(2);
        machine.touch(machine.source(), -1);

        machine.touch(machine.repository.resolve("pom.xml"), 1);
        machine.run();
        assertThat(machine.buildLines()).hasSize(3);
    }

    @Test
    void showsTheEndOfTheLogWhenTheBuildFails() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");
        machine.run();
        machine.touch(machine.source(), 1);
        machine.maven("i=0; while [ $i -lt 99 ]; do i=$((i + 1)); echo \"line $i\"; done; exit 1");

        Outcome failed = machine.run();

        assertThat(failed.exitCode()).isEqualTo(126);
        assertThat(failed.stdout()).isEmpty();
        assertThat(failed.stderr())
                .contains("line 70\n", "line 99\n")
                .doesNotContain("line 69\n")
                .contains("the build failed; above are the last lines of ")
                .contains(machine.state() + "/build.log");
        assertThat(machine.run().exitCode()).as("not taken for built").isEqualTo(126);
        machine.maven("");
        assertThat(machine.run().exitCode()).isZero();
        assertThat(machine.isLocked()).isFalse();
    }

    /// A warning is an error here, and without it the message says only that there was one.
    @Test
    void showsTheWarningThatFailsABuild() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");
        machine.maven(
                """
                case " $* " in *' --quiet '* | *' -q '*) ;; *) echo '[WARNING] A.java:[1,1] raw type' ;; esac
                echo '[ERROR] warnings found and -Werror specified'
                exit 1
                """);

        Outcome failed = machine.run();

        assertThat(failed.exitCode()).isEqualTo(126);
        assertThat(failed.stderr()).contains("[WARNING] A.java:[1,1] raw type\n");
    }

    /// Maven's plugins, and the log whose end is shown.
    @Test
    void theBuildSeesNoTokenAndTheCommandDoes() throws Exception {
        Path home = machine.jdk("usr/lib/jvm/x", "25");
        Path seen = folder.resolve("seen");
        begins(home, "export -p >'" + seen + "'");
        List<String> names = DbtCloudClient.TOKEN_VARIABLES;
        names.forEach(name -> machine.environment.put(name, "canary of " + name));
        Path log = machine.state().resolve("build.log");

        machine.maven("export -p; exit 1");
        assertThat(machine.run().stderr()).contains("JAVA_HOME=").doesNotContain("canary");
        assertThat(log).content().contains("JAVA_HOME=").doesNotContain("canary");

        machine.maven("export -p");
        assertThat(machine.run().exitCode()).isZero();
        assertThat(log).content().contains("JAVA_HOME=").doesNotContain("canary");
        assertThat(names)
                .hasSize(4)
                .allSatisfy(name -> assertThat(seen).content().contains("canary of " + name));
    }

    @Test
    void twoFirstStartsBuildOnce() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");
        Path go = folder.resolve("go");
        machine.maven("while [ ! -f '" + go + "' ]; do sleep 0.05; done");

        Process first = machine.start(machine.launcher(), "first");
        awaitLine(first, "building once");
        Process second = machine.start(machine.launcher(), "second");
        awaitLine(second, "waiting for process " + first.pid() + ", which is building");
        Files.createFile(go);

        assertThat(finish(first, "").stdout()).contains("argument=[first]");
        assertThat(finish(second, "").stdout()).contains("argument=[second]");
        assertThat(machine.buildLines()).hasSize(1);
    }

    @Test
    void takesOverTheLockOfADeadProcess() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");
        Process dead = new ProcessBuilder("sh", "-c", "exit").start();
        dead.waitFor();
        Files.createDirectories(machine.state());
        Files.createSymbolicLink(machine.state().resolve("lock"), Path.of("" + dead.pid()));

        assertThat(machine.run().exitCode()).isZero();
        assertThat(machine.buildLines()).hasSize(1);
        assertThat(machine.isLocked()).isFalse();
    }

    @Test
    void stopsTheBuildWhenItIsStopped() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");
        Path builder = folder.resolve("builder");
        machine.maven("echo $$ >'" + builder + "'; exec sleep 60");
        Process process = machine.start(machine.launcher());
        while (!Files.exists(builder) || Files.size(builder) == 0) {
            Thread.onSpinWait();
        }

        process.toHandle().destroy();
        Outcome outcome = finish(process, "");

        assertThat(outcome.exitCode()).isEqualTo(143);
        assertThat(outcome.stdout()).isEmpty();
        long maven = Long.parseLong(Files.readString(builder).strip());
        assertThat(ProcessHandle.of(maven)).isEmpty();
        assertThat(machine.isLocked()).isFalse();
        assertThat(machine.state().resolve("stamp")).doesNotExist();
    }

    private static void awaitLine(Process process, String expected) throws Exception {
        assertThat(process.errorReader().readLine()).contains(expected);
    }
}
