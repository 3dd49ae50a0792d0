package org.lectern.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The language of comments, of texts within the sources and of documents. Stored results and generated files are
 * exempt, and so are the tests that list the avoided words.
 */
class PlainLanguageTest {

    private static final Path ROOT = RepositoryFiles.ROOT;

    private static final Pattern AVOIDED = Pattern.compile(
            "(?<![\\w-])(?:whoever|whose|(?:of|to) whom|of which|nobody|somebody|anybody|everybody|anew|meanwhile"
                    + "|mend(?:s|ed|ing)?|is said to|(?:has|have|had) to be had|(?:go|goes|going) on|in hand"
                    + "|he(?!(?-i: [A-Z]))|his|him|told|(?:hears?|heard|speaks?) of|taken in|called off|shall"
                    + "|clash(?:es)?|becomes? of|(?:comes?|came) to)(?![\\w-])",
            Pattern.CASE_INSENSITIVE);

    private static final List<String> EXEMPT = List.of(
            "/bench/results/",
            "/rendered/",
            "/src/main/resources/contract/",
            "/mvnw",
            "/PlainLanguageTest.java",
            "/TestNamesTest.java",
            "/MessageLanguageTest.java");

    private static final String BLOCK = "/\\*.*?\\*/";
    private static final String STRING = "\"[^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+)*+\"";
    private static final String TEMPLATE = "`[^`\\\\]*+(?:\\\\.[^`\\\\]*+)*+`";

    /** How each kind of file is read. */
    private enum Kind {
        JAVA("(//[^\\n]*|" + BLOCK + "|\"\"\".*?\"\"\"|" + STRING + ")|'(?:[^'\\\\\\n]|\\\\.)*'", Kind.CODE),
        SCRIPT("(//[^\\n]*|" + BLOCK + "|" + STRING + ")|" + TEMPLATE, Kind.CODE),
        STYLE("(" + BLOCK + ")", Kind.CODE),
        SQL("(--[^\\n]*|" + BLOCK + "|'[^']*+')", Kind.CODE),
        XML("(<!--.*?-->)", Kind.CODE),
        DOCUMENT("(.+)", "(?m:^ *```)(?s:.*?)(?m:^ *```)|`[^`\\n]*`|\\]\\([^)\\s]*\\)"),
        TEXT("(.+)", "(?!)");

        private static final String CODE = "\\{@\\w+[^}]*}|`[^`\\n]*`";
        private static final Pattern NAME = Pattern.compile("\"[^ ]*\"");

        private final Pattern texts;
        private final Pattern code;

        /**
         * @param texts matches the texts for people as group 1, and other literals, so that no comment begins in them
         * @param code what is not read within the texts
         */
        Kind(String texts, String code) {
            this.texts = Pattern.compile(texts, Pattern.DOTALL);
            this.code = Pattern.compile(code);
        }

        List<MatchResult> avoidedWords(String source) {
            List<MatchResult> found = new ArrayList<>();
            Matcher word = AVOIDED.matcher(code.matcher(source)
                    .replaceAll(part -> " ".repeat(part.group().length())));
            for (MatchResult text : texts.matcher(source).results().toList()) {
                if (text.group(1) == null || NAME.matcher(text.group(1)).matches()) {
                    continue;
                }
                word.region(text.start(1), text.end(1)).useTransparentBounds(true);
                while (word.find()) {
                    found.add(word.toMatchResult());
                }
            }
            return found;
        }
    }

    @Test
    void sourcesAndDocuments_haveNoAvoidedWords() throws IOException {
        List<String> found = new ArrayList<>();
        int read = 0;
        for (Path file : files()) {
            Optional<Kind> kind = kind(file);
            if (kind.isPresent()) {
                read++;
                String text = Files.readString(file);
                for (MatchResult word : kind.get().avoidedWords(text)) {
                    long line = text.substring(0, word.start()).lines().count();
                    found.add(ROOT.relativize(file) + ":" + line + " " + word.group());
                }
            }
        }

        assertEquals(List.of(), found);
        assertTrue(read > 1500, "files read: " + read);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    JAVA     | int a; // nobody waits                      | 1
                    JAVA     | /** The branch whose name is known. */      | 1
                    JAVA     | fail("Everybody was told");                 | 2
                    JAVA     | int told = anew("whose"); // a name         | 0
                    JAVA     | /** Like {@code told}, by He Mei. */        | 0
                    JAVA     | char quote = '"'; // it goes on "so"        | 1
                    SCRIPT   | const url = `http://${whose}`;              | 0
                    SCRIPT   | /* He waits meanwhile. */                   | 2
                    STYLE    | .told { } /* mended */                      | 1
                    SQL      | SELECT told FROM a -- begins anew           | 1
                    XML      | <his><!-- for whoever reads --></his>       | 1
                    DOCUMENT | The branch is told by `told`, see [it](his) | 1
                    TEXT     | summary: "Nobody reads"                     | 1
                    TEXT     | # goes once, targets-nobody                 | 0""")
    void avoidedWord_isFoundInCommentsAndTexts(Kind kind, String sample, int expected) {
        assertEquals(expected, kind.avoidedWords(sample).size());
    }

    private static Optional<Kind> kind(Path file) throws IOException {
        String name = file.getFileName().toString();
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "java" -> Optional.of(Kind.JAVA);
            case "ts" -> Optional.of(Kind.SCRIPT);
            case "css" -> Optional.of(Kind.STYLE);
            case "sql" -> Optional.of(Kind.SQL);
            case "xml" -> Optional.of(Kind.XML);
            case "md" -> Optional.of(Kind.DOCUMENT);
            case "yaml", "yml", "properties", "sh", "txt", "Dockerfile" -> Optional.of(Kind.TEXT);
            default -> isScript(file) ? Optional.of(Kind.TEXT) : Optional.empty();
        };
    }

    private static boolean isScript(Path file) throws IOException {
        if (file.getFileName().toString().contains(".") || !Files.isExecutable(file)) {
            return false;
        }
        try (var in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(2), new byte[] {'#', '!'});
        }
    }

    private static List<Path> files() throws IOException {
        return RepositoryFiles.all().stream()
                .filter(Files::isRegularFile)
                .filter(file -> EXEMPT.stream().noneMatch(("/" + ROOT.relativize(file))::contains))
                .toList();
    }
}
