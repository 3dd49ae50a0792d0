package org.lectern.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The origin of an image: an in-toto statement (v1) with the predicate SLSA provenance v1. Signing it is up to you. */
final class Provenance {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BUILD_TYPE = "urn:lectern:image:v1";

    private Provenance() {}

    /**
     * Writes the statement.
     *
     * @param name of the image, without its tag
     * @param digest of the image, {@code sha256:…}
     * @param bill its bill of materials
     */
    static Path write(Path file, String service, String name, String digest, Release release, Path jre, Path bill)
            throws IOException {
        ObjectNode statement = JSON.createObjectNode().put("_type", "https://in-toto.io/Statement/v1");
        ObjectNode subject = statement.putArray("subject").addObject().put("name", name);
        subject.putObject("digest").put("sha256", digest.replaceFirst("^sha256:", ""));
        statement.put("predicateType", "https://slsa.dev/provenance/v1");
        ObjectNode predicate = statement.putObject("predicate");

        ObjectNode definition = predicate.putObject("buildDefinition").put("buildType", BUILD_TYPE);
        ObjectNode parameters = definition.putObject("externalParameters");
        release.parameters(service).forEach(parameters::put);
        ArrayNode materials = definition.putArray("resolvedDependencies");
        ObjectNode sources = materials.addObject().put("uri", "git+" + release.source() + "@" + release.revision());
        sources.putObject("digest").put("gitCommit", release.revision());
        ObjectNode base = materials.addObject().put("uri", release.basePackage());
        base.putObject("digest").put("sha256", release.baseDigest());
        ObjectNode jvm = BillOfMaterials.jvm(jre);
        ObjectNode java = materials.addObject().put("uri", jvm.path("purl").asText());
        java.putObject("digest").put("sha256", sha256(jre.resolve("lib/modules")));

        ObjectNode run = predicate.putObject("runDetails");
        run.putObject("builder").put("id", release.builder());
        ObjectNode list = run.putArray("byproducts").addObject().put("name", "sbom.json");
        list.putObject("digest").put("sha256", sha256(bill));
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), statement);
        return file;
    }

    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JVM has it
        }
    }
}
