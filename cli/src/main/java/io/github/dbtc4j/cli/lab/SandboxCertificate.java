package io.github.dbtc4j.cli.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A certificate for a sandbox of this machine, made anew each time and gone with the process.
///
/// @param file the certificate in PEM, for clients that are to trust it
/// @param context with the key that belongs to it
record SandboxCertificate(Path file, SSLContext context) {

    /// Of a store that lives for a second.
    private static final String PASSWORD = "sandbox";

    private static final String NAME = "sandbox";

    /// Makes one for `localhost` and `127.0.0.1`.
    ///
    /// @throws IOException when this Java cannot
    static SandboxCertificate make() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("dbtc-sandbox");
        folder.toFile().deleteOnExit();
        Path keys = folder.resolve("keys.p12");
        try {
            runKeytool(keys);
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(keys)) {
                store.load(in, PASSWORD.toCharArray());
            }
            Path file = folder.resolve("certificate.pem");
            Files.writeString(file, pem(store.getCertificate(NAME).getEncoded()));
            file.toFile().deleteOnExit();
            var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(store, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), null, null);
            return new SandboxCertificate(file, context);
        } catch (GeneralSecurityException e) {
            throw new IOException("no certificate could be made: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(keys);
        }
    }

    /// As a class: the program of that name is not in every Java.
    private static void runKeytool(Path keys) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("sun.security.tools.keytool.Main");
        command.addAll(List.of("-genkeypair", "-alias", NAME, "-keyalg", "RSA", "-validity", "30"));
        command.addAll(List.of("-dname", "CN=localhost"));
        command.addAll(List.of("-ext", "SAN=dns:localhost,ip:127.0.0.1", "-ext", "BC=ca:true"));
        command.addAll(List.of("-keystore", keys.toString(), "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("no certificate could be made: " + said.strip());
        }
    }

    private static String pem(byte[] certificate) {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(certificate)
                + "\n-----END CERTIFICATE-----\n";
    }
}
