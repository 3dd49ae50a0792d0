package org.lectern.chassis.database;

/** Which characters a text may contain. */
public final class Text {

    private Text() {}

    /** Whether PostgreSQL can store the text as UTF-8: no U+0000, no unpaired surrogate. */
    public static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                if (i + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            } else if (Character.isLowSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    /** Replaces characters that PostgreSQL cannot store by U+FFFD. */
    public static String storable(String text) {
        if (isStorable(text)) {
            return text;
        }
        var storable = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> point == 0 || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                        ? 0xFFFD
                        : point)
                .forEach(storable::appendCodePoint);
        return storable.toString();
    }
}
