package io.github.dbtc4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where the repository lies, seen from whatever folder the tests run in.
final class Repository {

    static final Path ROOT = root();

    private Repository() {}

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("planner/pom.xml"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("no folder above this one holds planner/pom.xml");
        }
        return folder;
    }
}
