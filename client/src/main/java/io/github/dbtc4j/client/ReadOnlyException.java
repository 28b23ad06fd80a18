package io.github.dbtc4j.client;

import java.util.Locale;
import java.util.Map;

/// A client that may only read was asked for more; nothing was sent.
///
/// Not a [DbtCloudException], which the platform causes and callers may survive: protection from
/// writes has to report the first one, wherever it comes from.
public final class ReadOnlyException extends IllegalStateException {

    /// The variable that forbids writing, as dbt-cloud-cli knows it too.
    public static final String VARIABLE = "DBT_CLOUD_READONLY";

    private static final long serialVersionUID = 1;

    ReadOnlyException(String call) {
        super(
                call
                        + " was not sent: the client is read-only, and this would change something."
                        + " Unset "
                        + VARIABLE
                        + " to allow it.");
    }

    /// Whether the environment forbids writing. A value that means neither yes nor no is refused:
    /// to take it for no would take the protection away.
    ///
    /// @throws IllegalArgumentException when it says neither
    static boolean wanted(Map<String, String> environment) {
        String value = environment.getOrDefault(VARIABLE, "").strip().toLowerCase(Locale.ROOT);
        return switch (value) {
            case "true", "1", "yes", "on" -> true;
            case "", "false", "0", "no", "off" -> false;
            default ->
                    throw new IllegalArgumentException(
                            VARIABLE + " says neither true nor false; set it to one of them");
        };
    }
}
