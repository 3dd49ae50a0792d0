package org.lectern.chassis.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The language of the messages of this module and of both services: problems, notices, mails, pages, console, start-up
 * checks, API.
 */
class MessageLanguageTest {

    private static final Path ROOT = Path.of("../..");
    private static final List<String> MODULES =
            List.of("deploy/chassis", "scheduler-service", "notification-service", "deploy/local");

    /** Where start-up checks and commands print from. */
    private static final List<String> COMMANDS = List.of("/startup/", "/doctor/", "/production/", "org/lectern/local/");

    private static final int MOST_WORDS = 25;
    private static final int MOST_WORDS_OF_A_TITLE = 7;

    /** Of the API: a clause may list the causes of a refusal. */
    private static final int MOST_WORDS_OF_A_CLAUSE = 38;

    private static final Pattern CLAUSE_END = Pattern.compile("(?<=[.!?;:])\\s+");
    private static final Pattern PARENTHESES = Pattern.compile("\\([^)]*\\)");

    private static final Pattern FORBIDDEN = Pattern.compile(
            "\\b(nobody|somebody|someone|anybody|everybody|whoever|whose|of which|of whom|anew|mend\\w*|meanwhile|he|his|him"
                    + "|shall|thereof|not to be had|speaks? (for|against)|whether or no|in (its|the|their) way"
                    + "|(is|was|were|be) told|hears? of|heard of|lift(s|ed)?|clash(es)?|goes on|called? off|taken in"
                    + "|cannot be had)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+");
    private static final Pattern MESSAGE =
            Pattern.compile("@Message\\(\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*\\+?\\s*)+)\\)\\s*String (\\w+)\\(");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");

    /** ASCII punctuation beside a Chinese character; letters and digits between them may have their own. */
    private static final Pattern HALF_WIDTH =
            Pattern.compile("\\p{IsHan}[,;:!?()\"]|[,;:!?()\"]\\p{IsHan}|\\p{IsHan}\\.");

    /**
     * Words of another term of the glossary: branch, request, guest, organizer, endpoint, topic, lecturer, held,
     * booking.
     */
    private static final Pattern OTHER_TERM = Pattern.compile("协办|承办|需求|组织方|接收方式|课题|宣讲员|举行|预订");

