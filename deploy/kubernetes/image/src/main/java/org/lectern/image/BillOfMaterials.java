package org.lectern.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The bill of materials of an image (CycloneDX): the jars, which Maven has listed, the JVM that is linked into it, and
 * the image below. The same staged files and the same base give the same bill.
 */
final class BillOfMaterials {

    private static final ObjectMapper JSON = new ObjectMapper();

    private BillOfMaterials() {}

    /**
     * Writes {@code target/sbom.json} of a service.
     *
     * @param jars the bill that Maven wrote
     * @param jre the JVM of the image
     * @param release names the image below; null adds nothing about it
     * @param time the time of change of the file
     */
    static Path write(Path jars, Path jre, @Nullable Release release, FileTime time) throws IOException {
        if (!Files.exists(jars)) {
            throw new IllegalArgumentException(
                    "There is no " + jars + ": ./mvnw package makes it, but not with -Dquick");
        }
        JsonNode read = JSON.readTree(jars.toFile());
        if (!(read instanceof ObjectNode bill)
                || !bill.path("bomFormat").asText().equals("CycloneDX")) {
            throw new IllegalArgumentException(jars + " is no bill of materials in CycloneDX JSON");
        }
        ArrayNode components = bill.withArray("components");
        components.add(jvm(jre));
        if (release != null) {
            components.add(base(release));
        }
        Path written = jars.resolveSibling("sbom.json");
        JSON.writerWithDefaultPrettyPrinter().writeValue(written.toFile(), bill);
        Files.setLastModifiedTime(written, time);
        return written;
    }

    /** The JVM, from the file {@code release} that {@code jlink} writes. */
    static ObjectNode jvm(Path jre) throws IOException {
        Properties facts = new Properties();
        try (var in = Files.newBufferedReader(jre.resolve("release"))) {
            facts.load(in);
        }
        String version = fact(facts, "JAVA_RUNTIME_VERSION", fact(facts, "JAVA_VERSION", ""));
        if (version.isEmpty()) {
            throw new IllegalArgumentException(jre.resolve("release") + " does not say which version of Java it is");
        }
        String vendor = fact(facts, "IMPLEMENTOR", "unknown");
        String reference = "pkg:generic/openjdk@" + version.replace("+", "%2B");
        ObjectNode jvm = JSON.createObjectNode();
        jvm.put("type", "platform")
                .put("bom-ref", reference)
                .put("name", "openjdk")
                .put("version", version);
        jvm.putObject("supplier").put("name", vendor);
        jvm.put("purl", reference);
        // how the lists of vulnerabilities name it
        jvm.put("cpe", "cpe:2.3:a:oracle:openjdk:" + fact(facts, "JAVA_VERSION", version) + ":*:*:*:*:*:*:*");
        ArrayNode properties = jvm.putArray("properties");
        property(properties, "lectern:jvm:build", fact(facts, "IMPLEMENTOR_VERSION", vendor));
        property(properties, "lectern:jvm:modules", fact(facts, "MODULES", ""));
        return jvm;
    }

    /** The image below: what is in it, a scanner must say. */
    private static ObjectNode base(Release release) {
        ObjectNode base = JSON.createObjectNode();
        base.put("type", "container")
                .put("bom-ref", release.basePackage())
                .put("name", release.base().substring(0, release.base().indexOf('@')))
                .put("version", "sha256:" + release.baseDigest());
        base.putArray("hashes").addObject().put("alg", "SHA-256").put("content", release.baseDigest());
        base.put("purl", release.basePackage());
        return base;
    }

    private static void property(ArrayNode properties, String name, String value) {
        properties.addObject().put("name", name).put("value", value);
    }

    private static String fact(Properties facts, String name, String otherwise) {
        return facts.getProperty(name, otherwise).replace("\"", "");
    }
}
