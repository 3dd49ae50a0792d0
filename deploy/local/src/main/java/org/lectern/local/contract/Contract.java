package org.lectern.local.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lectern.local.contract.ApiChange.Severity;

/** {@code deploy/local/contract --against}: reports changes that clients of earlier documents may notice. */
public final class Contract {

    private static final int COMPATIBLE = 0;
    private static final int BREAKING = 1;
    private static final int NOT_COMPARED = 2;

    private Contract() {}

    public static void main(String[] arguments) {
        System.exit(run(System.out, System.err, arguments));
    }

    /**
     * Compares earlier documents with the current ones. Documents of one service have the same title.
     *
     * @param arguments the earlier documents, {@code --}, the current documents
     * @return the exit code: 0 without a breaking change, 1 with some, 2 if a comparison was impossible
     */
    static int run(PrintStream out, PrintStream errors, String... arguments) {
        int middle = List.of(arguments).indexOf("--");
        if (middle < 1) {
            errors.println("Usage: EARLIER... -- NOW...");
            return NOT_COMPARED;
        }
        try {
            List<Described> earlier = new ArrayList<>();
            List<Described> now = new ArrayList<>();
            for (int i = 0; i < arguments.length; i++) {
                if (i != middle) {
                    (i < middle ? earlier : now).add(read(Path.of(arguments[i])));
                }
            }
            int breaking = 0;
            for (Described document : earlier) {
                Optional<Described> same = now.stream()
                        .filter(each -> each.title().equals(document.title()))
                        .findFirst();
                if (same.isEmpty()) {
                    errors.println("Nothing was compared: there is no document now of " + document.title());
                    return NOT_COMPARED;
                }
                breaking += report(out, document, same.get());
            }
            return breaking == 0 ? COMPATIBLE : BREAKING;
        } catch (IOException e) {
            errors.println("Nothing was compared: " + e.getMessage());
            return NOT_COMPARED;
        }
    }

    private static int report(PrintStream out, Described earlier, Described now) {
        List<ApiChange> changes = Comparison.of(earlier.root(), now.root());
        changes.forEach(out::println);
        int breaking = (int) changes.stream()
                .filter(change -> change.severity() == Severity.BREAKING)
                .count();
        out.printf(
                "%s: %d operations, %d breaking changes, %d warnings%n",
                earlier.title(), earlier.operations().size(), breaking, changes.size() - breaking);
        return breaking;
    }

    private static Described read(Path file) throws IOException {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IOException(file + " cannot be read as JSON", e);
        }
        if (!root.path("paths").isObject() || root.at("/info/title").asText().isEmpty()) {
            throw new IOException(file + " is no OpenAPI document");
        }
        return new Described(root);
    }
}
