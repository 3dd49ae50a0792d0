package org.lectern.scheduler.csv;

import java.util.regex.Pattern;

/**
 * Protects against CSV injection (OWASP): texts that a spreadsheet would evaluate, including full-width signs, get a
 * leading apostrophe. A text that already has apostrophes before its sign gets one more. Removing one therefore
 * restores the exact original, and no other text changes.
 */
public final class Formula {

    private static final Pattern DANGEROUS =
            Pattern.compile("'*(?:[\\t\\r\\n]|[\\s\\u00A0\\u3000\\uFEFF]*[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20])");

    private Formula() {}

    /** Escapes a text for a cell. */
    public static String disarmed(String text) {
        return DANGEROUS.matcher(text).lookingAt() ? "'" + text : text;
    }

    /** Restores the text of a cell. */
    public static String original(String cell) {
        return cell.startsWith("'") && DANGEROUS.matcher(cell.substring(1)).lookingAt() ? cell.substring(1) : cell;
    }
}
