package org.lectern.scheduler.importing;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Text;
import org.lectern.chassis.problem.InvalidRequest;

/**
 * A file as it was sent. Its encoding is the {@code charset} of its content type (RFC 7111 section 3). Without one it
 * is UTF-8 if it can be, as hardly any other text is by chance, and otherwise GB18030, which also reads GBK and GB2312.
 */
public final class CsvFile {

    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s;\"]*)\"?", Pattern.CASE_INSENSITIVE);

    private final byte[] content;
    private final @Nullable String contentType;

    /** @param contentType the header of that name */
    public CsvFile(byte[] content, @Nullable String contentType) {
        this.content = content;
        this.contentType = contentType;
    }

    /** What tells this file from another. */
    public String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(String.valueOf(declared()).getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return HexFormat.of().formatHex(digest.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Its text, without a byte order mark.
     *
     * @throws InvalidRequest when it is in no encoding we read, or not in the one it is said to be in
     */
    String text() {
        String charset = declared();
        if (charset == null) {
            String text = decoded(StandardCharsets.UTF_8);
            return storable(text == null ? decoded(GB18030) : text, "csv.encoding");
        }
        return switch (charset) {
            case "utf-8", "utf8", "us-ascii" -> storable(decoded(StandardCharsets.UTF_8), "csv.encoding-declared");
            case "gb18030", "gbk", "gb2312", "cp936" -> storable(decoded(GB18030), "csv.encoding-declared");
            default -> throw new InvalidRequest("Content-Type", "csv.charset");
        };
    }

    private @Nullable String declared() {
        Matcher matcher = CHARSET.matcher(contentType == null ? "" : contentType);
        return matcher.find() ? matcher.group(1).toLowerCase(Locale.ROOT) : null;
    }

    private @Nullable String decoded(Charset charset) {
        try {
            // a new decoder reports what it cannot read instead of replacing it
            return charset.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static String storable(@Nullable String text, String otherwise) {
        if (text == null || !Text.isStorable(text)) {
            throw new InvalidRequest("", otherwise);
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
