package org.lectern.local.advisories;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An advisory matches exactly the versions that the OSV schema and Maven's version order define. */
class AdvisoriesTest {

    private static final MavenPackage CODEC = new MavenPackage("io.netty:netty-codec-http");

    private static final String ADVISORY = """
            {"id": "GHSA-1111-2222-3333", "aliases": ["CVE-2026-0001"], "modified": "2026-01-01T00:00:00Z",
             "summary": "Chunk sizes overflow",
             "affected": [{"package": {"ecosystem": "Maven", "name": "io.netty:netty-codec-http"},
                           "ranges": [{"type": "ECOSYSTEM", "events": %s}]}]}""";

    private static final String UNTIL_132 = "[{\"introduced\": \"0\"}, {\"fixed\": \"4.1.132.Final\"}]";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({
        "4.1.131.Final, true",
        "4.1.132.Final, false",
        "4.1.132, false",
        "4.1.132.Beta1, true",
        "4.1.99.Final, true",
        "4.2.0.Final, false",
    })
    void versionBeforeTheFix_isHitInMavensOrder(String version, boolean hit) throws IOException {
        assertEquals(hit, affected(UNTIL_132).holds(new Library(CODEC, version)));
    }

    @ParameterizedTest
    @CsvSource({
        "1.9, false",
        "2.0-RC1, false",
        "2.0, true",
        "2.4, true",
        "2.5, false",
        "3.0, true",
        "3.1, true",
        "3.2, false"
    })
    void severalIntervalsOfOneRange_areEvaluatedInOrder(String version, boolean hit) throws IOException {
        Affected affected = affected("""
                [{"introduced": "3.0"}, {"last_affected": "3.1"}, {"introduced": "2.0"}, {"fixed": "2.5"}]""");

        assertEquals(hit, affected.holds(new Library(CODEC, version)));
    }

    @Test
    void limit_endsTheRange() throws IOException {
        Affected affected = affected("[{\"introduced\": \"1.0\"}, {\"limit\": \"2.0\"}]");

        assertTrue(affected.holds(new Library(CODEC, "1.5")));
        assertFalse(affected.holds(new Library(CODEC, "2.0")));
    }

    @Test
    void listedVersion_isHitWithoutARange() throws IOException {
        Affected affected = Affected.of(new ObjectMapper().readTree("""
                        {"package": {"ecosystem": "Maven", "name": "io.netty:netty-codec-http"}, "versions": ["4.1.7"],
                         "ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}]}""")).orElseThrow();

        assertTrue(affected.holds(new Library(CODEC, "4.1.7")));
        assertFalse(affected.holds(new Library(CODEC, "4.1.8")));
    }

