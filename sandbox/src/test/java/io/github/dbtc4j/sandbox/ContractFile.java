package io.github.dbtc4j.sandbox;

import org.jspecify.annotations.NullUnmarked;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files `contract-v2.yaml` and `contract-v3.yaml`: what [Distiller] takes of the published
/// specification, of the paths in `contract-paths.txt` and the schemas that these refer to.
@NullUnmarked // YAML is read by casts
final class ContractFile {

    private static final Pattern COMMIT = Pattern.compile("commit ([0-9a-f]{7,40})\n");

    private ContractFile() {}

    /// @param version `v2` or `v3`
    static Path of(String version) {
        return resources().resolve("contract-" + version + ".yaml");
    }

    /// The paths that it has.
    static List<String> paths(String version) throws IOException {
        return Files.readAllLines(resources().resolve("contract-paths.txt")).stream()
                .filter(line -> line.startsWith("/api/" + version + "/"))
                .toList();
    }

    /// The commit of the specification that the text is of.
    static String commit(String text) {
        var found = COMMIT.matcher(text);
        if (!found.find()) {
            throw new IllegalArgumentException("the contract names no commit");
        }
        return found.group(1);
    }

    static String write(
            Map<String, Object> published, List<String> paths, String version, String commit) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.AUTO);
        options.setWidth(120);
        options.setSplitLines(false);
        Map<String, Object> facts = Distiller.distill(new Specification(published).only(paths));
        return """
        # Facts of the dbt platform's API: paths, parameters, schemas, types, enums, what is required.
        # Taken by dist/contract of openapi-%s.yaml in
        # dbt-labs/dbt-cloud-openapi-spec, commit %s
        # which has the prose and examples that were left out. Not to be edited.
        """
                        .formatted(version, commit)
                + new Yaml(options).dump(facts);
    }

    private static Path resources() {
        return Stream.iterate(
                        Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .filter(folder -> Files.isDirectory(folder.resolve(".mvn")))
                .findFirst()
                .orElseThrow()
                .resolve("sandbox/src/test/resources");
    }
}
