package org.lectern.scheduler.csv;

import java.util.regex.Pattern;

/**
 * Texts that a spreadsheet would take for a formula (OWASP, "CSV Injection"; full-width signs included, which some
 * spreadsheets take for the plain ones). An apostrophe in front disarms them. Since a text that has apostrophes before
 * its sign gets one more, taking one away gives back exactly what was there, and no other text is touched.
 */
public final class Formula {

    private static final Pattern DANGEROUS =
            Pattern.compile("'*(?:[\\t\\r\\n]|[\\s\\u00A0\\u3000\\uFEFF]*[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20])");

    private Formula() {}

    /** The text as it may stand in a cell. */
    public static String disarmed(String text) {
        return DANGEROUS.matcher(text).lookingAt() ? "'" + text : text;
    }

    /** The text that a cell stands for. */
    public static String original(String cell) {
        return cell.startsWith("'") && DANGEROUS.matcher(cell.substring(1)).lookingAt() ? cell.substring(1) : cell;
    }
}
