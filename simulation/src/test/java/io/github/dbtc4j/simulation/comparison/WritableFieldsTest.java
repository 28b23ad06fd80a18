package io.github.dbtc4j.simulation.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.autoscaler.clone.CloneDefinition;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// A clone is made of an allow-list of fields: when the platform's specification grows a writable
/// one, a developer has to decide what a clone does with it.
@NullUnmarked // YAML is read by casts
class WritableFieldsTest {

    @Test
    void aCloneKnowsWhatToDoWithEveryWritableFieldOfAJob() throws IOException {
        Set<String> writable = writableFields();

        assertThat(writable).contains("execute_steps", "triggers");
        assertThat(CloneDefinition.knownFields()).containsAll(writable);
    }

    private static Set<String> writableFields() throws IOException {
        Map<String, Object> specification = new Yaml().load(Files.readString(file()));
        return child(
                        child(
                                child(child(specification, "components"), "schemas"),
                                "HumanReadableJobDefinitionRequest"),
                        "properties")
                .keySet();
    }

    /// The contract that the sandbox is held to.
    private static Path file() {
        return Stream.iterate(
                        Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .filter(folder -> Files.isDirectory(folder.resolve(".mvn")))
                .findFirst()
                .orElseThrow()
                .resolve("sandbox/src/test/resources/contract-v2.yaml");
    }

    @SuppressWarnings("unchecked") // YAML objects
    private static Map<String, Object> child(Map<String, Object> map, String name) {
        return (Map<String, Object>) map.get(name);
    }
}
