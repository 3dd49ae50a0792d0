package org.lectern.scheduler.registry;

import com.ibm.icu.text.Transliterator;
import java.lang.Character.UnicodeScript;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The Latin spelling by which people search Chinese names: {@code 青石村} is found by {@code qingshicun} and {@code qsc}.
 * Syllables come from the data of Unicode CLDR, one for each character; characters with several readings have the most
 * frequent one.
 */
public final class Pinyin {

    private static final String PLAIN = "; Latin-ASCII; Lower";

    private Pinyin() {}

    /** Loaded when first needed: the rules are large. */
    private static final class Words {
        private static final Transliterator RULES = Transliterator.getInstance("Han-Latin" + PLAIN);
    }

    /** Surnames are read in their own way: {@code 单} is {@code shan}. */
    private static final class Names {
        private static final Transliterator RULES = Transliterator.getInstance("Han-Latin/Names" + PLAIN);
    }

    /** The spelling of a title or place; null without Chinese characters. */
    public static @Nullable String of(String text) {
        return hasHan(text) ? spelled(text, Words.RULES) : null;
    }

    /** The spelling of a person's name; null without Chinese characters. */
    public static @Nullable String ofPerson(String name) {
        return hasHan(name) ? spelled(name, Names.RULES) : null;
    }

    private static boolean hasHan(String text) {
        return text.codePoints().anyMatch(Pinyin::isHan);
    }

    private static boolean isHan(int point) {
        return UnicodeScript.of(point) == UnicodeScript.HAN;
    }

    private static String spelled(String text, Transliterator rules) {
        var syllables = new StringBuilder();
        var initials = new StringBuilder();
        text.codePoints().forEach(point -> {
            String character = Character.toString(point);
            if (isHan(point)) {
                String syllable = rules.transliterate(character).strip();
                if (!syllable.isEmpty()) {
                    syllables.append(syllable);
                    initials.append(syllable.charAt(0));
                }
            } else if (Character.isLetterOrDigit(point)) {
                String same = character.toLowerCase(Locale.ROOT);
                syllables.append(same);
                initials.append(same);
            }
        });
        return syllables + " " + initials;
    }
}
