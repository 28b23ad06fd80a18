package io.github.dbtc4j.http;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// The authorities that may have signed the platform's certificate: those Java trusts, and those in
/// files beside.
final class Authorities implements Supplier<SSLContext> {

    /// Variables that name a file of certificates for OpenSSL, Python's requests and curl.
    static final List<String> VARIABLES =
            List.of("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE");

    private static final String STORE = "javax.net.ssl.trustStore";
    private static final String KEYS = "javax.net.ssl.keyStore";

    private final Map<String, Collection<? extends Certificate>> added;
    private @Nullable SSLContext context;

    private static TrustManager @Nullable [] ownOnes;

    private Authorities(Map<String, Collection<? extends Certificate>> added) {
        this.added = added;
    }

    /// Reads the files that are named, each once.
    ///
    /// @param file in PEM, or null
    /// @throws IllegalArgumentException when a file cannot be read
    static Authorities of(@Nullable Path file, Map<String, String> environment) {
        var sources = new LinkedHashMap<String, String>();
        if (file != null) {
            sources.put(file.toString(), "--ca-file");
        }
        for (String variable : VARIABLES) {
            String path = environment.getOrDefault(variable, "").strip();
            if (!path.isEmpty()) {
                sources.putIfAbsent(path, variable);
            }
        }
        var added = new LinkedHashMap<String, Collection<? extends Certificate>>();
        sources.forEach(
                (path, source) -> added.put(path + " (" + source + ")", read(path, source)));
        return new Authorities(added);
    }

    private static Collection<? extends Certificate> read(String path, String source) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(Path.of(path)))) {
            var certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw refused(source, path, "there is no certificate in it", null);
            }
            return certificates;
        } catch (NoSuchFileException e) {
            throw refused(source, path, "there is no such file", e);
        } catch (CertificateException | InvalidPathException | IOException e) {
            throw refused(source, path, String.valueOf(e.getMessage()), e);
        }
    }

    private static IllegalArgumentException refused(
            String source, String path, String why, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "the certificates of %s (%s) cannot be read: %s; expected a file in PEM form, with lines such as -----BEGIN CERTIFICATE-----"
                        .formatted(path, source, why),
                cause);
    }

    /// Begins to load, on a thread of its own, what a first call will soon need.
    void loadSoon() {
        Thread thread = new Thread(this::loadQuietly, "dbtc4j-certificates");
        thread.setDaemon(true);
        thread.start();
    }

    private void loadQuietly() {
        try {
            SSLContext _ = get();
        } catch (UncheckedIOException e) {
            // the first call meets the same, and says so
        }
    }

    /// What encrypts connections. Loading it takes long, and is done once.
    ///
    /// @throws UncheckedIOException of an [UnreachableException] when a store that Java's
    ///   properties name, or Java's own, cannot be read
    @Override
    public synchronized SSLContext get() {
        if (context == null) {
            KeyManager[] keys = ownKeys();
            try {
                SSLContext made = SSLContext.getInstance("TLS");
                made.init(keys, trusted(), null);
                context = made;
            } catch (GeneralSecurityException | IOException e) {
                throw new UncheckedIOException(unreadable(e));
            }
        }
        return context;
    }

    /// The certificates in use, for people.
    @Override
    public String toString() {
        return Stream.concat(
                        Stream.of("those of Java"),
                        added.entrySet().stream()
                                .map(entry -> entry.getValue().size() + " of " + entry.getKey()))
                .collect(Collectors.joining(", "));
    }

    private TrustManager[] trusted() throws GeneralSecurityException, IOException {
        TrustManager[] own = own();
        List<X509Certificate> known = new ArrayList<>();
        for (TrustManager manager : own) {
            if (manager instanceof X509TrustManager x509) {
                known.addAll(List.of(x509.getAcceptedIssuers()));
            }
        }
        if (known.isEmpty()) {
            throw new IOException("there is no certificate in it");
        }
        if (added.isEmpty()) {
            return own;
        }
        KeyStore all = KeyStore.getInstance("PKCS12");
        all.load(null, null);
        List<Certificate> certificates = new ArrayList<>(known);
        added.values().forEach(certificates::addAll);
        for (int i = 0; i < certificates.size(); i++) {
            all.setCertificateEntry(String.valueOf(i), certificates.get(i));
        }
        return managers(all);
    }

    /// Whom Java trusts, read once a process: there are some hundred and fifty.
    private static TrustManager[] own() throws GeneralSecurityException, IOException {
        synchronized (Authorities.class) {
            if (ownOnes == null) {
                checkFile(RealSystemContext.property(STORE));
                ownOnes = managers(null);
            }
            return ownOnes;
        }
    }

    /// Java passes over a file that is not there, and trusts others.
    private static void checkFile(@Nullable String file) throws IOException {
        // PKCS#11 is named as NONE
        if (file != null && !file.equals("NONE") && !Files.isReadable(Path.of(file))) {
            throw new IOException("there is no such file, or it may not be read");
        }
    }

    private static TrustManager[] managers(@Nullable KeyStore store)
            throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /// This side's own certificate, where Java's properties name one.
    private static KeyManager @Nullable [] keys() throws GeneralSecurityException, IOException {
        String file = RealSystemContext.property(KEYS);
        if (file == null) {
            return null;
        }
        String password = RealSystemContext.property("javax.net.ssl.keyStorePassword");
        char[] letters = password == null ? new char[0] : password.toCharArray();
        String type = RealSystemContext.property("javax.net.ssl.keyStoreType");
        KeyStore store = KeyStore.getInstance(type == null ? KeyStore.getDefaultType() : type);
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            store.load(in, letters);
        }
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, letters);
        return factory.getKeyManagers();
    }

    private static KeyManager @Nullable [] ownKeys() {
        try {
            return keys();
        } catch (GeneralSecurityException | InvalidPathException | IOException e) {
            String why =
                    e instanceof NoSuchFileException
                            ? "there is no such file"
                            : String.valueOf(e.getMessage());
            throw new UncheckedIOException(
                    new UnreachableException(
                            "the own certificate cannot be read (%s is %s): %s"
                                    .formatted(KEYS, RealSystemContext.property(KEYS), why),
                            "Correct that store, or the properties keyStorePassword and"
                                    + " keyStoreType beside it.",
                            e));
        }
    }

    private static UnreachableException unreadable(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String file = RealSystemContext.property(STORE);
        return new UnreachableException(
                "the certificates that Java trusts cannot be read (%s): %s"
                        .formatted(
                                file == null ? "Java's own file cacerts" : STORE + " is " + file,
                                cause.getMessage()),
                "Correct that store; a file in PEM form belongs into SSL_CERT_FILE or --ca-file.",
                e);
    }
}
