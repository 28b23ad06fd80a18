package io.github.dbtc4j.cli.build;

import io.github.dbtc4j.cli.terminal.ProcessIo;
import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Makes the bill of materials of an archive of the one that the build left, in
/// [CycloneDX](https://cyclonedx.org/docs/1.6/json/): each jar that is shipped is the file that the
/// build's bill hashes, and the Java runtime is among the components.
final class BillOfMaterials {

    private static final List<String> DIGESTS = List.of("SHA-256", "SHA-512");

    private final Map<String, byte[]> jars;

    /// @param jars what is shipped, by file names
    BillOfMaterials(Map<String, byte[]> jars) {
        this.jars = new TreeMap<>(jars);
    }

    /// @param args the build's bill, the folder of the jars, version and vendor of the runtime
    static void main(String[] args) throws IOException {
        var jars = new TreeMap<String, byte[]>();
        try (var files = Files.newDirectoryStream(Path.of(args[1]), "*.jar")) {
            for (Path jar : files) {
                jars.put(jar.getFileName().toString(), Files.readAllBytes(jar));
            }
        }
        var built = Json.readObject(Files.readString(Path.of(args[0])));
        var shell = ProcessIo.ofThisProcess();
        shell.out()
                .println(
                        Json.writeIndented(
                                new BillOfMaterials(jars).of(built, runtime(args[2], args[3]))));
        shell.out().flush();
    }

    /// The Java runtime as a component.
    static Map<String, @Nullable Object> runtime(String version, String vendor) {
        var runtime = new LinkedHashMap<String, @Nullable Object>();
        runtime.put("type", "platform");
        runtime.put("bom-ref", "openjdk");
        runtime.put("name", "OpenJDK");
        runtime.put("version", version);
        runtime.put("description", "Java runtime, " + vendor);
        runtime.put(
                "licenses",
                List.of(Map.of("expression", "GPL-2.0-only WITH Classpath-exception-2.0")));
        return runtime;
    }

    /// The bill of what is shipped.
    ///
    /// @param built the bill of what was built
    /// @throws IllegalArgumentException if one has a jar that the other has not, or another file
    ///   for it
    Map<String, @Nullable Object> of(
            Map<String, @Nullable Object> built, Map<String, @Nullable Object> runtime) {
        var billed = new TreeSet<String>();
        var metadata = object(built.get("metadata"));
        metadata.put("component", shipped(object(metadata.get("component")), billed));
        var components = new ArrayList<@Nullable Object>();
        components.add(runtime);
        if (built.get("components") instanceof List<?> list) {
            list.forEach(each -> components.add(shipped(object(each), billed)));
        }
        if (!billed.equals(jars.keySet())) {
            throw new IllegalArgumentException(
                    "the bill is of " + billed + ", but shipped are " + jars.keySet());
        }
        var bill = new LinkedHashMap<String, @Nullable Object>(built);
        bill.put("metadata", metadata);
        bill.put("components", components);
        return bill;
    }

    private Map<String, @Nullable Object> shipped(
            Map<String, @Nullable Object> component, Set<String> billed) {
        String jar = component.get("name") + "-" + component.get("version") + ".jar";
        billed.add(jar);
        List<Map<String, String>> hashes = hashes(jars.getOrDefault(jar, new byte[0]));
        var shipped = new LinkedHashMap<String, @Nullable Object>(component);
        shipped.put("hashes", hashes);
        if (component.get("hashes") instanceof List<?> before && !before.containsAll(hashes)) {
            throw new IllegalArgumentException(
                    jar + " is not the file that the bill hashes; run mvn clean, and build again");
        }
        return shipped;
    }

    private static List<Map<String, String>> hashes(byte[] bytes) {
        return DIGESTS.stream()
                .map(digest -> Map.of("alg", digest, "content", hash(digest, bytes)))
                .toList();
    }

    private static String hash(String digest, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(digest).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + digest, e);
        }
    }

    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> copy.put(String.valueOf(key), member));
        }
        return copy;
    }
}
