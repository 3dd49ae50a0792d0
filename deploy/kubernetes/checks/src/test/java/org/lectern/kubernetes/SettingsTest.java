package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code settings.md} names every key that a service reads, and no key that it does not read. */
class SettingsTest {

    private static final String DOCUMENT = "deploy/docs/settings.md";
    private static final Pattern NAMED = Pattern.compile("`(lectern\\.[A-Za-z.-]+)`");
    private static final Pattern READ = Pattern.compile(
            "(?:@ConfigProperty\\(name = |getOptionalValue\\(|(?:every|cron|delayed) = )\"\\{?(lectern\\.[a-z.-]+)");
    /** A placeholder in capitals: the name of a format, a tier, a caller, a header or a platform. */
    private static final Pattern ANY_NAME = Pattern.compile("\\.(?:[A-Z]+|\\*|wecom|dingtalk|feishu)(?=\\.|$)");
    /** Fixed at build time. */
    private static final Set<String> FIXED = Set.of("lectern.security.scope-claims");

    @ParameterizedTest
    @ValueSource(strings = {"scheduler-service", "notification-service"})
    void everyKeyThatAServiceReads_isDocumented(String service) {
        assertThat(documented(service)).isEqualTo(read(service));
    }

    static String section(String heading) {
        return Stream.of(Repository.read(DOCUMENT).split("(?m)^## "))
                .filter(section -> section.startsWith(heading + "\n"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(DOCUMENT + " has no section " + heading));
    }

    private static Set<String> documented(String service) {
        Set<String> keys = new TreeSet<>();
        Stream.of(section("Both services"), section(service))
                .flatMap(String::lines)
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> NAMED.matcher(line.split(" \\| ", 2)[0]).results())
                .forEach(key -> keys.add(anyName(key.group(1))));
        return keys;
    }

    private static Set<String> read(String service) {
        Set<String> keys = new TreeSet<>();
        Stream.of(service, "deploy/chassis")
                .flatMap(module -> Repository.below(module + "/src/main/java").stream())
                .forEach(source -> {
                    String text = Repository.read(source);
                    READ.matcher(text).results().forEach(key -> keys.add(key.group(1)));
                    if (text.contains("@ConfigMapping(")) {
                        keys.addAll(mapped(source));
                    }
                });
        keys.removeAll(FIXED);
        return keys;
    }

    private static Set<String> mapped(Path source) {
        String path = source.toString();
        String type = path.substring(path.indexOf("org/lectern"), path.length() - ".java".length())
                .replace('/', '.');
        try {
            Class<?> mapping = Class.forName(type, false, SettingsTest.class.getClassLoader());
            String prefix = mapping.getAnnotation(ConfigMapping.class).prefix();
            Set<String> keys = new TreeSet<>();
            ConfigMappings.getProperties(new ConfigClass(mapping, prefix)).keySet().stream()
                    .map(key -> key.endsWith("[*]") ? key.substring(0, key.length() - "[*]".length()) : key)
                    .forEach(key -> keys.add(anyName(key)));
            return keys;
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static String anyName(String key) {
        return ANY_NAME.matcher(key).replaceAll(".*");
    }
}
