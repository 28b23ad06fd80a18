package io.github.dbtc4j.pipeline.explanation;

import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Where nodes are written, from dbt's `manifest.json`. Of that file, large as it is, only the
/// wanted nodes are read.
final class SourceFiles {

    private static final List<String> SECTIONS = List.of("nodes", "unit_tests", "sources");
    private static final String PATH = "original_file_path";

    private SourceFiles() {}

    /// The file of each node of `ids` that the manifest has, relative to the dbt project; of a
    /// generic test the YAML file that asks for it.
    ///
    /// @throws IllegalArgumentException when it is no manifest
    static Map<String, String> read(byte[] manifest, Set<String> ids) {
        Map<String, @Nullable Object> json =
                Json.readObject(
                        manifest,
                        path ->
                                switch (path.size()) {
                                    case 1 -> SECTIONS.contains(path.getFirst());
                                    case 2 -> ids.contains(path.getLast());
                                    case 3 -> path.getLast().equals(PATH);
                                    default -> false;
                                });
        var files = new HashMap<String, String>();
        for (String section : SECTIONS) {
            if (json.get(section) instanceof Map<?, ?> nodes) {
                nodes.forEach((id, node) -> {
                    if (node instanceof Map<?, ?> map && map.get(PATH) instanceof String file) {
                        files.put(String.valueOf(id), file);
                    }
                });
            }
        }
        return files;
    }

    /// `file` from the root of the repository, or null when it lies outside or is no path at all.
    ///
    /// @param projectFolder where the dbt project is in the repository, or null for its root
    static @Nullable String inRepository(@Nullable String file, @Nullable String projectFolder) {
        if (file == null || file.isBlank()) {
            return null;
        }
        String folder = projectFolder == null ? "" : projectFolder.strip();
        String path = (folder + "/" + file.strip()).replace('\\', '/').replaceAll("/{2,}", "/");
        List<String> parts =
                Stream.of(path.split("/", -1))
                        .filter(text -> !text.isEmpty() && !text.equals("."))
                        .toList();
        boolean strange =
                file.startsWith("/")
                        || parts.contains("..")
                        || !OneLine.of(path).equals(path)
                        || path.length() > 400;
        return strange || parts.isEmpty() ? null : String.join("/", parts);
    }
}
