package org.lectern.notification.problem;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The languages Lectern speaks, chosen by {@code Accept-Language} (RFC 9110 section 12.5.4). */
public final class Language {

    private Language() {}

    /** Simplified Chinese for any Chinese, English otherwise; a malformed header counts as none. */
    public static Locale of(@Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.length() > 500) {
            return Locale.ENGLISH;
        }
        List<Locale.LanguageRange> ranges;
        try {
            ranges = Locale.LanguageRange.parse(acceptLanguage);
        } catch (IllegalArgumentException malformed) {
            return Locale.ENGLISH;
        }
        for (Locale.LanguageRange range : ranges) {
            if (range.getWeight() > 0 && range.getRange().startsWith("zh")) {
                return Locale.SIMPLIFIED_CHINESE;
            }
            if (range.getRange().startsWith("en") || range.getRange().equals("*")) {
                return Locale.ENGLISH;
            }
        }
        return Locale.ENGLISH;
    }
}
