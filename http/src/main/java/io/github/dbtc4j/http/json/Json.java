package io.github.dbtc4j.http.json;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.util.DefaultPrettyPrinter;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// JSON text to plain Java values and back.
///
/// An object is a `Map` in the order of the text, an array a `List`; whole numbers are `Long`
/// (`BigInteger` beyond 64 bits), others `BigDecimal`; text, true, false and null are `String`,
/// `Boolean` and null. Plain values keep the JSON library out of every public signature, and a
/// streaming parser without data binding starts in a fraction of the time.
public final class Json {

    /// How many names, values and brackets are read. A value takes far more memory than its text: a
    /// page of a hundred runs with all there is to include has some 100,000.
    static final int MOST_VALUES = 2_000_000;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxTokenCount(MOST_VALUES).build())
                    .build();

    /// For files of programs in Python, which write `NaN` where JSON has no word.
    private static final JsonFactory LENIENT =
            JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    private Json() {}

    /// Reads one JSON value and nothing after it.
    ///
    /// @throws IllegalArgumentException when `text` is not JSON; the message says what was found
    ///   and at which line and column; it may quote the word that made no sense there. Likewise
    ///   when it has more than two million names, values and brackets
    public static @Nullable Object read(String text) {
        return read(text, false);
    }

    private static @Nullable Object read(String text, boolean frozen) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            if (parser.nextToken() == null) {
                throw new IllegalArgumentException("empty text, expected a JSON value");
            }
            Object value = value(parser, frozen);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException(
                        "more text after the JSON value, " + place(parser));
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw tooMany(e);
        } catch (JacksonException e) {
            var at = e.getLocation();
            throw new IllegalArgumentException(
                    "not JSON: "
                            + e.getOriginalMessage()
                            + (at == null
                                    ? ""
                                    : " (line "
                                            + at.getLineNr()
                                            + ", column "
                                            + at.getColumnNr()
                                            + ")"),
                    e);
        }
    }

    /// Reads one JSON object.
    ///
    /// @throws IllegalArgumentException when `text` is not JSON or not an object
    public static Map<String, @Nullable Object> readObject(String text) {
        return object(read(text, false));
    }

    /// Reads one JSON object as an unmodifiable map, with all that is in it.
    ///
    /// @throws IllegalArgumentException when `text` is not JSON or not an object
    public static Map<String, @Nullable Object> readFrozen(String text) {
        return object(read(text, true));
    }

    /// Reads the parts of one JSON object that are wanted; the others cost no memory. For files of
    /// which only little is needed.
    ///
    /// `NaN` and the infinities, which Python writes, are read as null.
    ///
    /// @param text in UTF-8
    /// @param wanted told the names on the way to a member, the outermost first, the member's own
    ///   last; what it does not want is left out with all there is inside. Arrays have no names:
    ///   `{"a": [{"b": 1}]}` is asked about as `[a]` and `[a, b]`
    /// @throws IllegalArgumentException as for [#read], and when it is not an object
    public static Map<String, @Nullable Object> readObject(
            byte[] text, Predicate<List<String>> wanted) {
        try (JsonParser parser = LENIENT.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("expected a JSON object, in braces");
            }
            Object value = new Parts(parser, wanted).read();
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException(
                        "more text after the JSON value, " + place(parser));
            }
            return object(value);
        } catch (StreamConstraintsException e) {
            throw tooMany(e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /// The parts that are wanted, of which there may be too many as well.
    private static final class Parts {

        private final JsonParser parser;
        private final Predicate<List<String>> wanted;
        private final List<String> path = new ArrayList<>();
        private int values;

        Parts(JsonParser parser, Predicate<List<String>> wanted) {
            this.parser = parser;
            this.wanted = wanted;
        }

        @Nullable Object read() {
            if (++values > MOST_VALUES / 2) {
                throw tooMany();
            }
            if (parser.currentToken() == JsonToken.START_ARRAY) {
                List<@Nullable Object> array = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(read());
                }
                return array;
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                return parser.isNaN() ? null : value(parser, false);
            }
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                path.addLast(name);
                if (wanted.test(path)) {
                    object.put(name, read());
                } else {
                    parser.skipChildren();
                }
                path.removeLast();
            }
            return object;
        }
    }

    private static TooManyValuesException tooMany(StreamConstraintsException e) {
        String said = String.valueOf(e.getOriginalMessage());
        return said.startsWith("Token count") ? tooMany() : new TooManyValuesException(said);
    }

    private static TooManyValuesException tooMany() {
        return new TooManyValuesException(
                "it has over %d names, values and brackets".formatted(MOST_VALUES));
    }

    @SuppressWarnings("unchecked") // JSON has no other names than strings
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new IllegalArgumentException("expected a JSON object, in braces");
    }

    /// Writes `value` on one line.
    ///
    /// @param value a tree of `Map`, `Iterable`, `Number`, `Boolean`, `CharSequence`, [Written] and
    ///   null
    /// @throws IllegalArgumentException when there is anything else in the tree
    public static String write(@Nullable Object value) {
        return write(value, ObjectWriteContext.empty());
    }

    /// Writes `value` on one line, in UTF-8.
    ///
    /// @param value as for [#write]
    /// @throws IllegalArgumentException as for [#write]
    public static byte[] writeBytes(@Nullable Object value) {
        return bytes(value, ObjectWriteContext.empty());
    }

    /// Writes a value that is going to be a part of others, which then take it as it is.
    ///
    /// @param value as for [#write]
    /// @throws IllegalArgumentException as for [#write]
    public static Written written(@Nullable Object value) {
        return new Written(new SerializedString(write(value)));
    }

    /// A value that is written already: [#write] and its like take one wherever they take a `Map`.
    /// It stays on one line.
    public static final class Written {

        private final SerializableString text;

        private Written(SerializableString text) {
            this.text = text;
        }

        /// The JSON text.
        @Override
        public String toString() {
            return text.getValue();
        }
    }

    /// Writes `value` over several lines, indented by two spaces.
    public static String writeIndented(@Nullable Object value) {
        return write(value, INDENTED);
    }

    private static final ObjectWriteContext INDENTED =
            new ObjectWriteContext.Base() {
                @Override
                public DefaultPrettyPrinter getPrettyPrinter() {
                    return new DefaultPrettyPrinter();
                }

                @Override
                public boolean hasPrettyPrinter() {
                    return true;
                }
            };

    private static String write(@Nullable Object value, ObjectWriteContext context) {
        return new String(bytes(value, context), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(@Nullable Object value, ObjectWriteContext context) {
        var bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator generator = FACTORY.createGenerator(context, bytes)) {
            write(value, generator);
        }
        return bytes.toByteArray();
    }

    private static @Nullable Object value(JsonParser parser, boolean frozen) {
        JsonToken token = parser.currentToken();
        if (token == null) { // Java generates a switch with a case for null at every start
            throw missing(parser);
        }
        return switch (token) {
            case START_OBJECT -> object(parser, frozen);
            case START_ARRAY -> array(parser, frozen);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw missing(parser);
        };
    }

    private static IllegalArgumentException missing(JsonParser parser) {
        return new IllegalArgumentException("not JSON: a value is missing, " + place(parser));
    }

    private static Number whole(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case BIG_INTEGER -> parser.getBigIntegerValue();
            default -> parser.getLongValue();
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser, boolean frozen) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, value(parser, frozen));
        }
        return frozen ? Collections.unmodifiableMap(object) : object;
    }

    private static List<@Nullable Object> array(JsonParser parser, boolean frozen) {
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, frozen));
        }
        return frozen ? Collections.unmodifiableList(array) : array;
    }

    private static String place(JsonParser parser) {
        var at = parser.currentLocation();
        return "line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static void write(@Nullable Object value, JsonGenerator to) {
        switch (value) {
            case null -> to.writeNull();
            case CharSequence text -> to.writeString(text.toString());
            case Boolean bool -> to.writeBoolean(bool);
            case Long number -> to.writeNumber(number);
            case Integer number -> to.writeNumber(number);
            case Double number -> to.writeNumber(number);
            case BigDecimal number -> to.writeNumber(number);
            case BigInteger number -> to.writeNumber(number);
            case Map<?, ?> map -> {
                to.writeStartObject();
                map.forEach((name, member) -> {
                    to.writeName(String.valueOf(name));
                    write(member, to);
                });
                to.writeEndObject();
            }
            case Iterable<?> items -> {
                to.writeStartArray();
                for (Object item : items) {
                    write(item, to);
                }
                to.writeEndArray();
            }
            case Written written -> to.writeRawValue(written.text);
            default ->
                    throw new IllegalArgumentException(
                            "cannot be written as JSON: " + value.getClass().getName());
        }
    }
}
