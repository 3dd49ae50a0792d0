package org.lectern.notification.channel.email;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.calendar.Calendars;
import org.lectern.notification.calendar.Invitation;
import org.lectern.notification.delivery.Channel;
import org.lectern.notification.delivery.DeliveryOutcome;
import org.lectern.notification.delivery.Letter;
import org.lectern.notification.directory.EmailAddress;
import org.lectern.notification.preference.Unsubscribing;
import org.lectern.notification.wording.Wording;

/**
 * Sends a notice as an e-mail with a text and an HTML part. The message id is made of the delivery's, so that a repeat
 * after a lost answer is recognisable (RFC 5322 section 3.6.4); all mails of one booking or request refer to one thread.
 * A mail about one lecture is an invitation too (RFC 6047), so that the lecture enters, moves in or leaves the reader's
 * calendar; a digest is not, because clients offer one invitation per mail.
 */
@ApplicationScoped
class EmailChannel implements Channel {

    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}+");
    private static final int MOST_OF_A_DIGEST = 100;

    private final Calendars calendars;
    private final Unsubscribing unsubscribing;
    private final Wording wording;
    private final Sender sender;
    private final MailWriter writer;
    private final SmtpClient server;

    @Inject
    EmailChannel(Calendars calendars, Unsubscribing unsubscribing, Wording wording, MailConfig config, Clock clock) {
        this.calendars = calendars;
        this.unsubscribing = unsubscribing;
        this.wording = wording;
        this.sender = Sender.of(config.from(), config.messageIdDomain());
        this.writer = new MailWriter(
                sender,
                config.replyTo()
                        .map(address -> EmailAddress.parse(address)
                                .orElseThrow(
                                        () -> new IllegalArgumentException("lectern.mail.reply-to is no address"))),
                config.dkim().map(DkimSigner::of),
                clock);
        this.server = new SmtpClient(config, sender.address());
    }

    /** That this bean is made at the start is what refuses settings that are unfit, such as a broken key. */
    void check(@Observes @Priority(2) StartupEvent event) {
        name();
    }

    @PreDestroy
    void close() {
        server.close();
    }

    @Override
    public String name() {
        return "email";
    }

    @Override
    public DeliveryOutcome deliver(Letter letter) {
        return send(letter, to -> single(letter, to, null));
    }

    @Override
    public int digests() {
        return MOST_OF_A_DIGEST;
    }

    @Override
    public DeliveryOutcome digest(List<Letter> letters) {
        Letter first = letters.getFirst();
        URI unsubscribe =
                unsubscribing.link(first.to().endpointId(), first.address()).orElse(null);
        return send(
                first, to -> letters.size() == 1 ? single(first, to, unsubscribe) : together(letters, to, unsubscribe));
    }

    private interface Composition {
        OutgoingMail to(EmailAddress address);
    }

    /** Addresses are checked when they are taken in; one that slipped in before gets nothing and is switched off. */
    private DeliveryOutcome send(Letter letter, Composition composition) {
        return EmailAddress.parse(letter.address())
                .map(to -> server.send(to, writer.write(composition.to(to))))
                .orElseGet(() -> new DeliveryOutcome.EndpointGone("unusable-address"));
    }

    private OutgoingMail single(Letter letter, EmailAddress to, @Nullable URI unsubscribe) {
        EmailTexts say = texts(letter);
        String title = oneLine(letter.title());
        String html = new NoticeMail(
                        letter.locale(),
                        title,
                        letter.body().lines().toList(),
                        say.acknowledge(),
                        letter.acknowledgeUrl(),
                        say.footer())
                .render();
        String text = title + "\n\n" + letter.body() + link(letter, say, "\n\n") + "\n\n-- \n" + say.footer() + "\n";
        return new OutgoingMail(
                letter.deliveryId(),
                to,
                letter.locale(),
                letter.urgent() ? say.urgent(title) : title,
                text,
                html,
                letter.subjectId(),
                invitation(letter).orElse(null),
                unsubscribe);
    }

    private OutgoingMail together(List<Letter> letters, EmailAddress to, @Nullable URI unsubscribe) {
        Letter first = letters.getFirst();
        EmailTexts say = texts(first);
        String title = say.digest(letters.size());
        var text = new StringBuilder(title).append("\n");
        List<DigestMail.Item> items = new ArrayList<>();
        for (Letter letter : letters) {
            String heading = oneLine(letter.title());
            text.append("\n## ")
                    .append(heading)
                    .append("\n")
                    .append(letter.body())
                    .append(link(letter, say, "\n"))
                    .append("\n");
            items.add(new DigestMail.Item(heading, letter.body().lines().toList(), letter.acknowledgeUrl()));
        }
        text.append("\n").append(say.calendar()).append("\n");
        text.append("\n-- \n").append(say.footer()).append("\n");
        if (unsubscribe != null) {
            text.append(say.unsubscribe()).append(": ").append(unsubscribe).append("\n");
        }
        String html = new DigestMail(
                        first.locale(),
                        title,
                        items,
                        say.acknowledge(),
                        say.calendar(),
                        say.footer(),
                        say.unsubscribe(),
                        unsubscribe == null ? "" : unsubscribe.toString())
                .render();
        return new OutgoingMail(
                first.deliveryId(), to, first.locale(), title, text.toString(), html, null, null, unsubscribe);
    }

    /** The line that asks to acknowledge, if there is a link. */
    private static String link(Letter letter, EmailTexts say, String before) {
        String url = letter.acknowledgeUrl();
        return url == null ? "" : before + say.acknowledge() + "\n" + url;
    }

    private static String oneLine(String title) {
        return CONTROL.matcher(title).replaceAll(" ");
    }

    private EmailTexts texts(Letter letter) {
        return wording.of(EmailTexts.class, letter.locale(), letter.to().branchId());
    }

    private Optional<Invitation> invitation(Letter letter) {
        Letter.About about = letter.about();
        return about == null
                ? Optional.empty()
                : calendars.invitation(
                        about.noticeId(), letter.locale(), sender.address().asText(), letter.address());
    }
}
