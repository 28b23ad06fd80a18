package io.github.dbtc4j.cli.process;

import java.io.IOException;
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
}
