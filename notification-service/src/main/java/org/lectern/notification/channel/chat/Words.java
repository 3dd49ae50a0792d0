package org.lectern.notification.channel.chat;

import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.lectern.notification.delivery.OutgoingMessage;

/**
 * Builds robot messages. A message holds as many whole notices as fit, ordered by the start of their lectures. Only a
 * single notice that is too long is cut: title, time, place and links stay.
 */
final class Words {

    private static final String GAP = "\n\n";
    private static final int LONGEST_LINE_OF_A_CUT = 300;
    private static final int SHORTEST_LINE_OF_A_CUT = 60;

    private static final Pattern LINK = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://[^\\s\\p{Cc}<>`\"]+");

    private static final Comparator<OutgoingMessage> BY_START = Comparator.comparing(
            letter -> letter.about() == null ? null : letter.about().start(),
            Comparator.nullsLast(Comparator.naturalOrder()));

    private Words() {}

    /** The messages that fit into one robot message, in its order. Always at least one, whatever its length. */
    static List<OutgoingMessage> fitting(List<OutgoingMessage> letters, int mostBytes) {
        List<OutgoingMessage> sorted = letters.stream().sorted(BY_START).toList();
        List<OutgoingMessage> fitting = new ArrayList<>();
        for (OutgoingMessage letter : sorted) {
            fitting.add(letter);
            // leave room for the repeat mark, so that a repeat contains the same notices
            if (fitting.size() > 1 && bytes(together(fitting, true)) > mostBytes) {
                fitting.removeLast();
                break;
            }
        }
        return List.copyOf(fitting);
    }

    /** Builds one robot message from notices that fit. */
    static String of(List<OutgoingMessage> letters, int mostBytes) {
        String whole = together(letters.stream().sorted(BY_START).toList(), false);
        return bytes(whole) <= mostBytes ? whole : cut(letters.getFirst(), mostBytes);
    }

    private static String together(List<OutgoingMessage> letters, boolean repeated) {
        ChatTexts say = texts(letters.getFirst());
        String heading = letters.size() > 1 ? say.several(letters.size()) + GAP : "";
        return heading
                + letters.stream()
                        .map(letter -> title(letter, say, letter.repeated() || repeated) + "\n" + defused(letter.body())
                                + link(letter, say))
                        .collect(Collectors.joining(GAP));
    }

    private static String title(OutgoingMessage letter, ChatTexts say, boolean repeated) {
        String title = defused(letter.title());
        String urgent = letter.urgent() ? say.urgent(title) : title;
        return repeated ? say.again(urgent) : urgent;
    }

    private static String link(OutgoingMessage letter, ChatTexts say) {
        OutgoingMessage.AnswerPage page = letter.answer();
        if (page == null) {
            return "";
        }
        return "\n"
                + switch (page.asks()) {
                    case ACKNOWLEDGEMENT ->
                        letter.to().isLecturer() ? say.acknowledgeYourself(page.url()) : say.acknowledge(page.url());
                    case OFFER -> say.answerOffer(page.url());
                };
    }

    /** Keeps whole lines from the top as far as they fit, because a truncated link is useless. */
    private static String cut(OutgoingMessage letter, int mostBytes) {
        ChatTexts say = texts(letter);
        String more = "\n" + say.more();
        String link = link(letter, say);
        StringBuilder text = new StringBuilder(shortened(title(letter, say, letter.repeated()), LONGEST_LINE_OF_A_CUT));
        int room = mostBytes - bytes(text.toString()) - bytes(more);
        if (bytes(link) <= room) {
            room -= bytes(link);
        } else {
            link = "";
        }
        for (String line : defused(letter.body()).lines().toList()) {
            boolean linked = LINK.matcher(line).find();
            int most = Math.min(room - 1, linked ? Integer.MAX_VALUE : LONGEST_LINE_OF_A_CUT);
            if (bytes(line) <= most || !linked && most >= SHORTEST_LINE_OF_A_CUT) {
                String said = "\n" + shortened(line, most);
                text.append(said);
                room -= bytes(said);
            }
        }
        return text + more + link;
    }

    /**
     * Neutralises text that people wrote: it cannot mention all members of the group or become platform markup. Links
     * stay unchanged. The service's own texts contain none of these characters.
     */
    static String defused(String text) {
        var defused = new StringBuilder();
        var links = LINK.matcher(text);
        int from = 0;
        while (links.find()) {
            defused.append(plain(text.substring(from, links.start())))
                    .append(links.group().replace("[", "%5B").replace("]", "%5D"));
            from = links.end();
        }
        return defused.append(plain(text.substring(from))).toString();
    }

    private static String plain(String text) {
        return text.replace('<', '＜')
                .replace('>', '＞')
                .replace('@', '＠')
                .replace('[', '［')
                .replace(']', '］')
                .replace('*', '＊')
                .replace('`', '｀');
    }

    private static String shortened(String text, int mostBytes) {
        return cut(text, mostBytes, "…");
    }

    /**
     * As much of the text as fits, cut between grapheme clusters.
     *
     * @param ending the text appended after the cut; it counts towards the limit
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

    private static ChatTexts texts(OutgoingMessage letter) {
        return MessageBundles.get(
                ChatTexts.class, Localized.Literal.of(letter.locale().startsWith("zh") ? "zh-CN" : "en"));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
