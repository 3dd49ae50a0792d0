package org.lectern.local.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private String file(String name, String title, String paths) throws IOException {
        String document = "{\"info\": {\"title\": \"%s\"}, \"paths\": {%s}}".formatted(title, paths);
        return Files.writeString(folder.resolve(name), document).toString();
    }

    private int run(String... arguments) {
        var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return Contract.run(out, out, arguments);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void breakingChange_endsWithOne() throws IOException {
        String earlier = file("earlier.json", "Things", "\"/things\": {\"get\": {}}");
        String now = file("now.json", "Things", "");

        assertEquals(1, run(earlier, "--", now));
        assertEquals(
                "BREAKING GET /things: operation removed\nThings: 1 operations, 1 breaking changes, 0 warnings\n",
                printed());
    }

    @Test
    void addition_endsWithZero() throws IOException {
        String earlier = file("earlier.json", "Things", "");
        String now = file("now.json", "Things", "\"/things\": {\"get\": {}}");

        assertEquals(0, run(earlier, "--", now));
    }

    @Test
    void documentsOfOneServiceAreComparedByTitle() throws IOException {
        String earlier = file("earlier.json", "Things", "\"/things\": {\"get\": {}}");
        String other = file("other.json", "Others", "");
        String now = file("now.json", "Things", "\"/things\": {\"get\": {}}");

        assertEquals(0, run(earlier, "--", other, now));
        assertEquals(2, run(other, "--", now));
    }

    @Test
    void noDocument_endsWithTwo() throws IOException {
        String now = file("now.json", "Things", "");
        String empty = Files.writeString(folder.resolve("empty.json"), "{}").toString();

        assertEquals(2, run(empty, "--", now));
        assertEquals(2, run(folder.resolve("none.json").toString(), "--", now));
    }
}
