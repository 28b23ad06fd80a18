package io.github.dbtc4j.cli.api;

import io.github.dbtc4j.cli.option.IdConverter;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.Session;
import io.github.dbtc4j.cli.terminal.PlainText;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/// `dbtc api`.
@Command(
        description = {
            "Send any request to the platform and print the response's body, in the manner of gh"
                    + " api.",
            "The token is sent to the configured host alone. With DBT_CLOUD_READONLY=true only GET"
                    + " is sent.",
            "A response other than 2xx is printed too, explained on standard error, and ends with"
                    + " 6."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  ${COMMAND-FULL-NAME} GET /api/v2/accounts/{account_id}/jobs/ --paginate",
            "  ${COMMAND-FULL-NAME} GET"
                    + " v3/accounts/{account_id}/projects/{project_id}/environments/",
            "  ${COMMAND-FULL-NAME} POST v2/accounts/{account_id}/jobs/73797/run/ -f cause=CI \\",
            "    -F github_pull_request_id=50 -f 'steps_override[]=dbt build'",
        })
public final class ApiCommand implements Callable<Integer> {

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private final Dbtc dbtc;

    @Parameters(
            index = "0",
            paramLabel = "METHOD",
            description = "GET, POST, PUT, PATCH or DELETE.")
    private String method = "";

    @Parameters(
            index = "1",
            paramLabel = "PATH",
            description =
                    "From /api/ on, or from v2/ or v3/ on; {account_id} and {project_id} are filled"
                            + " in. A POST needs the slash at its end.")
    private String path = "";

    @Option(
            names = {"-a", "--account-id"},
            paramLabel = "ID",
            converter = IdConverter.class,
            descriptionKey = "DBT_CLOUD_ACCOUNT_ID",
            description = "What {account_id} stands for [env: DBT_CLOUD_ACCOUNT_ID].")
    private @Nullable Long accountId;

    @Option(
            names = {"-p", "--project-id"},
            paramLabel = "ID",
            converter = IdConverter.class,
            descriptionKey = "DBT_CLOUD_PROJECT_ID",
            description = "What {project_id} stands for [env: DBT_CLOUD_PROJECT_ID].")
    private @Nullable Long projectId;

    @Option(
            names = {"-f", "--raw-field"},
            paramLabel = "KEY=VALUE",
            descriptionKey = "DBTC_API_RAW_FIELD",
            description =
                    "A field as text, KEY[]=VALUE for an element of an array. Fields make up the"
                            + " JSON body; with GET or --input, the query"
                            + " [env: DBTC_API_RAW_FIELD].")
    private List<String> rawFields = List.of();

    @Option(
            names = {"-F", "--field"},
            paramLabel = "KEY=VALUE",
            descriptionKey = "DBTC_API_FIELD",
            description =
                    "A field whose value may be true, false, null, a whole number, or @FILE for the"
                            + " text of a file (@- for standard input)"
                            + " [env: DBTC_API_FIELD].")
    private List<String> typedFields = List.of();

    @Option(
            names = "--input",
            paramLabel = "FILE",
            descriptionKey = "DBTC_API_INPUT",
            description = "A file with the JSON body, - for standard input [env: DBTC_API_INPUT].")
    private @Nullable String input;

    @Option(
            names = "--paginate",
            negatable = true,
            defaultValue = "false",
            fallbackValue = "true",
            descriptionKey = "DBTC_API_PAGINATE",
            description =
                    "With GET: fetch all pages of a list and print them as one, in the envelope of"
                            + " the first"
                            + " [env: DBTC_API_PAGINATE].")
    private boolean paginate;

    public ApiCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() throws IOException {
        String verb = method.toUpperCase(Locale.ROOT);
        check(verb);
        var fields = new ApiFields(dbtc.shell().in()).raw(rawFields).typed(typedFields);
        String body = input == null ? null : body(fields.read("--input", input));
        boolean inQuery = verb.equals("GET") || body != null;
        String target = ApiPath.of(path, placeholders());
        if (inQuery) {
            target = fields.behind(target);
        } else if (!fields.isEmpty()) {
            body = Json.write(fields.map());
        }
        Session session = Session.open(dbtc);
        if (paginate) {
            return new ApiPages(session, target).print();
        }
        Response response = session.client().raw(verb, target, body);
        return ApiAnswer.print(session, verb, target, response);
    }

    private void check(String verb) {
        if (!METHODS.contains(verb)) {
            throw new UsageException(
                    "'%s' is not a method; expected GET, POST, PUT, PATCH or DELETE"
                            .formatted(PlainText.of(method)));
        }
        if (verb.equals("GET") && input != null) {
            throw new UsageException("a GET has no body; leave out --input");
        }
        if (paginate && !verb.equals("GET")) {
            throw new UsageException("--paginate is for GET alone");
        }
    }

    private static String body(String text) {
        try {
            Json.read(text);
            return text;
        } catch (IllegalArgumentException e) {
            throw new UsageException("--input: " + e.getMessage());
        }
    }

    private Map<String, @Nullable String> placeholders() {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        values.put("account_id", accountId == null ? null : accountId.toString());
        values.put("project_id", projectId == null ? null : projectId.toString());
        return values;
    }
}
