package io.github.dbtc4j.http;

import org.jspecify.annotations.Nullable;

import java.security.KeyManagementException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.function.Supplier;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/// Knows whether a connection has come to the end of its handshake: before that, nothing of a
/// request was sent. The JDK's client does not tell.
final class Handshakes {

    /// What an engine says before the end of its first handshake.
    private static final String NONE = "SSL_NULL_WITH_NULL_NULL";

    private final SSLContext context;
    private volatile @Nullable SSLEngine latest;

    /// @param secured what encrypts, asked as late as possible
    Handshakes(Supplier<SSLContext> secured) {
        this.context = new Context(new Watched(secured));
    }

    /// What encrypts, for one client.
    SSLContext context() {
        return context;
    }

    private SSLEngine watched(SSLEngine engine) {
        latest = engine;
        return engine;
    }

    /// Whether the latest handshake ended well.
    boolean isDone() {
        SSLEngine engine = latest;
        return engine != null && !engine.getSession().getCipherSuite().equals(NONE);
    }

    private static final class Context extends SSLContext {
        Context(SSLContextSpi spi) {
            super(spi, new Named(), "TLS");
        }
    }

    /// A context needs a provider, of which only the name is ever asked.
    private static final class Named extends Provider {

        private static final long serialVersionUID = 1;

        Named() {
            super("dbtc4j", "1", "remembers the engines of a context");
        }
    }

    private final class Watched extends SSLContextSpi {

        private final Supplier<SSLContext> secured;

        Watched(Supplier<SSLContext> secured) {
            this.secured = secured;
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return watched(secured.get().createSSLEngine(host, port));
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return watched(secured.get().createSSLEngine());
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return secured.get().getDefaultSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return secured.get().getSupportedSSLParameters();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return secured.get().getClientSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return secured.get().getServerSessionContext();
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return secured.get().getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return secured.get().getServerSocketFactory();
        }

        @Override
        protected void engineInit(
                KeyManager @Nullable [] keys,
                TrustManager @Nullable [] trusted,
                @Nullable SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("it is set up already");
        }
    }
}
