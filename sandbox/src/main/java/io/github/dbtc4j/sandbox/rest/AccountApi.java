package io.github.dbtc4j.sandbox.rest;

import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.platform.EnvironmentRecord;
import io.github.dbtc4j.sandbox.platform.ProjectRecord;
import io.github.dbtc4j.sandbox.platform.World;
import io.github.dbtc4j.sandbox.request.Paging;
import io.github.dbtc4j.sandbox.request.PythonText;
import io.github.dbtc4j.sandbox.request.QueryParameters;
import io.github.dbtc4j.sandbox.request.Responses;
import io.github.dbtc4j.sandbox.request.RoutedRequest;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// The account, its projects and environments: read only.
final class AccountApi {

    private static final Set<String> PROJECT_FILTERS =
            Set.of(
                    "include_related",
                    "limit",
                    "name__icontains",
                    "offset",
                    "order_by",
                    "pk",
                    "pk__gt",
                    "pk__in",
                    "state");
    private static final Set<String> ENVIRONMENT_FILTERS =
            Set.of(
                    "credentials_id",
                    "dbt_version",
                    "dbt_version__in",
                    "deployment_type",
                    "deployment_type__in",
                    "id__gt",
                    "include_related",
                    "limit",
                    "name",
                    "name__icontains",
                    "offset",
                    "order_by",
                    "pk",
                    "pk__in",
                    "project_id",
                    "project_id__in",
                    "state",
                    "type");

    private final World world;

    AccountApi(World world) {
        this.world = world;
    }

    /// `GET /accounts/`: the account of the token.
    Response list(RoutedRequest call) {
        get(call);
        call.query().allow(Set.of("include_related"));
        var extra = new LinkedHashMap<String, Object>();
        extra.put("filters", Map.of("pk__in", List.of(world.accountId)));
        extra.put("order_by", "");
        extra.put("pagination", new TreeMap<>(Map.of("count", 1, "total_count", 1)));
        return Responses.page(List.of(AccountJson.account(world)), extra);
    }

    Response account(RoutedRequest call) {
        get(call);
        call.query().allow(Set.of("include_related"));
        if (world.switches.is(Assumption.AccountRead.NOT_FOUND) || !call.version().equals("v2")) {
            throw Responses.notFound();
        }
        return Responses.ok(AccountJson.account(world));
    }

    /// `/projects/…`, and in version 3 `/projects/P/environments/…`.
    Response projects(RoutedRequest call) {
        get(call);
        List<String> path = call.path();
        if (path.size() == 1) {
            return listProjects(call);
        }
        ProjectRecord project = world.projects.get(call.id(1));
        if (project == null) {
            throw Responses.notFound();
        }
        if (path.size() == 2) {
            call.query().allow(Set.of("include_related"));
            return Responses.ok(AccountJson.project(project, world));
        }
        if (path.get(2).equals("environments") && call.version().equals("v3")) {
            return environments(call, 3, project);
        }
        throw Responses.notFound();
    }

    /// @param at where in the path an environment's id would be
    /// @param project the only project to look in, or null
    Response environments(RoutedRequest call, int at, @Nullable ProjectRecord project) {
        get(call);
        boolean v3 = call.version().equals("v3");
        if (call.path().size() == at + 1) {
            call.query().allow(Set.of("include_related"));
            EnvironmentRecord environment = world.environments.get(call.id(at));
            if (environment == null
                    || (project != null && !environment.project().equals(project))) {
                throw Responses.notFound();
            }
            return Responses.ok(shape(environment, v3));
        }
        if (call.path().size() > at) {
            throw Responses.notFound();
        }
        QueryParameters query = call.query();
        query.allow(ENVIRONMENT_FILTERS);
        Paging paging = Paging.of(query, "active", world.switches);
        String name = query.text("name__icontains");
        List<EnvironmentRecord> rows =
                world.environments.values().stream()
                        .filter(e -> paging.wants(1))
                        .filter(e -> project == null || e.project().equals(project))
                        .filter(e -> JobApi.equal(query.number("project_id"), e.project().id()))
                        .filter(e ->
                                JobApi.within(query.numbers("project_id__in"), e.project().id()))
                        .filter(e -> JobApi.equal(query.number("pk"), e.id()))
                        .filter(e -> JobApi.within(query.numbers("pk__in"), e.id()))
                        .filter(e -> after(query.number("id__gt"), e.id()))
                        .filter(e -> JobApi.equal(query.text("dbt_version"), e.dbtVersion()))
                        .filter(e -> JobApi.within(query.texts("dbt_version__in"), e.dbtVersion()))
                        .filter(e ->
                                JobApi.equal(query.text("deployment_type"), e.deploymentType()))
                        .filter(e -> JobApi.equal(query.text("name"), e.name()))
                        .filter(e -> contains(e.name(), name))
                        .toList();
        return paging.answer(
                ordered(rows, query), world.accountId, order(query), e -> shape(e, v3));
    }

    private Response listProjects(RoutedRequest call) {
        QueryParameters query = call.query();
        query.allow(PROJECT_FILTERS);
        Paging paging = Paging.of(query, "active", world.switches);
        String name = query.text("name__icontains");
        List<ProjectRecord> rows =
                world.projects.values().stream()
                        .filter(p -> paging.wants(1))
                        .filter(p -> JobApi.equal(query.number("pk"), p.id()))
                        .filter(p -> JobApi.within(query.numbers("pk__in"), p.id()))
                        .filter(p -> after(query.number("pk__gt"), p.id()))
                        .filter(p -> contains(p.name(), name))
                        .toList();
        return paging.answer(
                ordered(rows, query),
                world.accountId,
                order(query),
                p -> AccountJson.project(p, world));
    }

    private Object shape(EnvironmentRecord environment, boolean v3) {
        return v3
                ? AccountJson.environmentV3(environment, world)
                : AccountJson.environmentV2(environment, world);
    }

    private static String order(QueryParameters query) {
        return Objects.requireNonNullElse(query.text("order_by"), "id");
    }

    private static <T> List<T> ordered(List<T> rows, QueryParameters query) {
        return switch (order(query)) {
            case "id" -> rows;
            case "-id" -> rows.reversed();
            default ->
                    throw Responses.invalid(
                            Map.of("order_by", "Cannot order by " + PythonText.of(order(query))));
        };
    }

    private static boolean after(@Nullable Long least, long id) {
        return least == null || id > least;
    }

    private static boolean contains(String name, @Nullable String part) {
        return part == null
                || name.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    private static void get(RoutedRequest call) {
        if (!call.isGet()) {
            throw Responses.methodNotAllowed(call.method());
        }
    }
}
