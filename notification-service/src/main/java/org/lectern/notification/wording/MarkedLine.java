package org.lectern.notification.wording;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line of a message, split for display in HTML: the label before its colon, and web addresses as links. The pieces
 * joined equal the line; the template escapes each of them.
 */
public record MarkedLine(@Nullable String label, List<Piece> pieces) {

    private static final Pattern LABEL = Pattern.compile("^([^:：]{1,24})(: |：)");
    /** A web address excludes trailing punctuation and closing brackets, in either script. */
    private static final Pattern WEB =
            Pattern.compile("https?://[^\\s\\p{Cc}<>\"、，。；：！？）】」』]*[^\\s\\p{Cc}<>\"'、，。；：！？）】」』.,;:!?)\\]]");

    /** Text, or a web address. */
    public record Piece(String text, boolean web) {}

    /** The lines of a text. */
    public static List<MarkedLine> of(String text) {
        return text.lines().map(MarkedLine::line).toList();
    }

    private static MarkedLine line(String line) {
        Matcher label = LABEL.matcher(line);
        boolean labelled = label.find() && !line.startsWith("http");
        List<Piece> pieces = new ArrayList<>();
        String rest = labelled ? line.substring(label.end()) : line;
        Matcher web = WEB.matcher(rest);
        int from = 0;
        while (web.find()) {
            if (web.start() > from) {
                pieces.add(new Piece(rest.substring(from, web.start()), false));
            }
            pieces.add(new Piece(web.group(), true));
            from = web.end();
        }
        if (from < rest.length()) {
            pieces.add(new Piece(rest.substring(from), false));
        }
        return new MarkedLine(labelled ? label.group(1) : null, List.copyOf(pieces));
    }
}
