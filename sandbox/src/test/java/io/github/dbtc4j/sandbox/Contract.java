package io.github.dbtc4j.sandbox;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;

import org.jspecify.annotations.NullUnmarked;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// What the published specification, changed by known deviations, says about exchanges.
///
/// Strict in both directions: unknown fields, unknown query parameters and unknown statuses are
/// deviations, and a trailing slash matters.
@NullUnmarked // JSON is read by casts
final class Contract {

    private final OpenApiInteractionValidator validator;

    /// @param templates the paths it is about; all others are unknown to it
    Contract(
            Specification specification,
            Collection<String> templates,
            Collection<Deviation> deviations) {
        validator =
                OpenApiInteractionValidator.createForInlineApiSpecification(
                                specification.with(deviations).json(new TreeSet<>(templates)))
                        .withStrictOperationPathMatching()
                        .build();
    }

    /// What is wrong with an exchange, one line each; empty when nothing is.
    ///
    /// What the sandbox refuses with 400 has to break the contract; everything else has to keep it.
    List<String> complaints(Exchange exchange) {
        Request request = exchange.request();
        int status = exchange.response().status();
        String path = request.uri().getRawPath();
        List<String> asked = lines(validator.validateRequest(request(request, path)));
        List<String> complaints = new ArrayList<>(status == 400 ? List.of() : asked);
        if (status == 400 && asked.isEmpty()) {
            complaints.add("refused although it keeps the contract");
        }
        complaints.addAll(
                lines(
                        validator.validateResponse(
                                path,
                                com.atlassian.oai.validator.model.Request.Method.valueOf(
                                        request.method()),
                                response(exchange.response()))));
        return complaints.stream()
                .map(line -> "%s %s → %d: %s".formatted(request.method(), path, status, line))
                .toList();
    }

    private static List<String> lines(ValidationReport report) {
        return report.getMessages().stream()
                .map(message ->
                        "%s at %s: %s"
                                .formatted(
                                        message.getKey(),
                                        message.getContext()
                                                .flatMap(c -> c.getPointers())
                                                .map(p -> p.getInstance())
                                                .orElse("-"),
                                        message.getMessage()))
                .distinct()
                .toList();
    }

    private static SimpleRequest request(Request request, String path) {
        var builder = new SimpleRequest.Builder(request.method(), path);
        request.headers().forEach((name, value) -> builder.withHeader(name, value));
        String query = request.uri().getRawQuery();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                builder.withQueryParam(decoded(parts[0]), decoded(parts[1]));
            }
        }
        if (request.body() != null) {
            builder.withBody(request.body());
        }
        return builder.build();
    }

    private static SimpleResponse response(Response response) {
        var builder = SimpleResponse.Builder.status(response.status());
        response.headers().forEach((name, value) -> builder.withHeader(name, value));
        if (response.body().length > 0) {
            builder.withBody(response.text());
        }
        return builder.build();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
