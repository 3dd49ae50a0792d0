package org.lectern.notification.support;

import java.util.List;
import java.util.stream.Stream;

/** Texts that people may write and that have broken mail software. */
public final class RareTexts {

    public static final String EMOJI = "👨‍👩‍👧‍👦🏳️‍🌈👍🏽";
    public static final String RARE = "𠮷野家的讲座 𠀀𪚥 " + EMOJI;

    public static final List<String> ORDINARY = List.of("Rural policy", "乡村振兴政策解读", "Été à Zürich");

    public static final List<String> LONG = List.of(
            "乡村振兴政策解读第二季度联合宣讲活动".repeat(10),
            "A very long title with many words ".repeat(10).strip(),
            "𠮷".repeat(300),
            EMOJI.repeat(60),
            "a𠮷".repeat(200),
            "é".repeat(500));

    public static final List<String> RIGHT_TO_LEFT = List.of("محاضرة عن الريف: 2026", "הרצאה (חשובה) about policy");

    public static final List<String> HOSTILE = List.of(
            "Title\r\nBcc: all@example.org\r\n\r\nForged body",
            "Title\nBcc: all@example.org",
            "Title\rBcc: all@example.org",
            "Title\r\n\r\n.\r\nMAIL FROM:<forged@example.org>",
            "nul \0 bell \u0007 escape \u001b delete \u007f next line \u0085 separator \u2028 end",
            "x".repeat(3000),
            "汉".repeat(2000),
            "https://example.org/" + "a".repeat(1500),
            "=?UTF-8?B?aGFja2Vk?=",
            "=?UTF-8?Q?broken",
            "half \ud842 a \udfb7 pair",
            ".",
            "..",
            "From the start",
            "two  spaces   three",
            "\"quoted\" <a@example.org>, (comment); \\ backslash",
            "------=_Part_0_1.1",
            "<script>alert(1)</script>&amp;");

    private RareTexts() {}

    public static List<String> all() {
        return Stream.of(ORDINARY, List.of(RARE), LONG, RIGHT_TO_LEFT, HOSTILE)
                .flatMap(List::stream)
                .toList();
    }

    /** The text as one line: without line ends and unpaired surrogates. */
    public static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\u2028\\u2029]+", " ")
                .replaceAll("(?<![\\ud800-\\udbff])[\\udc00-\\udfff]|[\\ud800-\\udbff](?![\\udc00-\\udfff])", "\ufffd")
                .strip();
    }
}
