package io.github.dbtc4j.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;

import java.util.Optional;

/// Reads options that were not given from the environment. The variable that stands in for an
/// option is its description key.
final class Variables implements IDefaultValueProvider {

    private final Shell shell;

    Variables(Shell shell) {
        this.shell = shell;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec arg) {
        return of(arg).flatMap(shell::variable).orElse(null);
    }

    static Optional<String> of(ArgSpec arg) {
        return Optional.ofNullable(arg.descriptionKey()).filter(name -> !name.isEmpty());
    }
}
