package io.github.dbtc4j.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// A machine with the launcher `./dbtc`, under one of the common shells that are here.
abstract class LauncherFixture {

    final Path folder;
    final LauncherMachine machine;

    LauncherFixture(String shell, Path folder) throws IOException {
        this.folder = folder.toRealPath();
        machine = new LauncherMachine(this.folder, LauncherMachine.onThisMachine(shell));
    }

    static Stream<String> shells() {
        return Stream.of("sh", "dash", "bash", "ksh")
                .filter(shell -> LauncherMachine.find(shell).isPresent());
    }

    /// The folder of the Java that a start with no arguments ends in.
    final Path java() throws Exception {
        String stdout = machine.run().stdout();
        return Path.of(stdout.replaceFirst("(?s).*java=\\[(.*?)].*", "$1"));
    }

    /// Has the Java in `home` obey a line of shell before all else.
    static void begins(Path home, String line) throws IOException {
        Path java = home.resolve("bin/java");
        LauncherMachine.executable(
                java, Files.readString(java).replace("#!/bin/sh\n", "#!/bin/sh\n" + line + "\n"));
    }
}
