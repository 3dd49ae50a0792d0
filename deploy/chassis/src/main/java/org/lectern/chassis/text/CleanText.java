package org.lectern.chassis.text;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The one cleaning of texts from JSON, CSV files and queries, so that equal texts have equal code points wherever they
 * come from. {@link #of} removes blanks at both ends, composes (NFC) and writes line breaks as U+000A. {@link #hidden}
 * finds invisible characters; the caller refuses them.
 */
public final class CleanText {

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int BLACK_FLAG = 0x1F3F4;

    /** Scripts in which joiners change the shape of letters. */
    private static final Set<UnicodeScript> JOINING = EnumSet.of(
            UnicodeScript.ARABIC,
            UnicodeScript.SYRIAC,
            UnicodeScript.MONGOLIAN,
            UnicodeScript.DEVANAGARI,
            UnicodeScript.BENGALI,
            UnicodeScript.GURMUKHI,
            UnicodeScript.GUJARATI,
            UnicodeScript.ORIYA,
            UnicodeScript.TAMIL,
            UnicodeScript.TELUGU,
            UnicodeScript.KANNADA,
            UnicodeScript.MALAYALAM,
            UnicodeScript.SINHALA,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR,
            UnicodeScript.TIBETAN);

    private CleanText() {}

    /** The text without blanks at its ends, composed (NFC), with U+000A as its only line break. */
    public static String of(String text) {
        int from = 0;
        int until = text.length();
        while (from < until && isBlank(text.charAt(from))) {
            from++;
        }
        while (until > from && isBlank(text.charAt(until - 1))) {
            until--;
        }
        String inner = text.substring(from, until);
        if (inner.indexOf('\r') >= 0) {
            inner = inner.replace("\r\n", "\n").replace('\r', '\n');
        }
        return Normalizer.isNormalized(inner, Normalizer.Form.NFC)
                ? inner
                : Normalizer.normalize(inner, Normalizer.Form.NFC);
    }

    /** How many characters a person counts roughly: code points, not UTF-16 units. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The text in at most that many code points; the last is an ellipsis if it is cut. */
    public static String shortened(String text, int most) {
        return length(text) <= most ? text : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }

    /** White space of any kind, also no-break and ideographic spaces. */
    public static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /**
     * The first invisible or control character. Line feeds, tabs, and what emoji and some scripts need between two
     * characters are allowed.
     */
    public static OptionalInt hidden(String text) {
        int before = -1;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            int next = i + Character.charCount(point);
            if (point > '~' || point < ' ') {
                int after = next < text.length() ? text.codePointAt(next) : -1;
                if (isInvisible(point) && !isNeeded(point, before, after)) {
                    return OptionalInt.of(point);
                }
            }
            before = point;
            i = next;
        }
        return OptionalInt.empty();
    }

    /** The usual name of a code point, such as {@code U+200B}. */
    public static String name(int point) {
        return "U+%04X".formatted(point);
    }

    private static boolean isInvisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL -> point != '\n' && point != '\t';
            case Character.FORMAT -> !isNumberSign(point);
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> true;
            default -> isIgnorable(point) || isNoncharacter(point);
        };
    }

    /** Signs of Arabic, Syriac and Kaithi that enclose the digits after them: visible in spite of their category. */
    private static boolean isNumberSign(int point) {
        return point >= 0x600 && point <= 0x605
                || point == 0x6DD
                || point == 0x70F
                || point == 0x890
                || point == 0x891
                || point == 0x8E2
                || point == 0x110BD
                || point == 0x110CD;
    }

    /** Default-ignorable code points of other categories than FORMAT, and the empty Braille pattern. */
    private static boolean isIgnorable(int point) {
        return point == 0x34F
                || point == 0x115F
                || point == 0x1160
                || point == 0x17B4
                || point == 0x17B5
                || point == 0x2065
                || point == 0x2800
                || point == 0x3164
                || point == 0xFFA0
                || isVariationSelector(point)
                || point >= 0xFFF0 && point <= 0xFFF8
                || point >= 0xE0000 && point <= 0xE0FFF;
    }

    private static boolean isNoncharacter(int point) {
        return point >= 0xFDD0 && point <= 0xFDEF || (point & 0xFFFE) == 0xFFFE;
    }

    private static boolean isVariationSelector(int point) {
        return point >= 0xFE00 && point <= 0xFE0F
                || point >= 0xE0100 && point <= 0xE01EF
                || point >= 0x180B && point <= 0x180F && point != 0x180E;
    }

    private static boolean isNeeded(int point, int before, int after) {
        if (before < 0) {
            return false;
        }
        if (point == ZERO_WIDTH_JOINER || point == ZERO_WIDTH_NON_JOINER) {
            return after >= 0 && (isPictograph(before) && isPictograph(after) || joins(before) && joins(after));
        }
        if (isVariationSelector(point)) {
            return isPictograph(before) && !isVariationSelector(before)
                    || Character.isIdeographic(before)
                    || UnicodeScript.of(before) == UnicodeScript.MONGOLIAN;
        }
        boolean tag = point >= 0xE0020 && point <= 0xE007F;
        return tag && (before == BLACK_FLAG || before >= 0xE0020 && before <= 0xE007E);
    }

    private static boolean isPictograph(int point) {
        return Character.isEmoji(point) || Character.isExtendedPictographic(point) || isVariationSelector(point);
    }

    private static boolean joins(int point) {
        return JOINING.contains(UnicodeScript.of(point));
    }
}
