package org.lectern.local.smtp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The requirements of strict mail servers and clients on a message's octets: RFC 5322 (format), RFC 5321 (line endings
 * and line lengths), RFC 2047 (encoded words).
 */
public final class WireRules {

    /** One rule, named after its violation. */
    public enum Rule {
        BARE_LF,
        BARE_CR,
        NUL,
        LINE_OVER_998,
        NO_FINAL_CRLF,
        BODY_8BIT,
        HEADER_8BIT,
        HEADER_CONTROL_CHARACTER,
        HEADER_MALFORMED,
        HEADER_EMPTY,
        HEADER_NOT_FOLDED,
        HEADER_BLANK_CONTINUATION,
        HEADER_TWICE,
        HEADER_MISSING,
        ADDRESS_MISSING,
        ADDRESS_COMMENT,
        ENCODED_WORD_TOO_LONG,
        ENCODED_WORD_MALFORMED,
        ENCODED_WORD_SPLITS_CHARACTER
    }

    /** @param line counts from 1 */
    public record Violation(Rule rule, int line) {
        @Override
        public String toString() {
            return rule + " in line " + line;
        }
    }

    private static final int LONGEST_LINE = 998;
    private static final int FOLDED_AT = 78;
    private static final int LONGEST_ENCODED_WORD = 75;

    private static final Set<String> AT_MOST_ONCE = Set.of(
            "date",
            "from",
            "sender",
            "reply-to",
            "to",
            "cc",
            "bcc",
            "message-id",
            "in-reply-to",
            "references",
            "subject",
            "mime-version",
            "content-type",
            "content-transfer-encoding");
    private static final Set<String> ALWAYS = Set.of("date", "from", "message-id");
    private static final Set<String> ADDRESSES = Set.of("from", "sender", "reply-to", "to", "cc", "bcc");

