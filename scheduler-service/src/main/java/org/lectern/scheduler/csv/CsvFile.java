package org.lectern.scheduler.csv;

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
 * An uploaded file. Its encoding is the {@code charset} of its content type (RFC 7111 section 3). Without one, a file
 * with the byte order mark of UTF-16 is read as such, and valid
 * UTF-8 is read as UTF-8, since other encodings hardly ever match it by chance. Any other file is read as GB18030,
 * which includes GBK and GB2312.
 */
public final class CsvFile {

    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s;\"]*)\"?", Pattern.CASE_INSENSITIVE);

    private final byte[] content;
    private final @Nullable String contentType;

    /** @param contentType the {@code Content-Type} header */
    public CsvFile(byte[] content, @Nullable String contentType) {
        this.content = content;
        this.contentType = contentType;
    }

    /** A hash of the content and the encoding. */
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
     * The text without a byte order mark.
     *
     * @throws InvalidRequest when the encoding is unsupported, or the file does not match its declared encoding
     */
    String text() {
        String charset = declared();
        if (content.length > 1 && content[0] == 'P' && content[1] == 'K') {
            throw new InvalidRequest("", "csv.spreadsheet");
        }
        if (charset == null && hasUtf16Mark()) {
            return storable(decoded(StandardCharsets.UTF_16), "csv.encoding");
        }
        if (charset == null) {
            String text = decoded(StandardCharsets.UTF_8);
            return storable(text == null ? decoded(GB18030) : text, "csv.encoding");
        }
        return switch (charset) {
            case "utf-8", "utf8", "us-ascii" -> storable(decoded(StandardCharsets.UTF_8), "csv.encoding-declared");
            case "utf-16", "utf-16le", "utf-16be" ->
                storable(decoded(Charset.forName(charset)), "csv.encoding-declared");
            case "gb18030", "gbk", "gb2312", "cp936" -> storable(decoded(GB18030), "csv.encoding-declared");
            default -> throw new InvalidRequest("Content-Type", "csv.charset");
        };
    }

    /** The byte order mark of UTF-16, which is no UTF-8 and no GB18030. */
    private boolean hasUtf16Mark() {
        return content.length > 1
                && (content[0] == (byte) 0xFF && content[1] == (byte) 0xFE
                        || content[0] == (byte) 0xFE && content[1] == (byte) 0xFF);
    }

    private @Nullable String declared() {
        Matcher matcher = CHARSET.matcher(contentType == null ? "" : contentType);
        return matcher.find() ? matcher.group(1).toLowerCase(Locale.ROOT) : null;
    }

    private @Nullable String decoded(Charset charset) {
        try {
            // a new decoder reports malformed input instead of replacing it
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
