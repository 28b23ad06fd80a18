package io.github.dbtc4j.sandbox.rest;

import static io.github.dbtc4j.sandbox.request.BodySchema.Type.INTEGER;
import static io.github.dbtc4j.sandbox.request.BodySchema.Type.NULLABLE_INTEGER;
import static io.github.dbtc4j.sandbox.request.BodySchema.Type.NULLABLE_TEXT;
import static io.github.dbtc4j.sandbox.request.BodySchema.Type.TEXT;

import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.sandbox.json.TimestampFormat;
import io.github.dbtc4j.sandbox.platform.EnvironmentRecord;
import io.github.dbtc4j.sandbox.platform.JobRecord;
import io.github.dbtc4j.sandbox.platform.Variable;
import io.github.dbtc4j.sandbox.platform.World;
import io.github.dbtc4j.sandbox.request.BodySchema;
import io.github.dbtc4j.sandbox.request.PythonText;
import io.github.dbtc4j.sandbox.request.Responses;
import io.github.dbtc4j.sandbox.request.RoutedRequest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// `/projects/P/environment-variables/…` of version 3: environment variables and their overrides by
/// environment and by job.
public final class VariableApi {

    private static final Map<String, BodySchema.Type> FIELDS =
            Map.of(
                    "id", NULLABLE_INTEGER,
                    "account_id", INTEGER,
                    "project_id", INTEGER,
                    "name", TEXT,
                    "type", TEXT,
                    "user_id", NULLABLE_INTEGER,
                    "environment_id", NULLABLE_INTEGER,
                    "job_definition_id", NULLABLE_INTEGER,
                    "raw_value", NULLABLE_TEXT,
                    "display_value", NULLABLE_TEXT);
    private static final BodySchema SCHEMA = schema();

    private final World world;

    VariableApi(World world) {
        this.world = world;
    }

    Response answer(RoutedRequest call) {
        if (!call.version().equals("v3") || world.projects.get(call.id(1)) == null) {
            throw Responses.notFound();
        }
        long project = call.id(1);
        List<String> path = call.path();
        if (path.size() == 3) {
            post(call);
            return Responses.okV3(shape(create(call.body(), project), world));
        }
        if (path.size() == 4 && path.get(3).equals("job")) {
            if (!call.isGet()) {
                throw Responses.methodNotAllowed(call.method());
            }
            return ofJob(call, project);
        }
        if (path.size() == 4 && path.get(3).equals("environment")) {
            if (!call.isGet()) {
                throw Responses.methodNotAllowed(call.method());
            }
            return ofEnvironments(call, project);
        }
        if (path.size() != 4) {
            throw Responses.notFound();
        }
        Variable variable = world.variables.get(call.id(3));
        if (variable == null || variable.projectId() != project) {
            throw Responses.notFound();
        }
        if (call.isDelete()) {
            world.variables.remove(variable.id());
            return Responses.noContent();
        }
        post(call);
        return Responses.okV3(shape(update(variable, call.body()), world));
    }

    static Map<String, @Nullable Object> shape(Variable variable, World world) {
        var shape = new LinkedHashMap<String, @Nullable Object>();
        shape.put("id", variable.id());
        shape.put("account_id", world.accountId);
        shape.put("project_id", variable.projectId());
        shape.put("name", variable.name());
        shape.put("type", variable.scope());
        shape.put("user_id", null);
        shape.put("environment_id", variable.environmentId());
        shape.put("job_definition_id", variable.jobId());
        shape.put("display_value", variable.shown());
        shape.put("state", 1);
        shape.put("created_at", TimestampFormat.iso(variable.createdAt()));
        shape.put("updated_at", TimestampFormat.iso(variable.updatedAt()));
        shape.put("environment", null);
        return shape;
    }

    /// Every variable of the project by name, with its value in each scope that has one.
    private Response ofJob(RoutedRequest call, long project) {
        call.query().allow(Set.of("job_definition_id", "include_related"));
        Long id = call.query().number("job_definition_id");
        if (id == null) {
            throw Responses.invalid(Map.of("job_definition_id", "required key not provided"));
        }
        JobRecord job = world.activeJobs.get(id);
        if (job == null || job.definition.projectId() != project) {
            throw Responses.notFound();
        }
        var byName = new TreeMap<String, Map<String, Object>>();
        for (Variable variable : world.variables.values()) {
            boolean concerns =
                    variable.projectId() == project
                            && (variable.jobId() == null || variable.jobId() == job.id)
                            && (variable.environmentId() == null
                                    || variable.environmentId() == job.definition.environmentId());
            if (concerns) {
                var value = new LinkedHashMap<String, Object>();
                value.put("id", variable.id());
                value.put("value", variable.shown());
                byName.computeIfAbsent(variable.name(), name -> new LinkedHashMap<>())
                        .put(variable.scope(), value);
            }
        }
        return Responses.okV3(byName);
    }

