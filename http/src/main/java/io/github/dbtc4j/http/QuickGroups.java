package io.github.dbtc4j.http;

import org.jspecify.annotations.Nullable;

import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.util.Set;

/// Leaves the quickest group to agree on a key, x25519. Java offers keys of two kinds of groups at
/// once, and to work out that of the second takes a seventh of a short command's processor time.
/// What certificates may be signed with is not touched.
final class QuickGroups implements AlgorithmConstraints {

    @Override
    public boolean permits(
            Set<CryptoPrimitive> primitives,
            String algorithm,
            @Nullable AlgorithmParameters parameters) {
        return !(primitives.contains(CryptoPrimitive.KEY_AGREEMENT)
                && (algorithm.startsWith("secp") || algorithm.startsWith("ffdhe")));
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
        return true;
    }

    @Override
    public boolean permits(
            Set<CryptoPrimitive> primitives,
            String algorithm,
            Key key,
            @Nullable AlgorithmParameters parameters) {
        return permits(primitives, algorithm, parameters);
    }
}
