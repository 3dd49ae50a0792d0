package org.lectern.local.advisories;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.artifact.versioning.ComparableVersion;

/**
 * The versions of one package that an advisory affects, evaluated as the <a
 * href="https://ossf.github.io/osv-schema/#evaluation">OSV schema</a> specifies, with Maven's version order.
 */
record Affected(MavenPackage name, Set<String> versions, List<List<Event>> ranges) {

    /** Where a range begins or ends. */
    record Event(Kind kind, String version) {

        /** {@code introduced: 0} is before every version. */
        boolean isBeginning() {
            return kind == Kind.INTRODUCED && version.equals("0");
        }
    }

    /** In the order in which events of the same version apply. */
    enum Kind {
        INTRODUCED,
        FIXED,
        LAST_AFFECTED,
        LIMIT
    }

    private static final Comparator<Event> ORDER = Comparator.comparing((Event event) -> !event.isBeginning())
            .thenComparing(event -> new ComparableVersion(event.version()))
            .thenComparing(Event::kind);

    /** Empty for packages of other ecosystems. */
    static Optional<Affected> of(JsonNode affected) {
        JsonNode described = affected.path("package");
        Optional<MavenPackage> name = MavenPackage.of(described.path("purl").asText());
        if (name.isEmpty() && isMaven(described.path("ecosystem").asText())) {
            name = Optional.of(new MavenPackage(described.path("name").asText()));
        }
        return name.map(found -> {
            Set<String> versions = new HashSet<>();
            affected.path("versions").forEach(version -> versions.add(version.asText()));
            List<List<Event>> ranges = new ArrayList<>();
            for (JsonNode range : affected.path("ranges")) {
                if (!range.path("type").asText().equals("GIT")) {
                    ranges.add(events(range.path("events")));
                }
            }
            return new Affected(found, versions, ranges);
        });
    }

    /** {@code Maven}, or {@code Maven:} and the address of a repository. */
    private static boolean isMaven(String ecosystem) {
        return ecosystem.equals("Maven") || ecosystem.startsWith("Maven:");
    }

    private static List<Event> events(JsonNode events) {
        List<Event> found = new ArrayList<>();
        for (JsonNode event : events) {
            for (Kind kind : Kind.values()) {
                JsonNode version = event.path(kind.name().toLowerCase(Locale.ROOT));
                if (!version.isMissingNode()) {
                    found.add(new Event(kind, version.asText()));
                }
            }
        }
        return found.stream().sorted(ORDER).toList();
    }

    boolean holds(Library library) {
        return library.name().equals(name)
                && (versions.contains(library.version())
                        || ranges.stream().anyMatch(range -> holds(range, new ComparableVersion(library.version()))));
    }

    private static boolean holds(List<Event> range, ComparableVersion version) {
        boolean holds = false;
        boolean limited = false;
        boolean withinLimits = false;
        for (Event event : range) {
            int order = version.compareTo(new ComparableVersion(event.version()));
            switch (event.kind()) {
                case INTRODUCED -> holds = holds || event.isBeginning() || order >= 0;
                case FIXED -> holds = holds && order < 0;
                case LAST_AFFECTED -> holds = holds && order <= 0;
                case LIMIT -> {
                    limited = true;
                    withinLimits = withinLimits || order < 0;
                }
            }
        }
        return holds && (!limited || withinLimits);
    }

    /** The versions that end a range, as text for the reader. */
    List<String> fixes() {
        return ranges.stream()
                .flatMap(List::stream)
                .filter(event -> event.kind() == Kind.FIXED)
                .map(Event::version)
                .toList();
    }
}
