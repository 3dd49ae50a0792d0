package org.lectern.scheduler.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A position in the hash chain, and the hash over all entries up to it.
 *
 * <p>The hash is SHA-256 over the UTF-8 bytes of {@code {"entry": …, "position": n, "previous": hex}} in canonical JSON
 * (RFC 8785). {@code entry} has the members
 * {@code action, actor, at, id, kind, overridden, overrideReason, reason, state, subject, version}. Absent values are
 * omitted; {@code at} is in UTC with six decimals. {@code previous} is the hash before, 64 zeros for the first. The
 * hash can be verified without our code.
 */
record Link(long position, String hash) {

    static final Link GENESIS = new Link(0, "0".repeat(64));

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT);

    /** The next link of the chain, for that entry. */
    Link next(Entry entry) {
        ObjectNode link = JSON.createObjectNode();
        link.put("position", position + 1);
        link.put("previous", hash);
        link.set("entry", json(entry));
        byte[] canonical = CanonicalJson.of(link).getBytes(StandardCharsets.UTF_8);
        return new Link(position + 1, HexFormat.of().formatHex(sha256(canonical)));
    }

    private static ObjectNode json(Entry entry) {
        ObjectNode json = JSON.createObjectNode();
        json.put("id", entry.id().toString());
        json.put("kind", entry.kind().name());
        json.put("subject", entry.subject());
        json.put("version", entry.version());
        json.put("action", entry.action());
        json.put("at", MICROSECONDS.format(entry.at().atOffset(ZoneOffset.UTC)));
        json.put("actor", entry.actor());
        if (entry.reason() != null) {
            json.put("reason", entry.reason());
        }
        if (entry.overrideReason() != null) {
            json.put("overrideReason", entry.overrideReason());
        }
        entry.overridden().forEach(json.putArray("overridden")::add);
        try {
            json.set("state", JSON.readTree(entry.state()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The database gave JSON that is none", e);
        }
        return json;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
