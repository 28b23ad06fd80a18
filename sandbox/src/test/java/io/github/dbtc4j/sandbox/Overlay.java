package io.github.dbtc4j.sandbox;

import org.jspecify.annotations.NullUnmarked;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// The known deviations of the platform from its published specification, read from
/// `contract-overlay.yaml`, which says for each why it is there and where that was seen.
@NullUnmarked // JSON is read by casts
final class Overlay {

    private Overlay() {}

    static List<Deviation> read() throws IOException {
        try (InputStream file = Overlay.class.getResourceAsStream("/contract-overlay.yaml")) {
            List<Map<String, Object>> entries = new Yaml().load(Objects.requireNonNull(file));
            List<Deviation> deviations = new ArrayList<>();
            for (Map<String, Object> entry : entries) {
                deviations.addAll(deviations(entry));
            }
            return deviations;
        }
    }

    private static List<Deviation> deviations(Map<String, Object> entry) {
        for (String reason : List.of("why", "evidence")) {
            if (!(entry.get(reason) instanceof String text) || text.isBlank()) {
                throw new AssertionError("overlay entry without " + reason + ": " + entry);
            }
        }
        List<Deviation> deviations = new ArrayList<>();
        for (List<String> at : places(entry)) {
            for (Deviation.Kind kind : Deviation.Kind.values()) {
                Object what = entry.get(kind.name().toLowerCase(Locale.ROOT));
                String spec = (String) entry.get("spec");
                switch (what) {
                    case null -> {}
                    case List<?> names ->
                            names.forEach(name ->
                                    deviations.add(new Deviation(spec, at, kind, "" + name, true)));
                    case Map<?, ?> values ->
                            values.forEach((name, value) ->
                                    deviations.add(
                                            new Deviation(spec, at, kind, "" + name, value)));
                    default -> throw new AssertionError("overlay entry not understood: " + entry);
                }
            }
        }
        if (deviations.isEmpty()) {
            throw new AssertionError("overlay entry that changes nothing: " + entry);
        }
        return deviations;
    }

    private static List<List<String>> places(Map<String, Object> entry) {
        List<List<String>> places = new ArrayList<>();
        each(entry.get("at"), at -> places.add(List.of(at.split("/", -1))));
        each(entry.get("schema"), name -> places.add(List.of("components", "schemas", name)));
        each(
                entry.get("operation"),
                operation -> {
                    String[] parts = operation.split(" ", 2);
                    places.add(List.of("paths", parts[1], parts[0].toLowerCase(Locale.ROOT)));
                });
        if (places.isEmpty()) {
            throw new AssertionError("overlay entry without a place: " + entry);
        }
        return places;
    }

    private static void each(Object oneOrMore, java.util.function.Consumer<String> action) {
        switch (oneOrMore) {
            case null -> {}
            case List<?> many -> many.forEach(one -> action.accept((String) one));
            default -> action.accept((String) oneOrMore);
        }
    }
}
