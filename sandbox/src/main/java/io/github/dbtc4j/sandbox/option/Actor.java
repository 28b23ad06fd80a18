package io.github.dbtc4j.sandbox.option;

/// Who did something, as `audit` shows it.
///
/// @param type `user`, `service_token` or `system`; the platform's own spelling is not recorded
public record Actor(String id, String type, String name) {

    /// A person at the web interface.
    public static final Actor USER = new Actor("1", "user", "Ada Analyst");

    /// The platform itself: its scheduler, a timeout.
    public static final Actor SYSTEM = new Actor("0", "system", "dbt platform");

    public static Actor holding(String token) {
        return token.startsWith("dbtc_")
                ? new Actor("7", "service_token", "ci")
                : new Actor("2", "user", "CI Robot");
    }
}
