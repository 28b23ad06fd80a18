package io.github.dbtc4j.githost.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// HMAC of a text as RFC 2104 spells it out: not by the class that the product uses.
final class SecondHmac {

    private static final int BLOCK = 64;

    private SecondHmac() {}

    static String hexadecimal(String secret, byte[] text) {
        byte[] key = secret.getBytes(StandardCharsets.UTF_8);
        byte[] block = Arrays.copyOf(key.length > BLOCK ? sha256(key) : key, BLOCK);
        return HexFormat.of()
                .formatHex(sha256(mixed(block, 0x5c), sha256(mixed(block, 0x36), text)));
    }

    private static byte[] mixed(byte[] block, int pad) {
        byte[] mixed = block.clone();
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] ^= (byte) pad;
        }
        return mixed;
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
