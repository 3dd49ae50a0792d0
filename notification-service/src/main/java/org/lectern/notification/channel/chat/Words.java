package org.lectern.notification.channel.chat;

import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import org.lectern.notification.delivery.Letter;

/** What a robot says: one message for one or several letters, within as many bytes as its platform takes. */
final class Words {

    private Words() {}

    /** The letters one below the other, as plain text; what is too long ends with a word that there is more. */
    static String of(List<Letter> letters, int mostBytes) {
        Letter first = letters.getFirst();
        ChatTexts say = MessageBundles.get(
                ChatTexts.class, Localized.Literal.of(first.locale().startsWith("zh") ? "zh-CN" : "en"));
        List<String> paragraphs = new ArrayList<>();
        if (letters.size() > 1) {
            paragraphs.add(say.several(letters.size()));
        }
        for (Letter letter : letters) {
            String title = letter.urgent() ? say.urgent(letter.title()) : letter.title();
            paragraphs.add((letter.repeated() ? say.again(title) : title) + "\n" + letter.body());
        }
        return cut(defused(String.join("\n\n", paragraphs)), mostBytes, "\n" + say.more());
    }

    /** Nothing in a notice may call everybody in the group, or become markup of a platform. */
    private static String defused(String text) {
        return text.replace('<', '＜').replace('>', '＞').replace("@", "＠");
    }

    /**
     * As much of the text as fits, cut between two characters as people see them.
     *
     * @param ending what then stands at the end, counted in
     */
    static String cut(String text, int mostBytes, String ending) {
        if (bytes(text) <= mostBytes) {
            return text;
        }
        int room = mostBytes - bytes(ending);
        var boundaries = BreakIterator.getCharacterInstance();
        boundaries.setText(text);
        int end = 0;
        int used = 0;
        for (int next = boundaries.next(); next != BreakIterator.DONE; next = boundaries.next()) {
            used += bytes(text.substring(end, next));
            if (used > room) {
                break;
            }
            end = next;
        }
        return text.substring(0, end) + ending;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
