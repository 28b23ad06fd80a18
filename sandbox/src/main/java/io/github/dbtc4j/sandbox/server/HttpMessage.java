package io.github.dbtc4j.sandbox.server;

import io.github.dbtc4j.http.Loopback;
import io.github.dbtc4j.http.Request;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What came in over a connection.
sealed interface HttpMessage {

    /// More than any body of the API by far.
    int LARGEST_BODY = 1 << 20;

    /// A request that can be answered.
    ///
    /// @param last whether the client wants the connection closed afterwards
    record Read(Request request, boolean last) implements HttpMessage {}

    /// Something else, after which nothing on this connection can be understood.
    record Refused(int status, String reason) implements HttpMessage {}

    /// The client has closed the connection.
    record End() implements HttpMessage {}

    /// Tells a client that waits with its body to send it.
    @FunctionalInterface
    interface Continue {
        void send() throws IOException;
    }

    /// Waits for one whole message.
    static HttpMessage read(InputStream in, Continue go) throws IOException {
        try {
            return Reader.read(in, go);
        } catch (NotHttp e) {
            return new Refused(e.status, String.valueOf(e.getMessage()));
        }
    }

    /// Not HTTP, or more of it than is taken.
    final class NotHttp extends Exception {
        private static final long serialVersionUID = 1;
        private final int status;

        NotHttp(int status, String reason) {
            super(reason);
            this.status = status;
        }
    }

    /// Reads HTTP/1.1 messages (RFC 9112).
    final class Reader {

        private static final int LONGEST_HEAD = 1 << 16;
        private static final Pattern START = Pattern.compile("([A-Z]+) (/\\S*) HTTP/1\\.([01])");
        private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");
        private static final Pattern HEADER =
                Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*");

        private Reader() {}

        static HttpMessage read(InputStream in, Continue go) throws IOException, NotHttp {
            String first = line(in);
            if (first == null) {
                return new End();
            }
            Matcher start = START.matcher(first);
            if (!start.matches()) {
                throw new NotHttp(400, "Not an HTTP/1.1 request with a path.");
            }
            Map<String, String> headers = headers(in);
            String host = headers.getOrDefault("Host", "127.0.0.1");
            if (!isLoopback(host)) {
                throw new NotHttp(
                        421,
                        "This sandbox answers to localhost, 127.0.0.1 and [::1] only. Call it by"
                                + " one of these names.");
            }
            if ("100-continue".equalsIgnoreCase(headers.get("Expect"))) {
                go.send();
            }
            String body = text(body(in, headers));
            return new Read(
                    new Request(
                            start.group(1),
                            uri(host, start.group(2)),
                            headers,
                            body.isEmpty() ? null : body,
                            Duration.ZERO),
                    start.group(3).equals("0")
                            || "close".equalsIgnoreCase(headers.get("Connection")));
        }

        /// Whether a `Host` means this machine's loopback address. A web page can make its own name
        /// point there (DNS rebinding); what it sends then still carries that name.
        private static boolean isLoopback(String host) {
            String name = PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
            return Loopback.is(name) || name.equals("localhost.");
        }

        private static URI uri(String host, String target) throws NotHttp {
            try {
                return URI.create("http://" + host + target);
            } catch (IllegalArgumentException e) {
                throw new NotHttp(400, "Request target is not a path.");
            }
        }

        private static Map<String, String> headers(InputStream in) throws IOException, NotHttp {
            Map<String, String> headers = new HashMap<>();
            int length = 0;
            for (String line = line(in); line != null; line = line(in)) {
                if (line.isEmpty()) {
                    return headers;
                }
                Matcher header = HEADER.matcher(line);
                length += line.length();
                if (!header.matches() || length > LONGEST_HEAD) {
                    throw new NotHttp(400, "Request headers are malformed or too long.");
                }
                headers.putIfAbsent(usual(header.group(1)), header.group(2));
            }
            throw new NotHttp(400, "Request ends within its headers.");
        }

        private static byte[] body(InputStream in, Map<String, String> headers)
                throws IOException, NotHttp {
            String length = headers.get("Content-Length");
            if (headers.containsKey("Transfer-Encoding")) {
                if (length != null
                        || !"chunked".equalsIgnoreCase(headers.get("Transfer-Encoding"))) {
                    throw new NotHttp(400, "Request body's length is ambiguous.");
                }
                return chunks(in);
            }
            if (length == null) {
                return new byte[0];
            }
            return bytes(in, number(length, 10));
        }

        private static byte[] chunks(InputStream in) throws IOException, NotHttp {
            var body = new ByteArrayOutputStream();
            while (true) {
                String size = line(in);
                int length = number(size == null ? "" : size.split(";", 2)[0].strip(), 16);
                if (length == 0) {
                    headers(in);
                    return body.toByteArray();
                }
                body.writeBytes(bytes(in, length));
                line(in);
                if (body.size() > LARGEST_BODY) {
                    throw tooLarge();
                }
            }
        }

        private static int number(String text, int radix) throws NotHttp {
            if (!text.matches("[0-9a-fA-F]{1,7}")) {
                throw text.matches("\\d+")
                        ? tooLarge()
                        : new NotHttp(400, "Request body's length is not a number.");
            }
            try {
                return Integer.parseInt(text, radix);
            } catch (NumberFormatException e) {
                throw new NotHttp(400, "Request body's length is not a number.");
            }
        }

        private static byte[] bytes(InputStream in, int length) throws IOException, NotHttp {
            if (length > LARGEST_BODY) {
                // read to its end even so: a client that is still sending would not see the
                // response
                in.skipNBytes(length);
                throw tooLarge();
            }
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new NotHttp(400, "Request ends within its body.");
            }
            return bytes;
        }

        private static NotHttp tooLarge() {
            return new NotHttp(413, "Request body is larger than " + LARGEST_BODY + " bytes.");
        }

        private static String text(byte[] body) throws NotHttp {
            try {
                return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            } catch (CharacterCodingException e) {
                throw new NotHttp(400, "Request body is not UTF-8.");
            }
        }

        private static @Nullable String line(InputStream in) throws IOException, NotHttp {
            var line = new StringBuilder();
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c == '\n') {
                    boolean carriageReturn =
                            !line.isEmpty() && line.charAt(line.length() - 1) == '\r';
                    return line.substring(0, line.length() - (carriageReturn ? 1 : 0));
                }
                if (line.length() >= LONGEST_HEAD) {
                    throw new NotHttp(400, "Request headers are malformed or too long.");
                }
                line.append((char) c);
            }
            if (line.isEmpty()) {
                return null;
            }
            throw new NotHttp(400, "Request ends within a line.");
        }

        /// `authorization` and `AUTHORIZATION` as they are usually written: `Authorization`.
        private static String usual(String name) {
            return Arrays.stream(name.split("-", -1))
                    .map(part ->
                            part.isEmpty()
                                    ? part
                                    : part.substring(0, 1).toUpperCase(Locale.ROOT)
                                            + part.substring(1).toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining("-"));
        }
    }
}
