package io.github.dbtc4j.autoscaler.doctor;

import io.github.dbtc4j.client.access.Host;
import io.github.dbtc4j.client.model.Account;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is to be said of the host in use.
final class HostAdvice {

    /// docs.getdbt.com, "Access, Regions, & IP addresses": hosts of accounts' own.
    private static final Pattern OWN_HOST =
            Pattern.compile("[^.]+\\.((?:us|eu|au|jp)\\d)\\.dbt\\.com");

    private HostAdvice() {}

    /// @param account null when it is not known
    static Finding of(Host host, @Nullable Account account) {
        String shared =
                switch (host.name()) {
                    case Host.DEFAULT -> "us1";
                    case "emea.dbt.com" -> "eu1";
                    case "au.dbt.com" -> "au1";
                    default -> null;
                };
        if (host.isGetdbt()) {
            return new Finding.HostEnds(host, account == null ? null : own(account, shared));
        }
        if (shared != null) {
            return new Finding.HostIsShared(host, shared);
        }
        Matcher own = OWN_HOST.matcher(host.name());
        return new Finding.HostIs(host, own.matches() ? own.group(1) : null);
    }

    private static @Nullable String own(Account account, @Nullable String region) {
        String subdomain = account.subdomain();
        if (subdomain == null || !subdomain.matches("[a-z0-9.-]{1,100}")) {
            return null;
        }
        return subdomain.contains(".") || region == null
                ? subdomain
                : subdomain + "." + region + ".dbt.com";
    }
}
