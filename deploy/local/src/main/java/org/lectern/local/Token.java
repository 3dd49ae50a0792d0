package org.lectern.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prints an access token of the development identity provider. Uses only the JDK, for a fast start. */
public final class Token {

    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern CODES = Pattern.compile("[A-Za-z0-9._-]+(,[A-Za-z0-9._-]+)*");
    private static final String USAGE = """
            Usage: deploy/local/token [--data DIR | --port N] organizer | branch CODE[,CODE] | lecturer CODE | operator | auditor

            Prints a bearer token of the running local stack.
              --data DIR   the folder given to deploy/local/up
              --port N     the port of its identity provider""";

    private Token() {}

    /** The token of {@code client}: a role, {@code branch:CODE[,CODE]} or {@code lecturer:CODE}. */
    public static String fetch(URI issuer, String client) throws IOException {
        return ask(URI.create(issuer + "/token"), client, "none");
    }

    /** The token of a client of any provider that grants client credentials (RFC 6749, section 4.4). */
    public static String ask(URI url, String client, String secret) throws IOException {
        var connection = (HttpURLConnection) url.toURL().openConnection(java.net.Proxy.NO_PROXY);
        connection.setConnectTimeout(2000);
        connection.setReadTimeout(20000);
        connection.setDoOutput(true);
        String form = "grant_type=client_credentials&scope=lectern&client_secret="
                + URLEncoder.encode(secret, StandardCharsets.UTF_8) + "&client_id="
                + URLEncoder.encode(client, StandardCharsets.UTF_8);
        connection.getOutputStream().write(form.getBytes(StandardCharsets.US_ASCII));
        try (InputStream answer = connection.getInputStream()) {
            Matcher token = ACCESS_TOKEN.matcher(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
            if (!token.find()) {
                throw new IOException("The identity provider answered without a token");
            }
            return token.group(1);
        }
    }

    public static void main(String[] arguments) {
        System.exit(run(Path.of(System.getProperty("lectern.data")), arguments));
    }

    private static int run(Path defaultData, String... arguments) {
        Deque<String> words = new ArrayDeque<>(Arrays.asList(arguments));
        Path data = defaultData;
        Optional<String> port = Optional.empty();
        while (!words.isEmpty() && words.getFirst().startsWith("-")) {
            String option = words.removeFirst();
            switch (option) {
                case "--help", "-h" -> {
                    System.out.println(USAGE);
                    return 0;
                }
                case "--data" ->
                    data = Path.of(Optional.ofNullable(words.pollFirst()).orElse(""));
                case "--port" -> port = Optional.ofNullable(words.pollFirst());
                default -> {
                    return misunderstood("Unknown option " + option);
                }
            }
        }
        String role = Optional.ofNullable(words.pollFirst()).orElse("");
        String client;
        switch (role) {
            case "organizer", "operator", "auditor" -> client = role;
            case "branch" -> {
                String codes = Optional.ofNullable(words.pollFirst()).orElse("");
                if (!CODES.matcher(codes).matches()) {
                    return misunderstood("A branch token requires one or more branch codes, separated by commas");
                }
                client = "branch:" + codes;
            }
            case "lecturer" -> {
                String code = Optional.ofNullable(words.pollFirst()).orElse("");
                if (!CODES.matcher(code).matches() || code.contains(",")) {
                    return misunderstood("A lecturer token requires the code of one lecturer");
                }
                client = "lecturer:" + code;
            }
            default -> {
                return misunderstood(role.isEmpty() ? "A role is required" : "Unknown role " + role);
            }
        }
        if (!words.isEmpty()) {
            return misunderstood("Unexpected argument " + words.getFirst());
        }
        return print(data, port, client);
    }

    private static int print(Path data, Optional<String> port, String client) {
        try {
            URI issuer;
            if (port.isPresent()) {
                issuer = URI.create("http://localhost:" + Integer.parseInt(port.get()) + "/" + "lectern");
            } else {
                Properties state = new Properties();
                try (var reader = Files.newBufferedReader(data.resolve(StateFile.NAME))) {
                    state.load(reader);
                }
                issuer = URI.create(state.getProperty("issuer"));
            }
            System.out.println(fetch(issuer, client));
            return 0;
        } catch (NumberFormatException e) {
            return misunderstood("--port requires a number");
        } catch (IOException e) {
            System.err.println("The local stack is not running "
                    + (port.isPresent() ? "with its identity provider on port " + port.get() : "on " + data)
                    + ". Start it with deploy/local/up.");
            return 1;
        }
    }

    private static int misunderstood(String message) {
        System.err.println(message);
        System.err.println(USAGE);
        return 2;
    }
}
