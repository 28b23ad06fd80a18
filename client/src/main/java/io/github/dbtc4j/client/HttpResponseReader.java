package io.github.dbtc4j.client;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Reads one response as HTTP/1.1 writes it ([RFC
/// 9112](https://www.rfc-editor.org/rfc/rfc9112#name-message)).
final class HttpResponseReader {

    private static final int LARGEST_HEAD = 262_144;
    private static final String CUT_OFF = "the connection was closed in the middle of the answer";

    private final InputStream in;
    private final long largest;
    private final Map<String, String> headers = new HashMap<>();
    private int headLeft = LARGEST_HEAD;
    private boolean open;

    /// @param largest bytes of a body at most
    HttpResponseReader(InputStream in, long largest) {
        this.in = in;
        this.largest = largest;
    }

    /// @throws TooLargeException when the head or the body is longer than it may be
    /// @throws IOException when no complete response came
    Response read() throws IOException {
        int status = readHead();
        while (status / 100 == 1) { // an announcement before the response
            status = readHead();
        }
        byte[] body = body(status);
        return new Response(status, headers, body);
    }

    /// Whether another response can follow the one that was read.
    boolean leavesConnectionOpen() {
        return open;
    }

    /// Reads the status and the headers.
    int readHead() throws IOException {
        String first = line("the connection was closed without an answer");
        if (!first.matches("HTTP/1\\.\\d \\d{3}( .*)?")) {
            throw new IOException("the answer is not one of HTTP/1.1");
        }
        headers.clear();
        for (String line = line(CUT_OFF); !line.isEmpty(); line = line(CUT_OFF)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
                headers.putIfAbsent(name, line.substring(colon + 1).strip());
            }
        }
        String connection = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
        open = first.startsWith("HTTP/1.1") && !connection.contains("close");
        return Integer.parseInt(first.substring(9, 12));
    }

    private byte[] body(int status) throws IOException {
        if (status == 204 || status == 304) {
            return new byte[0];
        }
        if (headers.containsKey("transfer-encoding")) {
            return chunks();
        }
        String length = headers.get("content-length");
        if (length == null) {
            open = false;
            byte[] all = in.readNBytes((int) Math.min(largest, Integer.MAX_VALUE - 1) + 1);
            if (all.length > largest) {
                throw TooLargeException.ofBody(largest);
            }
            return all;
        }
        return exactly(number(length, 10));
    }

    private byte[] exactly(long length) throws IOException {
        if (length > largest || length > Integer.MAX_VALUE) {
            throw TooLargeException.ofBody(Math.min(largest, Integer.MAX_VALUE));
        }
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw new EOFException(CUT_OFF);
        }
        return bytes;
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        headLeft = LARGEST_HEAD;
        for (long size = chunkSize(); size > 0; size = chunkSize()) {
            if (body.size() + size > Math.min(largest, Integer.MAX_VALUE)) {
                throw TooLargeException.ofBody(largest);
            }
            body.writeBytes(exactly(size));
            line(CUT_OFF);
            headLeft = LARGEST_HEAD;
        }
        while (!line(CUT_OFF).isEmpty()) {
            // what follows the last chunk says nothing we want to know
        }
        return body.toByteArray();
    }

    private long chunkSize() throws IOException {
        return number(line(CUT_OFF).split(";", 2)[0].strip(), 16);
    }

    private static long number(String digits, int base) throws IOException {
        try {
            long number = Long.parseLong(digits, base);
            if (number < 0) {
                throw new NumberFormatException("negative");
            }
            return number;
        } catch (NumberFormatException e) {
            throw new IOException("the answer's length cannot be read", e);
        }
    }

    /// @param ended what to say when nothing comes any more
    private String line(String ended) throws IOException {
        var line = new ByteArrayOutputStream(80);
        int next = in.read();
        while (next >= 0 && next != '\n') {
            if (--headLeft < 0) {
                throw TooLargeException.ofHead(LARGEST_HEAD);
            }
            line.write(next);
            next = in.read();
        }
        if (next < 0) {
            throw new EOFException(line.size() == 0 ? ended : CUT_OFF);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
