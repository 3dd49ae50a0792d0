package org.lectern.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The settings of one service: those it reads and those it requires. */
record Service(String name, Set<String> read, Set<String> needed, Properties settings, Map<String, String> defaults) {

    private static final Pattern OURS = Pattern.compile("\"\\{?(lectern\\.[a-z0-9.-]+)[\"}]");
    private static final Pattern BY_VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):");
    private static final Pattern ADDRESS = Pattern.compile("(?m)^@Path\\(\"((?:/api/v1)|/[a-z]+)");
    private static final Pattern NEEDED = Pattern.compile("NEEDED = List\\.of\\(([^)]*)\\)");
    private static final Pattern MUST_BE_SET = Pattern.compile("Required outside of tests:[^.]*\\.");
    private static final Set<String> OF_QUARKUS = ofQuarkus();

    static final List<Service> ALL = List.of(of("scheduler"), of("notification"));

    static Service called(String name) {
        return ALL.stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Service of(String name) {
        String folder = name + "-service";
        String settings = Repository.read(folder + "/src/main/resources/application.properties");
        List<Path> sources = Stream.of(folder, "deploy/chassis")
                .flatMap(module -> Repository.below(module + "/src/main/java").stream())
                .toList();
        Set<String> read = new HashSet<>(OF_QUARKUS);
        Map<String, String> defaults = new HashMap<>();
        read.add("JAVA_TOOL_OPTIONS"); // read by the JVM
        ProducerConfig.configNames().forEach(key -> read.add(variable("kafka." + key)));
        ConsumerConfig.configNames().forEach(key -> read.add(variable("kafka." + key)));
        BY_VARIABLE.matcher(settings).results().forEach(match -> read.add(match.group(1)));
        for (Path source : sources) {
            String text = Repository.read(source);
            OURS.matcher(text).results().forEach(match -> read.add(variable(match.group(1))));
            if (text.contains("@ConfigMapping(")) {
                read.addAll(mapped(source, defaults));
            }
        }
        return new Service(name, read, needed(name), properties(settings), defaults);
    }

    /** The prefixes of its API: {@code /api/v1}, the paths without a token, and what pages with a login need. */
    Set<String> entrances() {
        Set<String> entrances = new TreeSet<>();
        if ("true".equals(settings.getProperty("lectern.session.enabled"))) {
            entrances.addAll(List.of("/session/", "/peer/api/v1", "/static/bundle/"));
        }
        Repository.below(name + "-service/src/main/java")
                .forEach(source -> ADDRESS.matcher(Repository.read(source))
                        .results()
                        .map(match -> match.group(1))
                        .forEach(path -> entrances.add(path.startsWith("/api/v1") ? "/api/v1" : path + "/")));
        return entrances;
    }

    /** The variables of a mapping; those of a map end in {@code *}. Adds its defaults to {@code defaults}. */
    private static Set<String> mapped(Path source, Map<String, String> defaults) {
        try {
            String path = source.toString();
            String type = path.substring(path.indexOf("org/lectern"), path.length() - ".java".length())
                    .replace('/', '.');
            Class<?> mapping = Class.forName(type, false, Service.class.getClassLoader());
            String prefix = mapping.getAnnotation(ConfigMapping.class).prefix();
            Set<String> variables = new HashSet<>();
            ConfigMappings.getProperties(new ConfigClass(mapping, prefix)).forEach((key, property) -> {
                variables.add(variable(key));
                if (property.hasDefaultValue() && property.getDefaultValue() != null) {
                    defaults.put(key, property.getDefaultValue());
                }
            });
            if (variables.isEmpty()) {
                throw new AssertionError("No settings found in " + mapping);
            }
            return variables;
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** The settings that the doctor requires, and those that settings.md requires outside of tests. */
    private static Set<String> needed(String name) {
        String doctor =
                Repository.read(name + "-service/src/main/java/org/lectern/" + name + "/doctor/ServiceNeeds.java");
        Matcher list = NEEDED.matcher(doctor);
        if (!list.find()) {
            throw new AssertionError("The doctor of " + name + " says not what is needed");
        }
        Set<String> needed = new TreeSet<>();
        Pattern.compile("\"([a-z.-]+)\"")
                .matcher(list.group(1))
                .results()
                .forEach(key -> needed.add(variable(key.group(1))));
        Matcher sentence = MUST_BE_SET.matcher(SettingsTest.section(name + "-service"));
        if (!sentence.find()) {
            throw new AssertionError("settings.md does not say what " + name + " requires");
        }
        Pattern.compile("`([A-Z_]+)`")
                .matcher(sentence.group())
                .results()
                .forEach(variable -> needed.add(variable.group(1)));
        return needed;
    }

    /** Variables that Quarkus reads at start; those fixed at build time would be ignored. */
    private static Set<String> ofQuarkus() {
        Set<String> variables = new HashSet<>();
        ObjectMapper json = new ObjectMapper();
        try {
            for (URL model : java.util.Collections.list(Service.class
                    .getClassLoader()
                    .getResources("META-INF/quarkus-config-doc/quarkus-config-model.json"))) {
                collect(json.readTree(model), variables);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return variables;
    }

    private static void collect(JsonNode node, Set<String> variables) {
        if (node.path("phase").asText().equals("RUN_TIME") && node.path("path").has("environmentVariable")) {
            variables.add(node.at("/path/environmentVariable").asText());
        }
        node.forEach(child -> collect(child, variables));
    }

    boolean reads(String variable) {
        return read.contains(variable)
                || read.stream()
                        .filter(known -> known.contains("*"))
                        .anyMatch(known -> Pattern.matches(known.replace("*", ".+"), variable));
    }

    /** The value from these variables, from the service's properties, or the default. */
    Duration duration(String key, Map<String, String> variables) {
        String set = Optional.ofNullable(variables.get(variable(key)))
                .or(() -> Optional.ofNullable(settings.getProperty(key)))
                .orElse(defaults.getOrDefault(key, "0s"));
        return duration(set);
    }

    private static Duration duration(String text) {
        Matcher parts =
                Pattern.compile("(\\d+)(ms|s|m|h|d)", Pattern.CASE_INSENSITIVE).matcher(text);
        if (!parts.matches()) {
            throw new AssertionError("No duration: " + text);
        }
        long amount = Long.parseLong(parts.group(1));
        return switch (parts.group(2).toLowerCase(Locale.ROOT)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> throw new AssertionError(text);
        };
    }

    private static Properties properties(String text) {
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(text));
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9*]", "_").toUpperCase(Locale.ROOT);
    }
}
