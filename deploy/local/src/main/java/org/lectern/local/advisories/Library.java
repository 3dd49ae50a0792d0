package org.lectern.local.advisories;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A library in a bill of materials. */
record Library(MavenPackage name, String version) {

    /**
     * The Maven libraries of a bill of materials in CycloneDX JSON, including nested ones.
     *
     * @throws IOException if the file cannot be read or has another format
     */
    static List<Library> read(Path bill) throws IOException {
        JsonNode root = new ObjectMapper().readTree(bill.toFile());
        if (!"CycloneDX".equals(root.path("bomFormat").asText())) {
            throw new IOException(bill + " is no bill of materials in CycloneDX JSON");
        }
        List<Library> found = new ArrayList<>();
        collect(root.path("components"), found);
        if (found.isEmpty()) {
            throw new IOException(bill + " names no Maven library");
        }
        return found;
    }

    private static void collect(JsonNode components, List<Library> found) {
        for (JsonNode component : components) {
            String purl = component.path("purl").asText();
            MavenPackage.of(purl)
                    .ifPresent(name -> found.add(new Library(
                            name,
                            MavenPackage.version(purl)
                                    .orElse(component.path("version").asText()))));
            collect(component.path("components"), found);
        }
    }
}
