package io.github.dbtc4j.cli.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.cli.recipe.RecipeYaml;
import io.github.dbtc4j.http.json.Json;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// The bill of materials is of what is shipped, and that is what was built and published.
class BillOfMaterialsTest {

    /// `printf abc | sha256sum`.
    private static final String ABC =
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static final String BUILT =
            """
            {"bomFormat": "CycloneDX", "serialNumber": "urn:uuid:1",
             "metadata": {"component": {"bom-ref": "x", "name": "dbtc4j-cli", "version": "1"}},
             "components": [
               {"bom-ref": "a", "name": "a", "version": "2", "purl": "pkg:maven/a@2",
                "hashes": [{"alg": "SHA-256", "content": "%s"},
                           {"alg": "SHA-512", "content": "%s"}]},
               {"bom-ref": "b", "name": "b", "version": "3"}]}
            """
                    .formatted(
                            ABC,
                            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");

    private static final Map<String, byte[]> JARS =
            Map.of(
                    "dbtc4j-cli-1.jar",
                    bytes("cli"),
                    "a-2.jar",
                    bytes("abc"),
                    "b-3.jar",
                    bytes("abc"));

    @Test
    void hashesAreThoseOfTheShippedJars() {
        String bill = bill(JARS);

        assertThat(bill)
                .contains("\"serialNumber\":\"urn:uuid:1\"")
                .contains("\"content\":\"" + ABC + "\"")
                .contains("\"name\":\"OpenJDK\",\"version\":\"25.0.3+9\"");
        var cli = RecipeYaml.at(Json.readObject(bill), "metadata", "component", "hashes");
        assertThat(RecipeYaml.list(cli)).hasSize(2);
    }

    @Test
    void aJarThatIsNotAsItWasPublishedIsRefused() {
        var rewritten = new HashMap<>(JARS);
        rewritten.put("a-2.jar", bytes("written anew"));

        assertThatThrownBy(() -> bill(rewritten))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a-2.jar is not the file");
    }

    @Test
    void aJarThatIsNotBilledIsRefused() {
        Map<String, byte[]> fewer = Map.of("a-2.jar", bytes("abc"));

        assertThatThrownBy(() -> bill(fewer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("b-3.jar");
    }

    private static String bill(Map<String, byte[]> jars) {
        return Json.write(
                new BillOfMaterials(jars)
                        .of(
                                Json.readObject(BUILT),
                                BillOfMaterials.runtime("25.0.3+9", "Temurin")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
