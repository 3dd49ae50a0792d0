package org.lectern.local.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Collects the inputs of a run from a running system: documents, tokens, and ids of existing resources. */
final class Discovery implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PARENTS = 4;
    private static final Pattern LINK = Pattern.compile("/([acou])/([A-Za-z0-9_-]{16,})");
    /** The callers that try to read a list, in this order, until one of them is allowed to. */
    private static final List<Caller> READERS = List.of(Caller.ORGANIZER, Caller.OPERATOR, Caller.AUDITOR);

    private final Target target;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    private final Map<Caller, String> tokens = new EnumMap<>(Caller.class);
    private final KnownIds ids = new KnownIds();

    Discovery(Target target) throws IOException {
        this.target = target;
        tokens.put(Caller.ANONYMOUS, "");
        tokens.put(Caller.ORGANIZER, target.tokens().of("organizer"));
        tokens.put(Caller.OPERATOR, target.tokens().of("operator"));
        tokens.put(Caller.AUDITOR, target.tokens().of("auditor"));
    }

    ApiDocument document(Target.Service service) throws IOException, InterruptedException {
        return new ApiDocument(
                service.name(),
                JSON.readTree(get(service.url() + "/q/openapi?format=json", "").body()));
    }

    /** Ids of all items of a list, in the order of the lists. */
    KnownIds ids(Map<Target.Service, ApiDocument> documents) throws IOException, InterruptedException {
        List<String> codes = new ArrayList<>();
        for (int parameters = 0; parameters <= 1; parameters++) {
            for (Map.Entry<Target.Service, ApiDocument> each : documents.entrySet()) {
                for (Operation operation : each.getValue().operations()) {
                    if (operation.lists() && pathParameters(operation).size() == parameters) {
                        list(each.getKey(), operation, codes);
                    }
                }
            }
        }
        links();
        tokens.put(Caller.BRANCH, target.tokens().of("branch:" + (codes.isEmpty() ? "NONE" : codes.getFirst())));
        return ids;
    }

    Map<Caller, String> tokens() {
        return tokens;
    }

    private static List<Operation.Parameter> pathParameters(Operation operation) {
        return operation.parameters().stream()
                .filter(each -> each.in().equals("path"))
                .toList();
    }

    private void list(Target.Service service, Operation operation, List<String> codes)
            throws IOException, InterruptedException {
        String collection = operation.path().substring(operation.path().lastIndexOf('/') + 1);
        List<String> paths = new ArrayList<>();
        if (pathParameters(operation).isEmpty()) {
            paths.add(operation.path());
        }
        for (Operation.Parameter parent : pathParameters(operation)) {
            ids.of(KnownIds.collection(operation.path(), parent.name())).stream()
                    .limit(PARENTS)
                    .forEach(id -> paths.add(operation.path().replace("{" + parent.name() + "}", id)));
        }
        for (String path : paths) {
            for (JsonNode item : read(service.url() + path).path("items")) {
                if (item.has("id")) {
                    ids.add(collection, item.path("id").asText());
                }
                if (collection.equals("branches") && item.has("code")) {
                    codes.add(item.path("code").asText());
                }
            }
        }
    }

    private JsonNode read(String url) throws IOException, InterruptedException {
        for (Caller reader : READERS) {
            var answer = get(url, tokens.getOrDefault(reader, ""));
            if (answer.statusCode() == 200) {
                return JSON.readTree(answer.body());
            }
        }
        return JSON.nullNode();
    }

    /** Links in mails, which contain the only valid tokens of their pages. */
    private void links() throws IOException, InterruptedException {
        if (target.mailbox().isEmpty()) {
            return;
        }
        LINK.matcher(get(target.mailbox() + "/mails", "").body())
                .results()
                .forEach(link -> ids.add("token:" + link.group(1), link.group(2)));
    }

    private HttpResponse<String> get(String url, String token) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The current {@code ETag}, or one that cannot match if there is none. */
    String etag(Target.Service service, String path) throws InterruptedException {
        try {
            var answer = get(service.url() + path, tokens.getOrDefault(Caller.ORGANIZER, ""));
            return answer.headers().firstValue("ETag").orElse("\"1\"");
        } catch (IOException | IllegalArgumentException e) {
            return "\"1\""; // an HTTP client refuses a hostile path
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
