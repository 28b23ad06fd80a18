package io.github.dbtc4j.cli.session;

import io.github.dbtc4j.cli.terminal.ProcessIo;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;

import java.util.Optional;
import java.util.Set;

/// Reads options that were not given from the environment. The variable that stands in for an
/// option is its description key: `DBTC_` and the option's name; between them the command's, where
/// the name says little without it; `DBT_CLOUD_…` where dbt's tools have a name for it.
public final class EnvironmentDefaults implements IDefaultValueProvider {

    /// Left to the client, which knows more names for a token, and which of them counts. An option
    /// that was given can so be told from a variable that is set.
    private static final Set<String> THE_CLIENTS =
            Set.of("DBT_CLOUD_SERVICE_TOKEN", "DBT_CLOUD_API_KEY", "DBT_CLOUD_HOST");

    private final ProcessIo shell;

    public EnvironmentDefaults(ProcessIo shell) {
        this.shell = shell;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec arg) {
        return of(arg).filter(name -> !THE_CLIENTS.contains(name))
                .flatMap(shell::variable)
                .orElse(null);
    }

    public static Optional<String> of(ArgSpec arg) {
        return Optional.ofNullable(arg.descriptionKey()).filter(name -> !name.isEmpty());
    }
}
