package io.github.dbtc4j.client;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.Supplier;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// One connection to one host, made by the first request that is sent over it.
///
/// All but [#close] is for one thread at a time.
final class HttpConnection implements Closeable {

    /// Shorter than servers commonly keep a connection that nothing comes over.
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(30);

    /// How connections are made.
    ///
    /// @param timeout how long it may take until there is one, not counting its encryption
    /// @param proxies null for none
    /// @param secured what encrypts a connection, asked only when one is to be encrypted
    /// @param machine whose time says how long a connection was idle
    record Way(
            Duration timeout,
            @Nullable ProxySelector proxies,
            Supplier<SSLSocketFactory> secured,
            Surroundings machine) {}

    private final URI uri;
    private final Way way;
    private final Socket socket = new Socket();
    private @Nullable Streams streams;
    private boolean reusable;
    private long idleSince;

    /// What goes over the connection, encrypted where it is.
    ///
    /// @param absolute whether requests name the host too, as a proxy wants it
    private record Streams(Socket socket, InputStream in, OutputStream out, boolean absolute) {}

    /// @param uri names the host
    HttpConnection(URI uri, Way way) {
        this.uri = uri;
        this.way = way;
    }

    /// Sends `request` and reads its response.
    ///
    /// @param largest bytes of a body at most
    /// @throws IOException as [Transport#send] words it
    Response exchange(Request request, long largest) throws IOException {
        reusable = false;
        if (streams == null) {
            streams = connect();
        }
        streams.out().write(HttpRequestText.of(request, streams.absolute()));
        streams.out().flush();
        var reader = new HttpResponseReader(streams.in(), largest);
        Response response = reader.read();
        reusable = reader.leavesConnectionOpen();
        idleSince = way.machine().nanoTime();
        return response;
    }

    /// Whether another request may follow the last one.
    boolean isReusable() {
        return reusable;
    }

    /// Whether it leads where `target` is, and is still open as far as can be told without sending.
    boolean canCarry(URI target) {
        return target.getScheme().equals(uri.getScheme())
                && target.getRawAuthority().equals(uri.getRawAuthority())
                && streams != null
                && way.machine().nanoTime() - idleSince < LONGEST_IDLE.toNanos()
                && isQuiet(streams);
    }

    /// An open connection over which nothing was asked has nothing to read, not even its end.
    private static boolean isQuiet(Streams streams) {
        try {
            streams.socket().setSoTimeout(1);
            streams.in().read();
            return false;
        } catch (SocketTimeoutException e) {
            return becomesPatient(streams.socket());
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean becomesPatient(Socket socket) {
        try {
            socket.setSoTimeout(0);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Streams connect() throws IOException {
        boolean secure = uri.getScheme().equals("https");
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        InetSocketAddress proxy = proxy();
        if (proxy == null) {
            open(new InetSocketAddress(host(), port), host());
        } else {
            open(new InetSocketAddress(proxy.getHostString(), proxy.getPort()), "proxy " + proxy);
        }
        if (!secure) {
            return streams(socket, proxy != null);
        }
        if (proxy != null) {
            tunnel(host() + ":" + port);
        }
        var encrypted = (SSLSocket) way.secured().get().createSocket(socket, host(), port, true);
        SSLParameters parameters = encrypted.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        return streams(encrypted, false);
    }

    private static Streams streams(Socket socket, boolean absolute) throws IOException {
        return new Streams(
                socket,
                new BufferedInputStream(socket.getInputStream(), 16_384),
                socket.getOutputStream(),
                absolute);
    }

    private void open(InetSocketAddress address, String host) throws IOException {
        if (address.isUnresolved()) {
            throw new UnknownHostException(host);
        }
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address, Math.toIntExact(way.timeout().toMillis()));
        } catch (SocketTimeoutException e) {
            throw caused(new ConnectException("it took too long"), e);
        } catch (ConnectException e) {
            boolean refused = String.valueOf(e.getMessage()).contains("refused");
            throw refused ? caused(new ConnectException("refused"), e) : e;
        }
    }

    /// Has the proxy lead on to `authority`. Nothing of a request was sent by then, so that every
    /// failure is one to connect.
    private void tunnel(String authority) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(HttpRequestText.ofTunnel(authority));
        out.flush();
        int status;
        try {
            // unbuffered: what follows the answer is encrypted
            status = new HttpResponseReader(socket.getInputStream(), 0).readHead();
        } catch (IOException e) {
            throw caused(new ConnectException("the proxy: " + e.getMessage()), e);
        }
        if (status / 100 != 2) {
            throw new ConnectException("the proxy answered HTTP " + status);
        }
    }

    private @Nullable InetSocketAddress proxy() {
        if (way.proxies() == null) {
            return null;
        }
        Proxy first = way.proxies().select(uri).getFirst();
        return first.type() == Proxy.Type.HTTP ? (InetSocketAddress) first.address() : null;
    }

    /// Without the brackets around an address of IPv6.
    private String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static ConnectException caused(ConnectException e, IOException cause) {
        e.initCause(cause);
        return e;
    }

    /// Closes it; whoever reads from it or writes to it fails.
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no use any more, whatever became of it
        }
    }
}
