package io.github.dbtc4j.pipeline.report;

import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.planner.state.PullRequest;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The dropping of a pull request's temporary schemas, as the command that a job runs for it.
///
/// The platform drops them itself only for CI that its own git integration triggered
/// (docs.getdbt.com, "Continuous integration jobs in dbt"). A macro of the project has to do it
/// otherwise; `docs/drop-schemas.md` has one.
///
/// Both names are plain identifiers, so that nothing in them could end the quotes around the
/// command's arguments.
///
/// @param macro the macro's name, that of its package and a dot before it if need be
/// @param schema the schema the pull request's runs built into; the macro also drops those whose
///   name is this one, `_` and more, as dbt names custom schemas
public record SchemaDrop(String macro, String schema) {

    /// The macro's name where nothing else is said.
    public static final String MACRO = "drop_pr_schemas";

    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]{0,127}";
    private static final Pattern MACRO_NAME = Pattern.compile(NAME + "(?:\\." + NAME + ")?");
    private static final Pattern SCHEMA_NAME = Pattern.compile(NAME);

    /// @throws IllegalArgumentException when one of them is not a plain name
    public SchemaDrop {
        if (!MACRO_NAME.matcher(macro).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not the name of a macro, such as %s or my_package.%s"
                            .formatted(macro, MACRO, MACRO));
        }
        if (!SCHEMA_NAME.matcher(schema).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not the plain name of a schema: letters, digits and _ only"
                            .formatted(schema));
        }
    }

    /// `dbt run-operation drop_pr_schemas --args '{"schema":"dbt_cloud_pr_73797_50"}'`.
    public String command() {
        return "dbt run-operation %s --args '%s'"
                .formatted(macro, Json.write(Map.of("schema", schema)));
    }

    /// What to trigger a job with, so that it runs the command and nothing else.
    ///
    /// @param cause for people
    /// @param pullRequest null for a job that is not the pull request's base job. To the base job
    ///   the run is one of the pull request's: should that be opened again, the run of its next
    ///   commit takes the place of this one, and never do both execute at the same time
    /// @param gitBranch where the macro is, null for the branch the job's environment uses
    public Map<String, @Nullable Object> payload(
            String cause, @Nullable PullRequest pullRequest, @Nullable String gitBranch) {
        var payload = new LinkedHashMap<String, @Nullable Object>();
        payload.put("cause", cause);
        payload.put("steps_override", List.of(command()));
        payload.put("generate_docs_override", false);
        if (pullRequest != null) {
            payload.put(pullRequest.provider().field(), pullRequest.number());
        }
        if (gitBranch != null) {
            payload.put("git_branch", gitBranch);
        }
        return payload;
    }
}
