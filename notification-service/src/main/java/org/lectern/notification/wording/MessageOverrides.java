package org.lectern.notification.wording;

import io.quarkus.qute.i18n.Message;
import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An organisation's texts in a folder: {@code notice_en.properties}, {@code notice_zh-CN.properties} and so on for all
 * branches. The same files in a folder named by a branch's code apply to that branch and all below it. Properties are
 * in UTF-8. A text uses plain {@code {name}} placeholders; it is not a template, and text from people is never parsed
 * as one.
 */
final class MessageOverrides {

    static final List<String> LANGUAGES = List.of("en", "zh-CN");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    private static final int LONGEST = 500;

    /** For all branches (under the empty code) or a subtree; then by bundle and language; then by message. */
    private final Map<String, Map<String, Map<String, String>>> texts = new HashMap<>();

    private MessageOverrides() {}

    /** No overrides. */
    static MessageOverrides none() {
        return new MessageOverrides();
    }

    /**
     * Reads the overrides in a folder.
     *
     * @throws InvalidTexts with all violations
     */
    static MessageOverrides read(Path folder, List<Overridable> bundles) {
        MessageOverrides overrides = new MessageOverrides();
        List<String> violations = new ArrayList<>();
        try (Stream<Path> children = Files.list(folder)) {
            List<Path> all = children.sorted().toList();
            overrides.add("", folder, all.stream().filter(Files::isRegularFile).toList(), bundles, violations);
            for (Path subtree : all.stream().filter(Files::isDirectory).toList()) {
                try (Stream<Path> files = Files.list(subtree)) {
                    overrides.add(
                            String.valueOf(subtree.getFileName()),
                            folder,
                            files.sorted().toList(),
                            bundles,
                            violations);
                }
            }
        } catch (IOException e) {
            violations.add("cannot be read: " + e.getMessage());
        }
        if (!violations.isEmpty()) {
            throw new InvalidTexts(violations);
        }
        return overrides;
    }

    private void add(String code, Path folder, List<Path> files, List<Overridable> bundles, List<String> violations)
            throws IOException {
        Map<String, Map<String, String>> found = new TreeMap<>();
        for (Path file : files) {
            String place = folder.relativize(file).toString();
            String name = String.valueOf(file.getFileName());
            var bundle = bundles.stream()
                    .filter(each -> LANGUAGES.stream().anyMatch(language -> name.equals(fileOf(each, language))))
                    .findFirst();
            if (bundle.isEmpty()) {
                violations.add(place + " is none of " + fileNames(bundles));
                continue;
            }
            Properties properties = new Properties();
            try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(in);
            } catch (IllegalArgumentException | IOException e) {
                violations.add(place + " is no properties file in UTF-8");
                continue;
            }
            Map<String, String> messages = new TreeMap<>();
            properties.stringPropertyNames().forEach(key -> messages.put(key, properties.getProperty(key)));
            check(place, messages, bundle.get(), violations);
            found.put(name.substring(0, name.length() - ".properties".length()), messages);
        }
        demandBothLanguages(code, found, bundles, violations);
        texts.put(code, found);
    }

    private static void check(String place, Map<String, String> messages, Overridable bundle, List<String> violations) {
        Map<String, Method> known = messagesOf(bundle.texts());
        messages.forEach((key, text) -> {
            Method message = known.get(key);
            if (message == null) {
                violations.add(place + ": " + key + " is no text of ours");
                return;
            }
            if (text.isBlank() || text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
                violations.add(place + ": " + key + " must be one line of 1 to " + LONGEST + " characters");
            }
            Set<String> parameters = Arrays.stream(message.getParameters())
                    .map(Parameter::getName)
                    .collect(Collectors.toSet());
            Set<String> unknown = new TreeSet<>();
            Matcher placeholders = PLACEHOLDER.matcher(text);
            while (placeholders.find()) {
                if (!parameters.contains(placeholders.group(1))) {
                    unknown.add(placeholders.group());
                }
            }
            if (!unknown.isEmpty()) {
                violations.add(place + ": " + key + " knows no " + String.join(", ", unknown));
            }
            String rest = PLACEHOLDER.matcher(text).replaceAll("");
            if (rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0) {
                violations.add(place + ": " + key + " has a brace that belongs to no placeholder");
            }
        });
    }

    /** An override in one language only would give half of the branches another text. */
    private static void demandBothLanguages(
            String code, Map<String, Map<String, String>> found, List<Overridable> bundles, List<String> violations) {
        for (Overridable bundle : bundles) {
            Map<String, Set<String>> keys = new TreeMap<>();
            for (String language : LANGUAGES) {
                keys.put(
                        language,
                        found.getOrDefault(bundle.name() + "_" + language, Map.of())
                                .keySet());
            }
            Set<String> all = new TreeSet<>();
            keys.values().forEach(all::addAll);
            keys.forEach((language, there) -> all.stream()
                    .filter(key -> !there.contains(key))
                    .forEach(key -> violations.add((code.isEmpty() ? "" : code + "/") + fileOf(bundle, language) + ": "
                            + key + " is worded in the other language only")));
        }
    }

    private static String fileOf(Overridable bundle, String language) {
        return bundle.name() + "_" + language + ".properties";
    }

    private static String fileNames(List<Overridable> bundles) {
        return bundles.stream()
                .flatMap(bundle -> LANGUAGES.stream().map(language -> fileOf(bundle, language)))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static Map<String, Method> messagesOf(Class<?> bundle) {
        return Arrays.stream(bundle.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Message.class))
                .collect(Collectors.toMap(Method::getName, Function.identity()));
    }

    boolean isEmpty() {
        return texts.isEmpty();
    }

    /** Whether any override applies to a subtree only. */
    boolean hasSubtrees() {
        return texts.keySet().stream().anyMatch(code -> !code.isEmpty());
    }

    /**
     * The overrides of a branch: its own first, then those of the branches above it, then those for all.
     *
     * @param codes its own code and those above it, the nearest first
     */
    Map<String, String> of(String bundle, String language, List<String> codes) {
        Map<String, String> words = new HashMap<>();
        words.putAll(texts.getOrDefault("", Map.of()).getOrDefault(bundle + "_" + language, Map.of()));
        for (String code : codes.reversed()) {
            if (!code.isEmpty()) {
                words.putAll(texts.getOrDefault(code, Map.of()).getOrDefault(bundle + "_" + language, Map.of()));
            }
        }
        return words;
    }

    /** A text with its placeholders replaced. */
    static String filled(String text, Method message, Object[] arguments) {
        Map<String, String> values = new HashMap<>();
        Parameter[] parameters = message.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            values.put(parameters[i].getName(), String.valueOf(arguments[i]));
        }
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
    }
}