    private static final Pattern FIELD = Pattern.compile("([!-9;-~]+):(.*)");
    private static final Pattern FOLDABLE = Pattern.compile("\\S[ \\t]+\\S");
    private static final Pattern ENCODED_WORD = Pattern.compile("=\\?([^?\\s]*)\\?([^?\\s]*)\\?([^?\\s]*)\\?=");
    private static final Pattern QUOTED = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"");
    private static final Pattern MAILBOX = Pattern.compile("[^\\s<>@,]+@[^\\s<>@,]+");

    private final List<Violation> violations = new ArrayList<>();

    private WireRules() {}

    /** All violations of a message; empty for a correct one. */
    public static List<Violation> violations(byte[] message) {
        var rules = new WireRules();
        List<String> lines = rules.lines(message);
        rules.message(lines);
        return List.copyOf(rules.violations);
    }

    private void add(Rule rule, int line) {
        violations.add(new Violation(rule, line));
    }

    /** The lines of a message, an octet per char; a bare CR or LF is reported and stays within its line. */
    private List<String> lines(byte[] message) {
        List<String> lines = new ArrayList<>();
        var line = new StringBuilder();
        for (int i = 0; i < message.length; i++) {
            char octet = (char) (message[i] & 0xff);
            boolean crlf = octet == '\r' && i + 1 < message.length && message[i + 1] == '\n';
            if (crlf) {
                i++;
                lines.add(line.toString());
                line.setLength(0);
                continue;
            }
            if (octet == '\n') {
                add(Rule.BARE_LF, lines.size() + 1);
            } else if (octet == '\r') {
                add(Rule.BARE_CR, lines.size() + 1);
            } else if (octet == 0) {
                add(Rule.NUL, lines.size() + 1);
            }
            line.append(octet);
        }
        if (!line.isEmpty() || message.length == 0) {
            lines.add(line.toString());
            add(Rule.NO_FINAL_CRLF, lines.size());
        }
        return lines;
    }

    private void message(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).length() > LONGEST_LINE) {
                add(Rule.LINE_OVER_998, i + 1);
            }
        }
        int body = lines.indexOf("");
        int end = body < 0 ? lines.size() : body;
        headers(lines.subList(0, end));
        for (int i = end; i < lines.size(); i++) {
            if (has8Bit(lines.get(i))) {
                add(Rule.BODY_8BIT, i + 1);
            }
        }
    }

    /** One header field with the lines it is folded into. */
    private record Field(String name, String value, int line) {}

    private void headers(List<String> lines) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            header(line, i + 1);
            Matcher field = FIELD.matcher(line);
            if (continues(line)) {
                if (line.isBlank()) {
                    add(Rule.HEADER_BLANK_CONTINUATION, i + 1);
                }
                if (fields.isEmpty()) {
                    add(Rule.HEADER_MALFORMED, i + 1);
                } else {
                    Field folded = fields.removeLast();
                    fields.add(new Field(folded.name(), folded.value() + line, folded.line()));
                }
            } else if (field.matches()) {
                fields.add(new Field(field.group(1).toLowerCase(Locale.ROOT), field.group(2), i + 1));
            } else {
                add(Rule.HEADER_MALFORMED, i + 1);
            }
        }
        fields.forEach(this::field);
        occurrences(fields);
    }

    private static boolean continues(String line) {
        return line.startsWith(" ") || line.startsWith("\t");
    }

    private static boolean has8Bit(String line) {
        return line.chars().anyMatch(octet -> octet > 0x7f);
    }

    private void header(String line, int number) {
        if (has8Bit(line)) {
            add(Rule.HEADER_8BIT, number);
        }
        if (line.chars().anyMatch(octet -> octet < ' ' && octet != '\t' || octet == 0x7f)) {
            add(Rule.HEADER_CONTROL_CHARACTER, number);
        }
        String value = continues(line) ? line : line.substring(line.indexOf(':') + 1);
        if (line.length() > FOLDED_AT && FOLDABLE.matcher(value).find()) {
            add(Rule.HEADER_NOT_FOLDED, number);
        }
    }

    private void field(Field field) {
        if (field.value().isBlank()) {
            add(Rule.HEADER_EMPTY, field.line());
        }
        if (ADDRESSES.contains(field.name())) {
            String unquoted = QUOTED.matcher(field.value()).replaceAll("");
            if (!MAILBOX.matcher(unquoted).find()) {
                add(Rule.ADDRESS_MISSING, field.line());
            }
            if (unquoted.contains("(")) {
                add(Rule.ADDRESS_COMMENT, field.line());
            }
        }
        encodedWords(field);
    }

    private void encodedWords(Field field) {
        Matcher word = ENCODED_WORD.matcher(field.value());
        while (word.find()) {
            if (word.group().length() > LONGEST_ENCODED_WORD) {
                add(Rule.ENCODED_WORD_TOO_LONG, field.line());
            }
            try {
                Charset.forName(word.group(1))
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(octets(word.group(2), word.group(3))));
            } catch (CharacterCodingException e) {
                add(Rule.ENCODED_WORD_SPLITS_CHARACTER, field.line());
            } catch (IllegalArgumentException e) {
                add(Rule.ENCODED_WORD_MALFORMED, field.line());
            }
        }
    }

    private static byte[] octets(String encoding, String text) {
        if (encoding.equalsIgnoreCase("B")) {
            return Base64.getDecoder().decode(text);
        }
        if (!encoding.equalsIgnoreCase("Q")) {
            throw new IllegalArgumentException(encoding);
        }
        var octets = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '=') {
                octets.append((char) Integer.parseInt(text.substring(i + 1, Math.min(i + 3, text.length())), 16));
                i += 2;
            } else {
                octets.append(text.charAt(i) == '_' ? ' ' : text.charAt(i));
            }
        }
        return octets.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private void occurrences(List<Field> fields) {
        Map<String, Integer> count = new HashMap<>();
        for (Field field : fields) {
            if (count.merge(field.name(), 1, Integer::sum) > 1 && AT_MOST_ONCE.contains(field.name())) {
                add(Rule.HEADER_TWICE, field.line());
            }
        }
        ALWAYS.stream().filter(name -> !count.containsKey(name)).forEach(name -> add(Rule.HEADER_MISSING, 1));
    }
}
