package io.github.dbtc4j.cli.option;

import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.cli.terminal.Durations;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.time.Duration;

/// Reads how long a clone may be idle.
final class CloneTtlConverter implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        Duration ttl = new Durations().convert(text);
        if (ttl.compareTo(Options.LEAST_CLONE_TTL) < 0) {
            throw new TypeConversionException(
                    "'%s' is too short, the least is %dm: the pipeline a clone belongs to may sit"
                                    .formatted(text, Options.LEAST_CLONE_TTL.toMinutes())
                            + " out a rate limit");
        }
        return ttl;
    }
}
