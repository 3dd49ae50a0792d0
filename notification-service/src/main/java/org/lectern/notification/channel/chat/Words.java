package org.lectern.notification.channel.chat;

import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.util.List;
import java.util.stream.Collectors;
import org.lectern.notification.delivery.Letter;

/** What a robot says: one message for one or several letters, within as many bytes as its platform takes. */
final class Words {

    private static final String GAP = "\n\n";

    private Words() {}

    /** The letters one below the other, as plain text; what is too long ends with a word that there is more. */
    static String of(List<Letter> letters, int mostBytes) {
        Letter first = letters.getFirst();
        ChatTexts say = MessageBundles.get(
                ChatTexts.class, Localized.Literal.of(first.locale().startsWith("zh") ? "zh-CN" : "en"));
        String heading = letters.size() > 1 ? say.several(letters.size()) + GAP : "";
        String whole = heading + paragraphs(letters, say, Integer.MAX_VALUE);
        if (bytes(whole) <= mostBytes) {
            return whole;
        }
        // each has its share, so that none loses its link to the length of another
        int share = (mostBytes - bytes(heading) - (letters.size() - 1) * bytes(GAP)) / letters.size();
        return heading + paragraphs(letters, say, share);
    }

    private static String paragraphs(List<Letter> letters, ChatTexts say, int mostBytesEach) {
        return letters.stream()
                .map(letter -> paragraph(letter, say, mostBytesEach))
                .collect(Collectors.joining(GAP));
    }

    private static String paragraph(Letter letter, ChatTexts say, int mostBytes) {
        String title = letter.urgent() ? say.urgent(letter.title()) : letter.title();
        String words = defused((letter.repeated() ? say.again(title) : title) + "\n" + letter.body());
        String url = letter.acknowledgeUrl();
        String link = url == null ? "" : "\n" + say.acknowledge(url);
        String more = "\n" + say.more();
        int room = mostBytes - bytes(link);
        // half a link is worse than none, and the lecture comes first
        return room < bytes(title) + bytes(more) ? cut(words, mostBytes, more) : cut(words, room, more) + link;
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
