package org.lectern.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** The addresses of a running system from a properties file, such as the local stack's {@code stack.properties}. */
public final class StackDescription {

    private final Properties described = new Properties();

    /** @throws IllegalArgumentException if the file cannot be read */
    public StackDescription(Path file) {
        try (var reader = Files.newBufferedReader(file)) {
            described.load(reader);
        } catch (IOException e) {
            throw new IllegalArgumentException("--against " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Addresses separated by commas, each without its trailing slash. */
    public List<String> addresses(String key) {
        return Arrays.stream(text(key).split(",", -1))
                .map(String::strip)
                .map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url)
                .toList();
    }

    /** @throws IllegalArgumentException if the key is missing */
    public String text(String key) {
        String text = text(key, "");
        if (text.isEmpty()) {
            throw new IllegalArgumentException("--against: the file does not say " + key);
        }
        return text;
    }

    public String text(String key, String otherwise) {
        return described.getProperty(key, otherwise).strip();
    }

    /** All keys that begin with {@code prefix}, without it. */
    public Map<String, String> below(String prefix) {
        return described.stringPropertyNames().stream()
                .filter(key -> key.startsWith(prefix))
                .collect(Collectors.toMap(key -> key.substring(prefix.length()), this::text));
    }
}
