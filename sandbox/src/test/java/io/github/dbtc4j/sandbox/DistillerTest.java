package io.github.dbtc4j.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The contract in this repository is facts, and can be made anew of a newer specification.
@NullUnmarked // YAML is read by casts
class DistillerTest {

    private static final String PUBLISHED =
            """
            openapi: 3.0.3
            info: {title: An API, version: 2.0.0, description: How to use it}
            servers: [{url: 'https://cloud.getdbt.com', description: Ours}]
            paths:
              /jobs/{id}/:
                get:
                  operationId: Retrieve Job
                  summary: Reads a job
                  description: A job is something.
                  tags: [Jobs]
                  parameters:
                  - {name: id, in: path, required: true, description: Which, schema: {type: integer}}
                  responses:
                    '200':
                      description: Done
                      content: {application/json: {example: {}, schema: {$ref: '#/components/schemas/Job'}}}
            components:
              securitySchemes: {Bearer: {type: http, scheme: bearer, description: A token}}
              schemas:
                Job:
                  type: object
                  title: Job
                  x-order: 1
                  required: [description]
                  properties:
                    description: {type: string, description: What it is for, example: Nightly}
                    title: {allOf: [{type: string, enum: [a, b], example: a}]}
                    tags: {type: array, items: {type: string, summary: One}}
                    more: {type: object, additionalProperties: {type: string, title: Any}}
            """;

    private static final String FACTS =
            """
            openapi: 3.0.3
            info: {version: 2.0.0}
            paths:
              /jobs/{id}/:
                get:
                  parameters:
                  - {name: id, in: path, required: true, schema: {type: integer}}
                  responses:
                    '200':
                      content: {application/json: {schema: {$ref: '#/components/schemas/Job'}}}
            components:
              securitySchemes: {Bearer: {type: http, scheme: bearer}}
              schemas:
                Job:
                  type: object
                  required: [description]
                  properties:
                    description: {type: string}
                    title: {allOf: [{type: string, enum: [a, b]}]}
                    tags: {type: array, items: {type: string}}
                    more: {type: object, additionalProperties: {type: string}}
            """;

    @Test
    void keepsFactsAndLeavesProse() {
        assertThat(Distiller.distill(yaml(PUBLISHED))).isEqualTo(yaml(FACTS));
    }

    @Test
    void refusesWhatIsNeitherFactNorProse() {
        String newer = PUBLISHED.replace("title: Job\n", "contains: {type: string}\n");

        assertThatThrownBy(() -> Distiller.distill(yaml(newer)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/components/schemas/Job/contains");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2", "v3"})
    void theContractHoldsNoProse(String version) throws IOException {
        List<String> found = new ArrayList<>();
        prose(yaml(text(version)), "", found);

        assertThat(found).isEmpty();
    }

    @Test
    void proseInAContractIsFound() {
        List<String> found = new ArrayList<>();
        prose(yaml(PUBLISHED), "", found);

        assertThat(found)
                .contains(
                        "/info/description",
                        "/paths//jobs/{id}//get/summary",
                        "/components/schemas/Job/properties/description/example")
                .doesNotContain("/components/schemas/Job/properties/description");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2", "v3"})
    void theContractIsWhatDistillingItAgainGives(String version) throws IOException {
        String text = text(version);
        String commit = ContractFile.commit(text);

        assertThat(ContractFile.write(yaml(text), ContractFile.paths(version), version, commit))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2", "v3"})
    void theContractHasEveryPathThatIsListed(String version) throws IOException {
        assertThat(((Map<?, ?>) yaml(text(version)).get("paths")).keySet())
                .map(String::valueOf)
                .containsExactlyInAnyOrderElementsOf(ContractFile.paths(version));
    }

    /// `dist/contract` runs this to make the contract anew of the files in a folder.
    @Test
    void makesTheContractAnewWhenAsked() throws IOException {
        String folder = System.getProperty("contract.from");
        String commit = System.getProperty("contract.commit");
        if (folder == null || commit == null) {
            return;
        }
        for (String version : List.of("v2", "v3")) {
            Path published = Path.of(folder, "openapi-" + version + ".yaml");
            Files.writeString(
                    ContractFile.of(version),
                    ContractFile.write(
                            yaml(Files.readString(published)),
                            ContractFile.paths(version),
                            version,
                            commit));
        }
    }

    /// Finds the places of keys that are prose; what is named by the API's authors is none.
    private static void prose(Object value, String place, List<String> found) {
        switch (value) {
            case Map<?, ?> map ->
                    map.forEach((key, member) -> {
                        String at = place + "/" + key;
                        boolean named = place.matches(".*/(properties|schemas|responses|paths)");
                        if (!named
                                && (Distiller.PROSE.contains(key) || ("" + key).startsWith("x-"))) {
                            found.add(at);
                        }
                        prose(member, at, found);
                    });
            case List<?> list -> list.forEach(each -> prose(each, place + "[]", found));
            case null, default -> {}
        }
    }

    private static String text(String version) throws IOException {
        return Files.readString(ContractFile.of(version));
    }

    private static Map<String, Object> yaml(String text) {
        return new Yaml().load(text);
    }
}