    /// Every variable of the project by name, with its value in the project and in each environment
    /// that has one.
    private Response ofEnvironments(RoutedRequest call, long project) {
        call.query().allow(Set.of("include_related"));
        var environments = new ArrayList<String>();
        environments.add("project");
        world.environments.values().stream()
                .filter(environment -> environment.project().id() == project)
                .forEach(environment -> environments.add(environment.name()));
        var byName = new TreeMap<String, Map<String, Object>>();
        for (Variable variable : world.variables.values()) {
            if (variable.projectId() == project && variable.jobId() == null) {
                Long environment = variable.environmentId();
                byName.computeIfAbsent(variable.name(), _ -> new LinkedHashMap<>())
                        .put(
                                environment == null ? "project" : nameOf(environment),
                                Map.of("id", variable.id(), "value", variable.shown()));
            }
        }
        return Responses.okV3(Map.of("environments", environments, "variables", byName));
    }

    private String nameOf(long environment) {
        return Objects.requireNonNull(world.environments.get(environment)).name();
    }

    Variable create(Map<String, @Nullable Object> body, long project) {
        check(body);
        String name = (String) Objects.requireNonNull(body.get("name"));
        String scope = (String) Objects.requireNonNull(body.get("type"));
        String value = (String) body.get("raw_value");
        Long job = scope.equals("job") ? (Long) body.get("job_definition_id") : null;
        Long environment = scope.equals("environment") ? (Long) body.get("environment_id") : null;
        if (body.get("id") != null) {
            throw Responses.invalid(Map.of("id", "The id must be null when creating."));
        }
        if (!name.matches("DBT_[A-Z0-9_]+")) {
            throw Responses.invalid(
                    Map.of(
                            "name",
                            "Environment variable names must start with DBT_ and be upper case."));
        }
        if (value == null) {
            throw Responses.invalid(Map.of("raw_value", "required key not provided"));
        }
        checkScope(scope, job, environment, project);
        boolean taken =
                world.variables.values().stream()
                        .anyMatch(other ->
                                other.name().equals(name)
                                        && other.scope().equals(scope)
                                        && Objects.equals(other.jobId(), job)
                                        && Objects.equals(other.environmentId(), environment)
                                        && other.projectId() == project);
        if (taken) {
            throw Responses.invalid(
                    Map.of("name", "The environment variable already has a value in this scope."));
        }
        return put(world.nextVariableId(), project, name, scope, environment, job, value);
    }

    /// Gives the variable `name` a value for `job`, whether it had one or not.
    public void set(JobRecord job, String name, String value) {
        for (Variable variable : world.variables.values()) {
            if (variable.name().equals(name) && Objects.equals(variable.jobId(), job.id)) {
                world.variables.put(variable.id(), variable.withValue(value, world.now()));
                return;
            }
        }
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("account_id", world.accountId);
        body.put("project_id", job.definition.projectId());
        body.put("name", name);
        body.put("type", "job");
        body.put("job_definition_id", job.id);
        body.put("raw_value", value);
        create(body, job.definition.projectId());
    }

    private Variable put(
            long id,
            long project,
            String name,
            String scope,
            @Nullable Long environment,
            @Nullable Long job,
            String value) {
        var variable =
                new Variable(
                        id,
                        project,
                        name,
                        scope,
                        environment,
                        job,
                        value,
                        world.now(),
                        world.now());
        world.variables.put(id, variable);
        return variable;
    }

    private Variable update(Variable old, Map<String, @Nullable Object> body) {
        check(body);
        String value = (String) body.get("raw_value");
        Variable variable = value == null ? old : old.withValue(value, world.now());
        world.variables.put(old.id(), variable);
        return variable;
    }

    private void check(Map<String, @Nullable Object> body) {
        SCHEMA.check(body);
        if (!Objects.equals(body.get("account_id"), world.accountId)) {
            throw Responses.invalid(
                    Map.of("account_id", "The provided account_id does not match."));
        }
    }

    private void checkScope(
            String scope, @Nullable Long job, @Nullable Long environment, long project) {
        switch (scope) {
            case "project" -> {}
            case "job" -> {
                JobRecord record = job == null ? null : world.activeJobs.get(job);
                if (record == null || record.definition.projectId() != project) {
                    throw Responses.invalid(
                            Map.of("job_definition_id", "The job does not belong to the project."));
                }
            }
            case "environment" -> {
                EnvironmentRecord record =
                        environment == null ? null : world.environments.get(environment);
                if (record == null || record.project().id() != project) {
                    throw Responses.invalid(
                            Map.of(
                                    "environment_id",
                                    "The environment does not belong to the project."));
                }
            }
            default ->
                    throw Responses.invalid(
                            Map.of(
                                    "type",
                                    PythonText.of(scope)
                                            + " is not one of ['project', 'environment', 'job']"));
        }
    }

    private static void post(RoutedRequest call) {
        if (!call.isPost()) {
            throw Responses.methodNotAllowed(call.method());
        }
    }

    private static BodySchema schema() {
        var fields = new LinkedHashMap<>(FIELDS);
        fields.put("state", INTEGER);
        return new BodySchema(fields, List.of("account_id", "name", "project_id", "type"));
    }
}
