package org.lectern.notification.inbound.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decodes text by its declared charset, or by the probable one. */
final class Charsets {

    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final Set<String> CHINESE = Set.of("gb2312", "gb_2312-80", "gbk", "cp936", "x-gbk", "windows-936");

    private Charsets() {}

    /**
     * The first charset that fits: the declared one, UTF-8 (RFC 5545 section 3.1.4), GB 18030, or Latin-1, which fits
     * all.
     */
    static String text(byte[] content, @Nullable String declared) {
        Set<Charset> candidates = new LinkedHashSet<>();
        named(declared).ifPresent(candidates::add);
        candidates.add(StandardCharsets.UTF_8);
        candidates.add(GB18030);
        for (Charset candidate : candidates) {
            try {
                String text = candidate
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(content))
                        .toString();
                return text.startsWith("\uFEFF") ? text.substring(1) : text;
            } catch (CharacterCodingException e) {
                // try the next one
            }
        }
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    private static Optional<Charset> named(@Nullable String declared) {
        if (declared == null) {
            return Optional.empty();
        }
        String name = declared.strip().toLowerCase(Locale.ROOT);
        if (CHINESE.contains(name)) {
            return Optional.of(GB18030); // a superset of them all, and senders often use more than the declared one
        }
        try {
            Charset charset = Charset.forName(name);
            // many programs declare US-ASCII without keeping to it
            return charset.canEncode() && !charset.equals(StandardCharsets.US_ASCII)
                    ? Optional.of(charset)
                    : Optional.empty();
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }
}
