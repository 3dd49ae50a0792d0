package org.lectern.notification.channel.email;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.SMTPException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lectern.notification.calendar.Calendars;
import org.lectern.notification.delivery.Channel;
import org.lectern.notification.delivery.DeliveryOutcome;
import org.lectern.notification.delivery.Letter;
import org.lectern.notification.preference.Unsubscribing;
import org.lectern.notification.wording.Wording;

/**
 * Sends a notice as an e-mail with a text and an HTML part. The message id is made of the delivery's, so that a repeat
 * after a lost answer is recognisable (RFC 5322 section 3.6.4); all mails of one booking or request refer to one thread.
 * What is about a lecture holds it as iCalendar too (RFC 6047), so that it enters, moves in or leaves the reader's
 * calendar.
 */
@ApplicationScoped
class EmailChannel implements Channel {

    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}+");
    private static final Pattern ENHANCED = Pattern.compile("^5\\d\\d[ -](5\\.\\d{1,3}\\.\\d{1,3})\\b");
    /** Bad mailbox, bad domain, bad syntax, moved, no mail for that domain, disabled. */
    private static final Set<String> NO_SUCH_MAILBOX = Set.of("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1");

    /** Replies about ourselves, not about the recipient: authentication and encryption (RFC 4954 section 6). */
    private static final int FIRST_ABOUT_US = 530;

    private static final int LAST_ABOUT_US = 538;
    private static final int MOST_OF_A_DIGEST = 100;

    private final ReactiveMailer mailer;
    private final Calendars calendars;
    private final Unsubscribing unsubscribing;
    private final String organizer;
    private final Wording wording;
    private final EmailConfig config;
    /**
     * All mail is sent by one event loop. From another thread the client may set its handlers only after the server's
     * greeting has come; the greeting is lost then, and the mail hangs until the timeout.
     */
    private final Context loop;

    @Inject
    EmailChannel(
            ReactiveMailer mailer,
            Calendars calendars,
            Unsubscribing unsubscribing,
            Wording wording,
            EmailConfig config,
            @ConfigProperty(name = "quarkus.mailer.from") String from,
            Vertx vertx) {
        this.mailer = mailer;
        this.calendars = calendars;
        this.unsubscribing = unsubscribing;
        this.organizer = mailbox(from);
        this.wording = wording;
        this.config = config;
        this.loop = vertx.getOrCreateContext();
    }

    @Override
    public String name() {
        return "email";
    }

    @Override
    public DeliveryOutcome deliver(Letter letter) {
        return sent(written(letter));
    }

    @Override
    public int digests() {
        return MOST_OF_A_DIGEST;
    }

    @Override
    public DeliveryOutcome digest(List<Letter> letters) {
        Letter first = letters.getFirst();
        Optional<URI> link = unsubscribing.link(first.to().endpointId(), first.address());
        Mail mail = letters.size() == 1
                ? written(first)
                : together(letters, link.map(URI::toString).orElse(""));
        // RFC 2369 section 3.2, RFC 8058 section 3.1
        link.ifPresent(uri -> mail.addHeader("List-Unsubscribe", "<" + uri + ">")
                .addHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        return sent(mail);
    }

    private DeliveryOutcome sent(Mail mail) {
        try {
            Uni.createFrom()
                    .deferred(() -> mailer.send(mail))
                    .runSubscriptionOn(sending -> loop.runOnContext(nothing -> sending.run()))
                    .await()
                    .atMost(config.timeout());
            return new DeliveryOutcome.Delivered("smtp-250");
        } catch (TimeoutException e) {
            return new DeliveryOutcome.TryAgain("timeout");
        } catch (RuntimeException e) {
            return refused(e);
        }
    }

    /** One mail of several letters, each with its own iCalendar part (RFC 6047 section 4.5). */
    private Mail together(List<Letter> letters, String link) {
        Letter first = letters.getFirst();
        EmailTexts say = texts(first);
        String title = say.digest(letters.size());
        var text = new StringBuilder(title).append("\n");
        List<DigestMail.Item> items = new ArrayList<>();
        for (Letter letter : letters) {
            String heading = CONTROL.matcher(letter.title()).replaceAll(" ");
            text.append("\n## ")
                    .append(heading)
                    .append("\n")
                    .append(letter.body())
                    .append(link(letter, say, "\n"))
                    .append("\n");
            items.add(new DigestMail.Item(heading, letter.body().lines().toList(), letter.acknowledgeUrl()));
        }
        text.append("\n-- \n").append(say.footer()).append("\n");
        if (!link.isEmpty()) {
            text.append(say.unsubscribe()).append(": ").append(link).append("\n");
        }
        Mail mail = new Mail()
                .addTo(first.address())
                .setSubject(title)
                .setText(text.toString())
                .setHtml(new DigestMail(
                                first.locale(), title, items, say.acknowledge(), say.footer(), say.unsubscribe(), link)
                        .render())
                .addHeader("Message-ID", "<" + first.deliveryId() + "@" + config.messageIdDomain() + ">")
                .addHeader("Content-Language", first.locale())
                .addHeader("Auto-Submitted", "auto-generated");
        letters.forEach(letter -> enclose(letter, mail));
        return mail;
    }

    /** The line that asks to acknowledge, if there is a link. */
    private static String link(Letter letter, EmailTexts say, String before) {
        String url = letter.acknowledgeUrl();
        return url == null ? "" : before + say.acknowledge() + "\n" + url;
    }

    private EmailTexts texts(Letter letter) {
        return wording.of(EmailTexts.class, letter.locale(), letter.to().branchId());
    }

    private void enclose(Letter letter, Mail mail) {
        Letter.About about = letter.about();
        if (about != null) {
            calendars
                    .invitation(about.noticeId(), letter.locale(), organizer, letter.address())
                    .ifPresent(part -> mail.removeHeader("Content-Class")
                            .addHeader("Content-Class", "urn:content-classes:calendarmessage")
                            .addAttachment("lecture.ics", part.content(), part.mediaType()));
        }
    }

    private Mail written(Letter letter) {
        EmailTexts say = texts(letter);
        String title = CONTROL.matcher(letter.title()).replaceAll(" ");
        String html = new NoticeMail(
                        letter.locale(),
                        title,
                        letter.body().lines().toList(),
                        say.acknowledge(),
                        letter.acknowledgeUrl(),
                        say.footer())
                .render();
        String text = title + "\n\n" + letter.body() + link(letter, say, "\n\n") + "\n\n-- \n" + say.footer() + "\n";
        Mail mail = new Mail()
                .addTo(letter.address())
                .setSubject(letter.urgent() ? say.urgent(title) : title)
                .setText(text)
                .setHtml(html)
                .addHeader("Message-ID", "<" + letter.deliveryId() + "@" + config.messageIdDomain() + ">")
                .addHeader("References", "<" + letter.subjectId() + "@" + config.messageIdDomain() + ">")
                .addHeader("Content-Language", letter.locale())
                .addHeader("Auto-Submitted", "auto-generated");
        enclose(letter, mail);
        return mail;
    }

    /** The mailbox in {@code Name <mailbox>}. */
    private static String mailbox(String from) {
        int begin = from.lastIndexOf('<');
        int end = from.lastIndexOf('>');
        return begin >= 0 && end > begin ? from.substring(begin + 1, end) : from.strip();
    }

    /** The enhanced code (RFC 3463 sections 3.2 and 3.3) of a reply that says that there is no such mailbox, for good. */
    private static Optional<String> noSuchMailbox(SMTPException reply) {
        if (!reply.isPermanent()) {
            return Optional.empty();
        }
        return Stream.ofNullable(reply.getReplyMessages())
                .flatMap(List::stream)
                .map(ENHANCED::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .filter(NO_SUCH_MAILBOX::contains)
                .findFirst();
    }

    /** What a mail server's reply means; its words stay unseen, for they repeat the address. */
    private static DeliveryOutcome refused(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 10; cause = cause.getCause(), depth++) {
            if (cause instanceof SMTPException reply) {
                int code = reply.getReplyCode();
                Optional<String> gone = noSuchMailbox(reply);
                if (gone.isPresent()) {
                    return new DeliveryOutcome.EndpointGone("smtp-" + code + "-" + gone.get());
                }
                boolean aboutUs = code >= FIRST_ABOUT_US && code <= LAST_ABOUT_US;
                return reply.isPermanent() && !aboutUs
                        ? new DeliveryOutcome.GiveUp("smtp-" + code)
                        : new DeliveryOutcome.TryAgain("smtp-" + code);
            }
        }
        return new DeliveryOutcome.TryAgain("no-connection");
    }
}
