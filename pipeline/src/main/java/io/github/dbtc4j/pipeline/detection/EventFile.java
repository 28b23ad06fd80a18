package io.github.dbtc4j.pipeline.detection;

import java.io.IOException;

/// Reads the file in which GitHub Actions tells a pipeline what started it.
@FunctionalInterface
public interface EventFile {

    /// The whole text of the file.
    ///
    /// @param path as the variable `GITHUB_EVENT_PATH` has it
    /// @throws IOException when there is no such file or it cannot be read
    String read(String path) throws IOException;
}
