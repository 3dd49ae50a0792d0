package org.lectern.notification.inbound;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.directory.EmailAddress;
import org.lectern.notification.secret.Secrets;

/**
 * The addresses for replies and bounces: {@code lectern+TOKEN@example.org} for the configured mailbox
 * {@code lectern@example.org}. Only this service can create a token, and a token reveals nothing. Nothing is stored:
 * the same delivery or calendar entry always has the same address. Without inbound mail there are none.
 */
@ApplicationScoped
public class ReplyAddresses {

    private static final String DELIVERY = "reply-delivery";
    private static final String ENTRY = "reply-entry";
    private static final int ID_BYTES = 16;
    private static final int TOKEN_OF_DELIVERY = 42;
    private static final int TOKEN_OF_ENTRY = 26;
    private static final int LONGEST_LOCAL_PART = 64;

    private final Secrets secrets;
    private final @Nullable EmailAddress mailbox;

    @Inject
    ReplyAddresses(InboundMailConfig config, Secrets secrets) {
        this(config.enabled() ? Optional.of(config.address().orElse("")) : Optional.empty(), secrets);
    }

    /** @param address the mailbox; empty without inbound mail */
    ReplyAddresses(Optional<String> address, Secrets secrets) {
        this.secrets = secrets;
        this.mailbox = address.map(ReplyAddresses::mailbox).orElse(null);
    }

    private static EmailAddress mailbox(String address) {
        int longest = LONGEST_LOCAL_PART - 1 - TOKEN_OF_DELIVERY;
        return EmailAddress.parse(address)
                .filter(mailbox -> mailbox.local().length() <= longest)
                .orElseThrow(
                        () -> new IllegalStateException("lectern.inbound-mail.address must be a mailbox with at most "
                                + longest + " characters before the @"));
    }

    /** Whether mails carry such addresses. */
    boolean areMade() {
        return mailbox != null;
    }

    /** The subject of an address. */
    sealed interface Token {

        /** One delivery: for Reply-To and the envelope's sender. */
        record OfDelivery(UUID delivery) implements Token {}

        /** One lecture in the calendar of one mailbox, see {@link ReplyAddresses#belongs}. */
        record OfEntry(String token) implements Token {}
    }

    /** The address for that delivery's mail: the Reply-To and the envelope's sender, which receives bounces. */
    public Optional<String> of(UUID delivery) {
        return address(() -> Base32.encode(secrets.hide(DELIVERY, bytes(delivery))));
    }

    /**
     * The ORGANIZER of that booking's calendar entry at that mailbox. It is the same for all versions and for all
     * branches that share the mailbox, because calendars refuse a revision by another organizer.
     */
    public Optional<String> ofEntry(UUID booking, String attendee) {
        return address(() -> Base32.encode(secrets.sign(ENTRY, entry(booking, attendee))));
    }

    private interface Spelling {
        String token();
    }

    private Optional<String> address(Spelling spelling) {
        return mailbox == null
                ? Optional.empty()
                : Optional.of(mailbox.local() + "+" + spelling.token() + "@" + mailbox.domain());
    }

    /**
     * The subject of an address. The token of an entry is not verified here, because that requires the entry.
     *
     * @return empty if it is not such an address
     */
    Optional<Token> token(String address) {
        if (mailbox == null) {
            return Optional.empty();
        }
        String text = address.strip().toLowerCase(Locale.ROOT);
        String begin = mailbox.local().toLowerCase(Locale.ROOT) + "+";
        String end = "@" + mailbox.domain();
        if (!text.startsWith(begin) || !text.endsWith(end) || text.length() < begin.length() + end.length()) {
            return Optional.empty();
        }
        String token = text.substring(begin.length(), text.length() - end.length());
        return switch (token.length()) {
            case TOKEN_OF_ENTRY -> Optional.of(new Token.OfEntry(token));
            case TOKEN_OF_DELIVERY ->
                Base32.decode(token)
                        .flatMap(hidden -> secrets.reveal(DELIVERY, hidden))
                        .filter(id -> id.length == ID_BYTES)
                        .map(ByteBuffer::wrap)
                        .map(id -> new Token.OfDelivery(new UUID(id.getLong(), id.getLong())));
            default -> Optional.empty();
        };
    }

    /** Whether that token was created for that booking's entry at that mailbox. */
    boolean belongs(Token.OfEntry token, UUID booking, String attendee) {
        return Base32.decode(token.token())
                .filter(signature -> secrets.signed(ENTRY, entry(booking, attendee), signature))
                .isPresent();
    }

    private static byte[] entry(UUID booking, String attendee) {
        byte[] mailbox = attendee.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(ID_BYTES + mailbox.length)
                .put(bytes(booking))
                .put(mailbox)
                .array();
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(ID_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