    /** A literal of TypeScript, without the imports; the name of a text may be one, too. */
    private static final Pattern SCRIPT_LITERAL =
            Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"|`((?:[^`\\\\]|\\\\.)*)`");

    private static final Pattern SCRIPT_ARGUMENT = Pattern.compile("\\$\\{[^{}]*}");

    /** One text that a person reads; {@code key} says where it is. */
    private record Text(String key, String value) {

        boolean isColumn() {
            return key.contains("#column-"); // names of columns accept those of earlier files, too
        }
    }

    @Test
    void englishTexts_haveNoForbiddenWords() {
        assertThat(english())
                .hasSizeGreaterThan(500)
                .filteredOn(text -> FORBIDDEN.matcher(text.value()).find())
                .isEmpty();
    }

    @Test
    void englishSentences_haveAtMost25Words() {
        assertThat(english())
                .filteredOn(text -> sentences(text).anyMatch(sentence -> words(sentence) > MOST_WORDS))
                .isEmpty();
    }

    @Test
    void apiTexts_haveNoForbiddenWords() {
        assertThat(contracts())
                .hasSizeGreaterThan(1000)
                .filteredOn(text -> FORBIDDEN.matcher(text.value()).find())
                .isEmpty();
    }

    @Test
    void apiClauses_areShort() {
        assertThat(contracts())
                .filteredOn(text -> CLAUSE_END
                        .splitAsStream(PARENTHESES.matcher(text.value()).replaceAll(""))
                        .anyMatch(clause -> words(clause) > MOST_WORDS_OF_A_CLAUSE))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en.ts", "zh.ts"})
    void consoleTexts_areRead(String language) {
        assertThat(scripts(language)).hasSizeGreaterThan(600);
    }

    @Test
    void commandLineTexts_haveNoForbiddenWords() {
        assertThat(literals())
                .hasSizeGreaterThan(100)
                .filteredOn(text -> FORBIDDEN.matcher(text.value()).find())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy/chassis", "scheduler-service", "notification-service"})
    void titlesAreNouns_detailsAreSentences_fieldErrorsArePhrases(String module) {
        List<Text> texts = english().stream()
                .filter(text -> text.key().startsWith(module) && text.key().contains("problem.properties#"))
                .toList();

        assertThat(texts)
                .filteredOn(ending(".title"))
                .isNotEmpty()
                .allSatisfy(title -> assertThat(title.value())
                        .doesNotEndWith(".")
                        .doesNotContain("?", "!")
                        .satisfies(value -> assertThat(words(value)).isLessThanOrEqualTo(MOST_WORDS_OF_A_TITLE)));
        assertThat(texts)
                .filteredOn(ending(".detail"))
                .isNotEmpty()
                .allSatisfy(detail -> assertThat(detail.value()).endsWith("."));
        assertThat(texts)
                .filteredOn(
                        text -> text.key().matches(".*#(reference|csv|cell|json|series|bulk|webhook|robot|sms)\\..*"))
                .filteredOn(ending(".title").negate().and(ending(".detail").negate()))
                .allSatisfy(error -> assertThat(error.value()).doesNotEndWith("."));
    }

    @Test
    void chineseTexts_havePunctuationOfFullWidth() {
        assertThat(chinese())
                .hasSizeGreaterThan(500)
                .filteredOn(text -> !text.isColumn())
                .filteredOn(text -> HALF_WIDTH.matcher(text.value()).find())
                .isEmpty();
    }

    @Test
    void chineseTexts_useOneTermPerConcept() {
        assertThat(chinese())
                .filteredOn(text -> !text.isColumn())
                .filteredOn(text -> OTHER_TERM.matcher(text.value()).find())
                .isEmpty();
    }

    @Test
    void chineseDetails_endWithFullStop() {
        assertThat(chinese())
                .filteredOn(ending(".detail"))
                .isNotEmpty()
                .allSatisfy(detail -> assertThat(detail.value()).endsWith("。"));
    }

    private static Predicate<Text> ending(String suffix) {
        return text -> text.key().endsWith(suffix);
    }

    /** Counts words and numbers; an argument counts as one. */
    private static long words(String sentence) {
        return Arrays.stream(sentence.split("\\s+"))
                .filter(word -> word.matches(".*[\\p{L}\\p{N}].*"))
                .count();
    }

    private static Stream<String> sentences(Text text) {
        return SENTENCE_END.splitAsStream(text.value());
    }

    private static List<Text> english() {
        return Stream.of(
                        bundles(name -> !name.contains("_zh")),
                        messages(),
                        pages(text -> !text.value().matches(".*\\p{IsHan}.*")),
                        scripts("en.ts"),
                        usage())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Text> chinese() {
        return Stream.of(
                        bundles(name -> name.contains("_zh")),
                        pages(text -> text.value().matches(".*\\p{IsHan}.*")),
                        scripts("zh.ts"))
                .flatMap(List::stream)
                .toList();
    }

    /** The texts of the properties files, with an argument in place of each placeholder. */
    private static List<Text> bundles(Predicate<String> language) {
        return files(
                        "src/main/resources",
                        path -> path.toString().endsWith(".properties")
                                && !path.endsWith("application.properties")
                                && language.test(path.getFileName().toString()))
                .flatMap(path -> {
                    Properties properties = new Properties();
                    try (var in = new StringReader(read(path))) {
                        properties.load(in);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    boolean formatted = path.getFileName().toString().contains("problem");
                    return properties.stringPropertyNames().stream()
                            .sorted()
                            .flatMap(key -> variants(properties.getProperty(key), formatted)
                                    .map(value -> new Text(name(path) + "#" + key, value)));
                })
                .toList();
    }

    /** Both branches of each choice. */
    private static Stream<String> variants(String value, boolean formatted) {
        if (!formatted) {
            return Stream.of(value);
        }
        return IntStream.range(0, 2)
                .mapToObj(n -> new MessageFormat(value).format(new Object[] {n, n, n, n, n, n}))
                .distinct();
    }

    private static List<Text> messages() {
        return files("src/main/java", path -> path.toString().endsWith("Texts.java"))
                .flatMap(path -> MESSAGE.matcher(read(path))
                        .results()
                        .map(found -> new Text(name(path) + "#" + found.group(2), joined(found.group(1)))))
                .toList();
    }

    private static String joined(String literals) {
        return LITERAL.matcher(literals).results().map(found -> found.group(1)).collect(Collectors.joining());
    }

    /** The texts between the tags of the templates. */
    private static List<Text> pages(Predicate<Text> language) {
        return files("src/main/resources/templates", path -> path.toString().endsWith(".html"))
                .flatMap(path -> Arrays.stream(read(path)
                                .replaceAll("(?s)<style.*?</style>", "")
                                .split("<[^>]*>|\\{[#/][^}]*}"))
                        .map(String::strip)
                        .filter(value -> !value.isEmpty())
                        .map(value -> new Text(name(path), value)))
                .filter(language)
                .toList();
    }

    /** The texts of the browser pages in one language, with an argument in place of each expression. */
    private static List<Text> scripts(String language) {
        return files("src/main/resources/web", path -> path.endsWith(language))
                .flatMap(path -> read(path)
                        .lines()
                        .filter(line -> !line.startsWith("import "))
                        .flatMap(line -> SCRIPT_LITERAL.matcher(line).results())
                        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                        .filter(value -> !value.isEmpty())
                        .map(value -> new Text(
                                name(path), SCRIPT_ARGUMENT.matcher(value).replaceAll("0"))))
                .toList();
    }

    /** Titles, summaries and descriptions of the API, the events and their schemas. */
    private static List<Text> contracts() {
        return files("src/main/resources/contract", path -> !path.endsWith("openapi.yaml"))
                .filter(path -> !path.toString().contains("/example/"))
                .flatMap(path -> descriptions(name(path), document(path)).distinct())
                .toList();
    }

    private static JsonNode document(Path path) {
        try {
            return new ObjectMapper(new YAMLFactory()).readTree(read(path)); // JSON is YAML, too
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Text> descriptions(String file, JsonNode node) {
        Stream<Text> own = node.properties().stream()
                .filter(member -> member.getValue().isTextual())
                .filter(member -> List.of("title", "summary", "description").contains(member.getKey()))
                .map(member -> new Text(file, member.getValue().asText().replaceAll("\\s+", " ")));
        return Stream.concat(own, node.valueStream().flatMap(child -> descriptions(file, child)));
    }

    private static List<Text> usage() {
        Path file = ROOT.resolve("deploy/local/src/main/resources/usage.txt");
        return Arrays.stream(read(file).split("\n\n")[1].split("\n"))
                .map(line -> new Text(name(file), line))
                .toList();
    }

    /** Literals of more than one word; the texts of chaos runs are left out, and demonstration data. */
    private static List<Text> literals() {
        List<Text> texts = new ArrayList<>();
        files("src/main/java", path -> path.toString().endsWith(".java"))
                .filter(path -> COMMANDS.stream().anyMatch(path.toString()::contains))
                .filter(path ->
                        !path.toString().contains("/chaos/") && !path.toString().contains("/demo/BookingPlan"))
                .forEach(path -> {
                    Matcher literal = LITERAL.matcher(read(path).replaceAll("(?m)^\\s*(//|\\*|/\\*\\*).*$", ""));
                    while (literal.find()) {
                        if (literal.group(1).contains(" ")) {
                            texts.add(new Text(name(path), literal.group(1)));
                        }
                    }
                });
        return texts;
    }

    private static Stream<Path> files(String folder, Predicate<Path> wanted) {
        return MODULES.stream()
                .map(module -> ROOT.resolve(module).resolve(folder))
                .filter(Files::isDirectory)
                .flatMap(path -> {
                    try (Stream<Path> found = Files.walk(path)) {
                        return found.filter(Files::isRegularFile).filter(wanted).sorted().toList().stream();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static String name(Path path) {
        return ROOT.relativize(path).toString();
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
