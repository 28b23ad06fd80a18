package io.github.dbtc4j.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Holds what the client sends and what the sandbox answers against the published specification.
///
/// Its facts are in `contract-v2.yaml` and `contract-v3.yaml`; where the platform is known to
/// differ, `contract-overlay.yaml` says so and why.
@NullUnmarked // JSON is read by casts
class ContractTest {

    private static final Set<String> ABOUT_THE_CLIENT =
            Set.of("host", "network", "toString", "isReadOnly", "tokenKind", "close");

    private static final Conversation CONVERSATION = new Conversation();
    private static final Map<String, Specification> SPECIFICATIONS = new LinkedHashMap<>();
    private static final Map<String, Specification> CHANGED = new LinkedHashMap<>();
    private static List<Deviation> overlay = List.of();

    @BeforeAll
    static void readTheSpecification() throws IOException {
        for (String version : List.of("v2", "v3")) {
            SPECIFICATIONS.put(version, Specification.ofContract(version));
        }
        overlay = Overlay.read();
        SPECIFICATIONS.forEach(
                (version, published) -> CHANGED.put(version, published.with(overlay(version))));
    }

    @Test
    void everyMethodOfTheClientTakesPart() {
        assertThat(CONVERSATION.methods)
                .containsExactlyInAnyOrderElementsOf(
                        publicMethods(DbtCloudClient.class)
                                .filter(method -> !ABOUT_THE_CLIENT.contains(method.getName()))
                                .flatMap(ContractTest::calls)
                                .distinct()
                                .toList());
    }

    private static Stream<Method> publicMethods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> !Modifier.isStatic(method.getModifiers()));
    }

    /// A method of the client, or those of the group that it returns.
    private static Stream<String> calls(Method method) {
        Class<?> group = method.getReturnType();
        return group.getPackage() == DbtCloudClient.class.getPackage()
                ? publicMethods(group).map(each -> method.getName() + "." + each.getName())
                : Stream.of(method.getName());
    }

    @Test
    void clientAndSandboxKeepTheContract() {
        assertThat(complaints(CONVERSATION.exchanges)).isEmpty();
    }

    @Tag("gate")
    @Test
    void everyDeviationInTheOverlayIsNeeded() {
        List<Deviation> unused = overlay.stream().filter(deviation -> !needed(deviation)).toList();

        assertThat(unused).isEmpty();
    }

    @Test
    void aBrokenRequestIsCaught() {
        Exchange trigger = exchange("POST", "/run/");
        Request request = trigger.request();
        String body = request.body().replace("\"git_sha\"", "\"git_commit\"");

        assertThat(
                        complaints(
                                List.of(
                                        new Exchange(
                                                new Request(
                                                        request.method(),
                                                        request.uri(),
                                                        request.headers(),
                                                        body,
                                                        request.timeout()),
                                                trigger.response()))))
                .singleElement()
                .asString()
                .contains("'git_commit' is not defined");
    }

    @Test
    void aBrokenAnswerIsCaught() {
        Exchange trigger = exchange("POST", "/run/");
        Response response = trigger.response();

        assertThat(answered(trigger, response.text().replace("\"updated_at\"", "\"changed\"")))
                .anyMatch(complaint -> complaint.contains("'changed' is not defined"))
                .anyMatch(complaint -> complaint.contains("'updated_at' not found"));
        assertThat(answered(trigger, response.text().replace("\"id\":", "\"id\":null,\"ID\":")))
                .anyMatch(complaint -> complaint.contains("null found, integer expected"));
    }

    private static List<String> answered(Exchange exchange, String body) {
        return complaints(
                List.of(
                        new Exchange(
                                exchange.request(),
                                Response.of(200, exchange.response().headers(), body))));
    }

    private static Exchange exchange(String method, String end) {
        return CONVERSATION.exchanges.stream()
                .filter(exchange -> exchange.request().method().equals(method))
                .filter(exchange -> exchange.request().uri().getPath().endsWith(end))
                .findFirst()
                .orElseThrow();
    }

    /// Whether some exchange breaks the contract without this one.
    private static boolean needed(Deviation deviation) {
        List<Deviation> known = overlay(deviation.spec());
        Specification published = SPECIFICATIONS.get(deviation.spec());
        Set<String> concerned =
                CHANGED.get(deviation.spec())
                        .reaching(deviation.at(), templates(published, CONVERSATION.exchanges));
        var contract =
                new Contract(
                        published,
                        concerned,
                        known.stream().filter(other -> !other.equals(deviation)).toList());
        return CONVERSATION.exchanges.stream()
                .filter(exchange -> concerned.contains(published.template(path(exchange))))
                .anyMatch(exchange -> !contract.complaints(exchange).isEmpty());
    }

    private static List<String> complaints(List<Exchange> exchanges) {
        List<String> complaints = new ArrayList<>();
        SPECIFICATIONS.forEach((version, published) -> {
            List<Exchange> concerned =
                    exchanges.stream()
                            .filter(exchange -> path(exchange).startsWith("/api/" + version + "/"))
                            .toList();
            var contract =
                    new Contract(published, templates(published, concerned), overlay(version));
            concerned.forEach(exchange -> complaints.addAll(contract.complaints(exchange)));
        });
        return complaints;
    }

    private static List<Deviation> overlay(String version) {
        return overlay.stream().filter(deviation -> deviation.spec().equals(version)).toList();
    }

    private static Set<String> templates(Specification published, List<Exchange> exchanges) {
        Set<String> templates = new TreeSet<>();
        exchanges.forEach(exchange -> templates.add(published.template(path(exchange))));
        templates.remove("");
        return templates;
    }

    private static String path(Exchange exchange) {
        return exchange.request().uri().getRawPath();
    }
}
