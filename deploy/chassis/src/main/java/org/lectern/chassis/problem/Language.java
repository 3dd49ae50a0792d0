package org.lectern.chassis.problem;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The languages of Lectern, selected by {@code Accept-Language} (RFC 9110 section 12.5.4). */
public final class Language {

    /** English, the default, comes first. */
    public static final List<Locale> ALL = List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE);

    /** Languages that are written in Chinese (ISO 639-3, members of the macrolanguage zho). */
    private static final Set<String> CHINESE = Set.of(
            "zh", "zho", "chi", "cmn", "yue", "wuu", "hsn", "nan", "hak", "gan", "cdo", "cjy", "cpx", "czh", "czo",
            "lzh", "mnp", "cnp", "csp");

    private static final Set<String> CHINESE_SCRIPTS = Set.of("Hans", "Hant", "Hani");
    private static final Set<String> CHINESE_REGIONS = Set.of("CN", "TW", "HK", "MO");

    private Language() {}

    /**
     * The tag of the closest supported language. Any Chinese, by language, script or (without a language) region, gives
     * {@code zh-CN}; everything else gives {@code en}.
     */
    public static String nearest(@Nullable String tag) {
        Locale locale = Locale.forLanguageTag(
                tag == null ? "" : tag.strip().replace('_', '-').replaceAll("[.@].*", ""));
        boolean unsaid = locale.getLanguage().isEmpty();
        boolean chinese = CHINESE.contains(locale.getLanguage())
                || CHINESE_SCRIPTS.contains(locale.getScript())
                || unsaid && CHINESE_REGIONS.contains(locale.getCountry());
        return chinese ? "zh-CN" : "en";
    }

    /** Simplified Chinese for any Chinese, otherwise English. A malformed header is ignored. */
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