    @Test
    void otherPackagesAndEcosystems_areNotHit() throws IOException {
        assertFalse(affected(UNTIL_132).holds(new Library(new MavenPackage("io.netty:netty-codec"), "4.1.1")));
        assertTrue(Affected.of(new ObjectMapper().readTree("""
                        {"package": {"ecosystem": "npm", "name": "io.netty:netty-codec-http"}}""")).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "pkg:maven/io.netty/netty-codec-http@4.1.138.Final?type=jar, io.netty:netty-codec-http, 4.1.138.Final",
        "pkg:maven/org.example/a%2Bb@1.0%2B7?classifier=linux-x86_64#sub, org.example:a+b, 1.0+7",
        "pkg:Maven/org.example/c, org.example:c,",
    })
    void packageUrl_namesPackageAndVersion(String purl, String name, String version) {
        assertEquals(Optional.of(new MavenPackage(name)), MavenPackage.of(purl));
        assertEquals(Optional.ofNullable(version), MavenPackage.version(purl));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pkg:npm/left-pad@1.0", "pkg:maven/only-a-name@1", "io.netty:netty", ""})
    void otherUrls_nameNoMavenPackage(String purl) {
        assertTrue(MavenPackage.of(purl).isEmpty());
    }

    @Test
    void packageUrlOfAnAdvisory_isEnough() throws IOException {
        Affected affected = Affected.of(new ObjectMapper().readTree("""
                        {"package": {"purl": "pkg:maven/io.netty/netty-codec-http"}, "versions": ["4.1.7"]}""")).orElseThrow();

        assertTrue(affected.holds(new Library(CODEC, "4.1.7")));
    }

    @Test
    void hits_areATableAndExitCode1() throws IOException {
        int code = run(file("osv.json", ADVISORY.formatted(UNTIL_132)), bill("4.1.130.Final"));

        assertEquals(1, code);
        String[] lines = out.toString(StandardCharsets.UTF_8).split("\n");
        assertEquals(3, lines.length);
        assertTrue(
                lines[1].matches("io\\.netty:netty-codec-http +4\\.1\\.130\\.Final +4\\.1\\.132\\.Final "
                        + "+GHSA-1111-2222-3333 CVE-2026-0001 +Chunk sizes overflow"),
                lines[1]);
        assertEquals("1 hits: 2 libraries, 1 advisories", lines[2]);
    }

    @Test
    void noHit_isExitCode0() throws IOException {
        assertEquals(0, run(file("osv.json", ADVISORY.formatted(UNTIL_132)), bill("4.1.138.Final")));
        assertEquals("0 hits: 2 libraries, 1 advisories\n", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void arraysAndSequences_areReadAlike() throws IOException {
        String harmless = ADVISORY.formatted("[{\"introduced\": \"5.0\"}]");
        String hit = ADVISORY.formatted(UNTIL_132);
        String withdrawn = hit.replace("\"summary\"", "\"withdrawn\": \"2026-02-01T00:00:00Z\", \"summary\"");
        for (String list : new String[] {
            "[" + harmless + "," + hit + "]", harmless + "\n" + hit + "\n" + withdrawn, "[" + harmless + "]" + hit
        }) {
            out.reset();
            assertEquals(1, run(file("osv.json", list), bill("4.1.130.Final")));
            assertTrue(out.toString(StandardCharsets.UTF_8).endsWith("1 hits: 2 libraries, 2 advisories\n"));
        }
        assertEquals(0, run(file("osv.json", withdrawn), bill("4.1.130.Final")));
    }

    @Test
    void textsFromOutside_cannotSteerTheTerminal() throws IOException {
        String hostile = ADVISORY.formatted(UNTIL_132).replace("Chunk sizes", "\\u001b[2JChunk\\nsizes");

        run(file("osv.json", hostile), bill("4.1.130.Final"));

        assertFalse(out.toString(StandardCharsets.UTF_8).contains("\u001b"));
        assertEquals(3, out.toString(StandardCharsets.UTF_8).split("\n").length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "not json", "[{\"id\": \"GHSA-1\"}]", "[[]]", "\"text\""})
    void listWithoutAdvisories_isNoGoodNews(String list) throws IOException {
        assertEquals(2, run(file("osv.json", list), bill("4.1.130.Final")));
        assertTrue(errors.toString(StandardCharsets.UTF_8).startsWith("Nothing was compared: "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"bomFormat\": \"CycloneDX\", \"components\": []}", "nothing"})
    void billWithoutLibraries_isNoGoodNews(String bill) throws IOException {
        assertEquals(2, run(file("osv.json", ADVISORY.formatted(UNTIL_132)), file("bom.json", bill)));
    }

    @Test
    void missingArguments_areExplained() {
        assertEquals(2, run("osv.json"));
        assertTrue(errors.toString(StandardCharsets.UTF_8).startsWith("Usage: "));
    }

    private static Affected affected(String events) throws IOException {
        return Affected.of(new ObjectMapper()
                        .readTree(ADVISORY.formatted(events))
                        .path("affected")
                        .path(0))
                .orElseThrow();
    }

    private int run(String... arguments) {
        return Advisories.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                arguments);
    }

    private String bill(String version) throws IOException {
        return file("bom.json", """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [
                  {"type": "library", "purl": "pkg:maven/io.netty/netty-codec-http@%s?type=jar", "components": [
                    {"type": "library", "purl": "pkg:maven/org.example/nested@1.0"}]},
                  {"type": "library", "purl": "pkg:npm/swagger-ui@5.0"}]}""".formatted(version));
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }
}
