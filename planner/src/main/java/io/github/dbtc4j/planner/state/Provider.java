package io.github.dbtc4j.planner.state;

import java.util.Optional;

/// Which kind of git host numbered a pull request, told apart by the field the trigger carries it
/// in.
public enum Provider {
    GITHUB("github", "github_pull_request_id"),
    GITLAB("gitlab", "gitlab_merge_request_id"),
    AZURE("azure", "azure_pull_request_id"),
    /// Bitbucket, CodeCommit and every host without a native integration.
    NON_NATIVE("other", "non_native_pull_request_id");

    private final String label;
    private final String field;

    Provider(String label, String field) {
        this.label = label;
        this.field = field;
    }

    /// The short name in claims and markers.
    public String label() {
        return label;
    }

    /// The trigger's field for this provider's numbers.
    public String field() {
        return field;
    }

    static Optional<Provider> labelled(String label) {
        for (Provider provider : values()) {
            if (provider.label.equals(label)) {
                return Optional.of(provider);
            }
        }
        return Optional.empty();
    }
}
