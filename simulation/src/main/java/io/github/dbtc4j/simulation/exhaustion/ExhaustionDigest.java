package io.github.dbtc4j.simulation.exhaustion;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// What was seen so far, in 128 bits: two that saw the same in the same order have the same digest.
final class ExhaustionDigest {

    private long one = 0x9E3779B97F4A7C15L;
    private long other = 0xC2B2AE3D27D4EB4FL;

    /// A digest as a key.
    record Key(long one, long other) {}

    Key key() {
        return new Key(one, other);
    }

    ExhaustionDigest add(Key key) {
        return add(key.one).add(key.other);
    }

    ExhaustionDigest add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    ExhaustionDigest add(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return add(crc.getValue() << 32 ^ Arrays.hashCode(bytes)).add(bytes.length);
    }

    ExhaustionDigest add(long number) {
        one = mixed(one ^ number);
        other = mixed(other * 0xD6E8FEB86659FD93L + number);
        return this;
    }

    /// SplitMix64's.
    private static long mixed(long number) {
        long z = number + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
