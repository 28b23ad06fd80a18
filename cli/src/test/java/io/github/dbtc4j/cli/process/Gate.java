package io.github.dbtc4j.cli.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dbtc4j.http.json.Json;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Stands between one process and the platform, writes down what that process asked for, and lets a
/// test strike between any two steps of any of its calls.
final class Gate implements AutoCloseable {

    /// How far a call has come.
    enum Moment {
        /// The platform knows nothing of it yet.
        ARRIVED,
        /// The platform has done what it was asked for; the process has no answer yet.
        CARRIED_OUT,
        /// The process has the answer.
        ANSWERED
    }

    /// A call that reached the platform.
    ///
    /// @param arrived by the platform's clock, before the platform had it
    /// @param status 0 when the process got no answer it could read
    record Call(Instant arrived, String method, String path, String body, int status) {}

    /// Receives every moment of every call, numbered from 1.
    @FunctionalInterface
    interface Watcher {
        /// Sees one; says whether the call may go on.
        boolean sees(int call, Moment moment);
    }

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");

    private final URI platform;
    private final InstantSource clock;
    private final Watcher watcher;
    private final ServerSocket port;
    private final AtomicInteger arrivals = new AtomicInteger();
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    Gate(URI platform, InstantSource clock, Watcher watcher) {
        this.platform = platform;
        this.clock = clock;
        this.watcher = watcher;
        try {
            port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port.getLocalPort());
    }

    /// The calls that reached the platform, in the order in which it was done with them.
    List<Call> calls() {
        return List.copyOf(calls);
    }

    @Override
    public void close() {
        try {
            port.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = port.accept();
                Thread.startVirtualThread(() -> serve(client));
            }
        } catch (IOException closed) {
            // no process comes any more
        }
    }

    private void serve(Socket client) {
        try (client) {
            var in = new BufferedInputStream(client.getInputStream());
            for (Message call = Message.read(in); call.isWhole(); call = Message.read(in)) {
                if (!pass(call, client)) {
                    return;
                }
            }
        } catch (IOException gone) {
            // the process gave up, or is dead
        }
    }

    /// @return whether another call may follow on this connection
    private boolean pass(Message call, Socket client) throws IOException {
        int number = arrivals.incrementAndGet();
        if (!watcher.sees(number, Moment.ARRIVED)) {
            return false;
        }
        Instant arrived = clock.instant();
        Message answer = forward(call);
        calls.add(call.passed(arrived, answer));
        if (!watcher.sees(number, Moment.CARRIED_OUT)) {
            return false;
        }
        if (answer.head().isEmpty()) {
            client.setSoLinger(true, 0); // closed like that the process sees a reset
            return false;
        }
        client.getOutputStream().write(answer.bytes());
        return watcher.sees(number, Moment.ANSWERED) && answer.isWhole();
    }

    private Message forward(Message call) {
        try (var connection = new Socket(platform.getHost(), platform.getPort())) {
            connection.getOutputStream().write(call.bytes());
            return Message.read(new BufferedInputStream(connection.getInputStream()));
        } catch (IOException broken) {
            return Message.NONE;
        }
    }

    /// A request or an answer as it came over the wire, a byte a character.
    ///
    /// @param head with the empty line that ends it; empty when the connection ended before
    private record Message(String head, String body) {

        static final Message NONE = new Message("", "");

        static Message read(InputStream in) throws IOException {
            var head = new ByteArrayOutputStream();
            String text = "";
            while (!text.endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    return NONE;
                }
                head.write(next);
                text = next == '\n' ? head.toString(ISO_8859_1) : "";
            }
            return new Message(text, new String(in.readNBytes(length(text)), ISO_8859_1));
        }

        private static int length(String head) {
            Matcher length = LENGTH.matcher(head);
            return length.find() ? Integer.parseInt(length.group(1)) : 0;
        }

        boolean isWhole() {
            return !head.isEmpty() && body.length() == length(head);
        }

        byte[] bytes() {
            return (head + body).getBytes(ISO_8859_1);
        }

        Call passed(Instant arrived, Message answer) {
            String[] start = head.split(" ", 3);
            int status =
                    answer.isWhole() && answer.isEmptyOrJson()
                            ? Integer.parseInt(answer.head.split(" ", 3)[1])
                            : 0;
            return new Call(arrived, start[0], start[1], text(), status);
        }

        private boolean isEmptyOrJson() {
            try {
                return body.isEmpty() || !Json.readObject(text()).isEmpty();
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        private String text() {
            return new String(body.getBytes(ISO_8859_1), UTF_8);
        }
    }
}
