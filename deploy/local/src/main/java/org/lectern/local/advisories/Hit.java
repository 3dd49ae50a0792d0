package org.lectern.local.advisories;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A library that an advisory affects. */
record Hit(Library library, Advisory advisory, List<String> fixes) {

    private static final int WORDS = 60;

    static List<Hit> among(Collection<Library> libraries, Collection<Advisory> advisories) {
        List<Hit> hits = new ArrayList<>();
        for (Library library : libraries) {
            for (Advisory advisory : advisories) {
                List<Affected> about = advisory.affected().stream()
                        .filter(affected -> affected.holds(library))
                        .toList();
                if (!about.isEmpty()) {
                    List<String> fixes = about.stream()
                            .flatMap(affected -> affected.fixes().stream())
                            .distinct()
                            .toList();
                    hits.add(new Hit(library, advisory, fixes));
                }
            }
        }
        return hits;
    }

    /** One line per hit, in columns; removes control characters from external text. */
    static String table(List<Hit> hits) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("LIBRARY", "VERSION", "FIXED IN", "ADVISORY", "SUMMARY"));
        for (Hit hit : hits) {
            String summary = hit.advisory().summary();
            rows.add(List.of(
                    hit.library().name().name(),
                    hit.library().version(),
                    hit.fixes().isEmpty() ? "-" : String.join(", ", hit.fixes()),
                    String.join(" ", hit.advisory().names()),
                    summary.length() <= WORDS ? summary : summary.substring(0, WORDS) + "…"));
        }
        int[] widths = new int[rows.getFirst().size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], plain(row.get(i)).length());
            }
        });
        var table = new StringBuilder();
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(plain(row.get(i)))
                        .repeat(' ', widths[i] - plain(row.get(i)).length() + 2);
            }
            table.append(line.toString().stripTrailing()).append('\n');
        }
        return table.toString();
    }

    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
