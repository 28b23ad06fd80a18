package io.github.dbtc4j.sandbox.rest;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.sandbox.option.Actor;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.platform.Scheduler;
import io.github.dbtc4j.sandbox.platform.World;
import io.github.dbtc4j.sandbox.request.QueryParameters;
import io.github.dbtc4j.sandbox.request.RequestHandler;
import io.github.dbtc4j.sandbox.request.Responses;
import io.github.dbtc4j.sandbox.request.RoutedRequest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds who answers a request: checks the token, the account and the rate limit on the way.
public final class Api {

    private static final Pattern PATH =
            Pattern.compile("/api/(v2|v3)/accounts/(?:(\\d{1,18})/(.*))?");

    private final World world;
    private final RateLimit rateLimit;
    private final AccountApi accounts;
    private final JobApi jobs;
    private final RunApi runs;
    private final VariableApi variables;
    private final DirectoryApi directory;
    private final List<RequestHandler> routes = new ArrayList<>();

    public Api(World world, Scheduler scheduler, JobWrites writes) {
        this.world = world;
        this.rateLimit = new RateLimit(world);
        this.accounts = new AccountApi(world);
        this.runs = new RunApi(world, scheduler);
        this.variables = new VariableApi(world);
        this.directory = new DirectoryApi(world);
        this.jobs = new JobApi(world, scheduler, writes, runs);
    }

    public VariableApi variables() {
        return variables;
    }

    public void add(RequestHandler route) {
        routes.add(route);
    }

    /// Returns the response to `request`.
    ///
    /// @throws ApiErrorException when the answer is not a success
    public Response answer(Request request) {
        String path = request.uri().getPath();
        Optional<Response> routed = Optional.empty();
        if (!path.startsWith("/api/")) {
            throw Responses.html(404, "Not Found");
        }
        authenticate(request);
        if (world.switches.is(Assumption.AddressNotAllowed.FORBIDDEN)) {
            throw Responses.refusal(
                    403,
                    "Forbidden: Access denied",
                    Map.of("account_id", world.accountId, "account_access_denied", true));
        }
        boolean slash = path.endsWith("/");
        Matcher parts = PATH.matcher(slash ? path : path + "/");
        if (!parts.matches()) {
            rateLimit.count();
            throw Responses.html(404, "Not Found");
        }
        if (parts.group(2) != null && Long.parseLong(parts.group(2)) != world.accountId) {
            throw world.switches.is(Assumption.WrongAccount.FORBIDDEN)
                    ? Responses.refusal(403, "Access denied: Token is not scoped to account.", null)
                    : Responses.notFound();
        }
        rateLimit.count();
        for (RequestHandler route : routes) {
            routed = route.handle(request, world.now());
            if (routed.isPresent()) {
                return routed.get();
            }
        }
        List<String> segments = segments(parts.group(3) == null ? "" : parts.group(3));
        boolean isFile = segments.size() > 3 && segments.get(2).equals("artifacts");
        String method = request.method();
        if (!slash && !isFile) {
            if (!method.equals("GET")) {
                // Redirected, and what follows a redirect is a GET without a body.
                method = isServedCancel(method, segments) ? method : "GET";
            } else if (world.switches.is(Assumption.GetWithoutSlash.REDIRECTED)) {
                String query = request.uri().getRawQuery();
                throw Responses.redirect(
                        request.uri().getRawPath() + "/" + (query == null ? "" : "?" + query));
            }
        }
        var call =
                new RoutedRequest(
                        request,
                        method,
                        parts.group(1),
                        segments,
                        QueryParameters.parse(request.uri().getRawQuery()),
                        Actor.holding(world.token));
        return parts.group(2) == null ? accounts.list(call) : dispatch(call);
    }

    private Response dispatch(RoutedRequest call) {
        List<String> path = call.path();
        if (path.isEmpty()) {
            return accounts.account(call);
        }
        return switch (path.getFirst()) {
            case "jobs" -> jobs.answer(call);
            case "runs" -> runs.answer(call);
            case "steps" -> runs.step(call);
            case "environments" -> accounts.environments(call, 1, null);
            case "projects" -> project(call);
            default -> directory.ofAccount(call).orElseThrow(Responses::notFound);
        };
    }

    private Response project(RoutedRequest call) {
        List<String> path = call.path();
        if (path.size() > 2 && path.get(2).equals("environment-variables")) {
            return variables.answer(call);
        }
        return directory.ofProject(call).orElseGet(() -> accounts.projects(call));
    }

    private boolean isServedCancel(String method, List<String> path) {
        return method.equals("POST")
                && path.size() == 3
                && path.getFirst().equals("runs")
                && path.getLast().equals("cancel")
                && world.switches.is(Assumption.CancelWithoutSlash.SERVED);
    }

    private void authenticate(Request request) {
        String header = RoutedRequest.header(request, "Authorization");
        if (!header.equals("Token " + world.token) && !header.equals("Bearer " + world.token)) {
            throw Responses.invalidToken();
        }
    }

    private static List<String> segments(String path) {
        if (path.isEmpty()) {
            return List.of();
        }
        String[] parts = path.split("/", -1);
        var segments = new ArrayList<String>(parts.length);
        for (int i = 0; i < parts.length - 1; i++) {
            if (parts[i].isEmpty()) {
                throw Responses.html(404, "Not Found");
            }
            segments.add(parts[i]);
        }
        return segments;
    }
}
