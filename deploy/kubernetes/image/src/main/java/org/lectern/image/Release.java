package org.lectern.image;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What an image says of its origin.
 *
 * @param version of the project
 * @param revision the commit of the sources
 * @param source the address of their repository
 * @param licenses of what is in the image, as an SPDX expression
 * @param base the image below, by digest: a tag may mean another image tomorrow
 * @param builder identifies who built it, as a URI
 */
record Release(String version, String revision, String source, String licenses, String base, String builder) {

    static final String BUILDER = "urn:lectern:image:build";

    private static final Pattern PINNED = Pattern.compile("[^@\\s]+@sha256:[0-9a-f]{64}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}(?:[0-9a-f]{24})?");
    private static final String LABEL = "org.opencontainers.image.";

    /**
     * Takes what a release needs out of the options of the script.
     *
     * @throws IllegalArgumentException names the option that is missing or wrong, and what to enter
     */
    static Release of(Map<String, String> options) {
        return new Release(
                demanded(options, "--version", "the version of the project"),
                matching(options, "--revision", COMMIT, "the whole hash of a commit; commit your changes first"),
                demanded(
                        options,
                        "--source",
                        "the address of the repository, for example https://git.example.org/lectern"),
                demanded(options, "--licenses", "an SPDX expression"),
                matching(
                        options,
                        "--from",
                        PINNED,
                        "the base image by digest, NAME@sha256:…; your registry says which digest you have checked"),
                options.getOrDefault("--builder", BUILDER));
    }

    private static String demanded(Map<String, String> options, String name, String what) {
        String value = options.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("A release needs " + name + ": " + what);
        }
        return value.strip();
    }

    private static String matching(Map<String, String> options, String name, Pattern form, String what) {
        String value = demanded(options, name, what);
        if (!form.matcher(value).matches()) {
            throw new IllegalArgumentException(name + " is \"" + value + "\", but a release needs " + what);
        }
        return value;
    }

    /** The digest of the base, {@code sha256} and hexadecimal digits apart. */
    String baseDigest() {
        return base.substring(base.indexOf("@sha256:") + "@sha256:".length());
    }

    /**
     * The labels of the image (annotations of the OCI image specification).
     *
     * @param created a time that is the same for the same sources
     */
    Map<String, String> labels(String service, String created) {
        Map<String, String> labels = new TreeMap<>();
        labels.put(LABEL + "title", service);
        labels.put(LABEL + "version", version);
        labels.put(LABEL + "revision", revision);
        labels.put(LABEL + "source", source);
        labels.put(LABEL + "licenses", licenses);
        labels.put(LABEL + "created", created);
        labels.put(LABEL + "base.name", base);
        return labels;
    }

    /** The base as a package URL. */
    String basePackage() {
        String name = base.substring(0, base.indexOf('@')).replaceFirst(":[^/]*$", "");
        String last = name.substring(name.lastIndexOf('/') + 1);
        return "pkg:oci/" + last + "@sha256%3A" + baseDigest() + "?repository_url=" + name;
    }

    /** For the provenance: what the caller of the build chose. */
    Map<String, String> parameters(String service) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("service", service);
        parameters.put("version", version);
        parameters.put("revision", revision);
        parameters.put("source", source);
        parameters.put("base", base);
        return parameters;
    }
}
