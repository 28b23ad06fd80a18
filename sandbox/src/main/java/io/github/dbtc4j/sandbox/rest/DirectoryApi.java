package io.github.dbtc4j.sandbox.rest;

import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.sandbox.platform.ProjectRecord;
import io.github.dbtc4j.sandbox.platform.World;
import io.github.dbtc4j.sandbox.request.Paging;
import io.github.dbtc4j.sandbox.request.Responses;
import io.github.dbtc4j.sandbox.request.RoutedRequest;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Lists that published clients read and dbtc4j does not (dbt-cloud-cli, dbtc): people, licenses,
/// notifications, repositories, connections, credentials. Read only, in the specification's shapes.
final class DirectoryApi {

    private static final Set<String> FILTERS =
            Set.of("include_related", "limit", "offset", "order_by", "pk", "state");
    private static final Set<String> RELATED = Set.of("include_related");

    private final World world;

    DirectoryApi(World world) {
        this.world = world;
    }

    /// Lists of the whole account; empty for any other path.
    Optional<Response> ofAccount(RoutedRequest call) {
        if (call.path().size() != 1) {
            return Optional.empty();
        }
        return switch (call.version() + " " + call.path().getFirst()) {
            case "v2 licenses" -> list(call, RELATED, List.of(DirectoryShape.licenses()));
            case "v2 notifications" -> list(call, FILTERS, List.of());
            case "v3 users" -> list(call, RELATED, DirectoryShape.users(world));
            case "v3 groups" -> list(call, FILTERS, List.of(DirectoryShape.owners(world)));
            case "v3 audit-logs" -> list(call, RELATED, List.of());
            default -> Optional.empty();
        };
    }

    /// Lists of one project; empty for any other path.
    Optional<Response> ofProject(RoutedRequest call) {
        if (call.path().size() != 3 || !call.version().equals("v3")) {
            return Optional.empty();
        }
        ProjectRecord project = world.projects.get(call.id(1));
        if (project == null) {
            return Optional.empty();
        }
        return switch (call.path().getLast()) {
            case "repositories" ->
                    list(call, FILTERS, List.of(DirectoryShape.repository(project, world)));
            case "connections" ->
                    list(call, FILTERS, List.of(DirectoryShape.connection(project, world)));
            case "credentials" ->
                    list(
                            call,
                            RELATED,
                            world.environments.values().stream()
                                    .filter(environment -> environment.project().equals(project))
                                    .map(_ -> DirectoryShape.credentials(project, world))
                                    .toList());
            default -> Optional.empty();
        };
    }

    private <T> Optional<Response> list(RoutedRequest call, Set<String> filters, List<T> rows) {
        if (!call.isGet()) {
            throw Responses.methodNotAllowed(call.method());
        }
        call.query().allow(filters);
        Paging paging = Paging.of(call.query(), "active", world.switches);
        return Optional.of(
                paging.answer(
                        paging.wants(1) ? rows : List.<T>of(), world.accountId, "id", row -> row));
    }
}
