package io.github.dbtc4j.cli;

import io.github.dbtc4j.planner.PullRequest;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a pull request with the host that numbers it, as `github:50`.
final class PullRequestLabel implements ITypeConverter<PullRequest> {

    @Override
    public PullRequest convert(String text) {
        return PullRequest.labelled(text)
                .orElseThrow(() ->
                        new TypeConversionException(
                                "'%s' is not a pull request such as github:50, gitlab:50, azure:50"
                                                .formatted(PlainText.of(text))
                                        + " or other:50"));
    }
}
