package io.github.dbtc4j.cli;

import io.github.dbtc4j.planner.PullRequest;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `--pull-request`.
final class PullRequestOption {

    @Option(
            names = {"--pull-request", "--pr"},
            required = true,
            paramLabel = "HOST:NUMBER",
            converter = Labels.class,
            descriptionKey = "DBTC_PULL_REQUEST",
            description =
                    "The pull request: github:50, gitlab:50, azure:50, or other:50 for Bitbucket,"
                            + " CodeCommit and the rest [env: DBTC_PULL_REQUEST].")
    @Nullable PullRequest value;

    /// Reads `github:50`.
    static final class Labels implements ITypeConverter<PullRequest> {

        @Override
        public PullRequest convert(String text) {
            return PullRequest.labelled(text)
                    .orElseThrow(() ->
                            new TypeConversionException(
                                    "'%s' is not a pull request such as github:50; before the"
                                                    .formatted(PlainText.of(text))
                                            + " number stands github, gitlab, azure or other"));
        }
    }
}
