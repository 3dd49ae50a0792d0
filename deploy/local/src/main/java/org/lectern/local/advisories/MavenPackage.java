package org.lectern.local.advisories;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A package as package-urls of the type {@code maven} and OSV name it: {@code group:artifact}. */
record MavenPackage(String name) {

    private static final Pattern PURL =
            Pattern.compile("pkg:/*(?i:maven)/(?<group>[^@?#]+)/(?<artifact>[^/@?#]+)(@(?<version>[^?#]+))?([?#].*)?");

    /** The package of a package-url; empty for other types. */
    static Optional<MavenPackage> of(String purl) {
        return matched(purl).map(url -> new MavenPackage(part(url, "group") + ":" + part(url, "artifact")));
    }

    /** The version in a package-url, if there is one. */
    static Optional<String> version(String purl) {
        return matched(purl).filter(url -> url.group("version") != null).map(url -> part(url, "version"));
    }

    private static Optional<Matcher> matched(String purl) {
        return Optional.of(PURL.matcher(purl)).filter(Matcher::matches);
    }

    private static String part(Matcher url, String name) {
        return URLDecoder.decode(url.group(name).replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return name;
    }
}
