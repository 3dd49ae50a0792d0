package org.lectern.chassis.http;

import java.util.List;
import java.util.regex.Pattern;

/** The grammar of {@code Content-Type} and {@code Accept} (RFC 9110 sections 8.3 and 12.5.1). */
final class MediaTypeSyntax {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
    private static final String QUOTED = "\"(?:[\\t !#-\\[\\]-~\\x80-\\xff]|\\\\[\\t -~\\x80-\\xff])*+\"";
    private static final String PARAMETERS =
            "(?:[ \\t]*+;[ \\t]*+(?![qQ]=)(?:" + TOKEN + "=(?:" + TOKEN + "|" + QUOTED + "))?+)*+";
    private static final String WEIGHT = "(?:[ \\t]*+;[ \\t]*+[qQ]=(?:0?\\.[0-9]{1,3}|0\\.?|1(?:\\.0{0,3})?))?+";

    private static final Pattern CONTENT_TYPE = Pattern.compile("[ \\t]*+" + TOKEN + "/" + TOKEN
            + "(?:[ \\t]*+;[ \\t]*+(?:" + TOKEN + "=(?:" + TOKEN + "|" + QUOTED + "))?+)*+[ \\t]*+");
    /** Accepts a bare asterisk: the JDK's HTTP clients have always sent it. */
    private static final String RANGE =
            "(?:" + TOKEN + "/" + TOKEN + "|\\*)" + PARAMETERS + WEIGHT + PARAMETERS + "[ \\t]*+";

    private static final Pattern ACCEPT =
            Pattern.compile("[ \\t]*+(?:" + RANGE + ")?+(?:,[ \\t]*+(?:" + RANGE + ")?+)*+");

    private MediaTypeSyntax() {}

    /** Whether there is at most one content type, and it is well-formed. */
    static boolean isContentType(List<String> fields) {
        return fields.isEmpty()
                || fields.size() == 1 && CONTENT_TYPE.matcher(fields.getFirst()).matches();
    }

    /** Whether all media ranges and weights are well-formed. */
    static boolean isAccept(List<String> fields) {
        return fields.stream().allMatch(field -> ACCEPT.matcher(field).matches());
    }
}
