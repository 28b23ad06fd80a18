package io.github.dbtc4j.cli.session;

import io.github.dbtc4j.client.access.Host;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The page of a job in the platform's web application, as people copy it from their browser:
/// `https://ab123.us1.dbt.com/deploy/43786/projects/1/jobs/73797`.
///
/// @param host the account's own host
/// @param account the account's id
/// @param project the project's id
/// @param job the job's id
record JobUrl(Host host, String account, String project, String job) {

    private static final String ID = "([1-9]\\d{0,17})";
    private static final Pattern PAGE =
            Pattern.compile(
                    "(https?://[^/?#]*)(?:/\\w{1,20})?/(?:deploy|accounts)/%1$s/projects/%1$s/jobs/%1$s"
                                    .formatted(ID)
                            + "(?:[/?#].*)?");

    /// Reads the address of a job's page, or of a page below it.
    ///
    /// @throws IllegalArgumentException when it is anything else. The message repeats nothing of
    ///   `text`, which may hold a token by mistake
    static JobUrl parse(String text) {
        // the older application kept its pages behind a hash
        Matcher page = PAGE.matcher(text.strip().replaceFirst("/#/", "/"));
        if (!page.matches()) {
            throw new IllegalArgumentException(
                    "it is not the address of a job's page, such as"
                            + " https://ab123.us1.dbt.com/deploy/43786/projects/1/jobs/73797; copy"
                            + " it from the browser");
        }
        return new JobUrl(Host.parse(page.group(1)), page.group(2), page.group(3), page.group(4));
    }
}
