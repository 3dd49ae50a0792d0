package org.lectern.notification.channel.email;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.SMTPException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lectern.notification.calendar.Calendars;
import org.lectern.notification.delivery.Channel;
import org.lectern.notification.delivery.DeliveryOutcome;
import org.lectern.notification.delivery.Letter;

/**
 * Sends a notice as an e-mail with a text and an HTML part. The message id is made of the delivery's, so that a repeat
 * after a lost answer is recognisable (RFC 5322 section 3.6.4); all mails of one booking or request refer to one thread.
 * What is about a lecture holds it as iCalendar too (RFC 6047), so that it enters, moves in or leaves the reader's
 * calendar.
 */
@ApplicationScoped
class EmailChannel implements Channel {

    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}+");
    /** Replies about ourselves, not about the recipient: authentication and encryption (RFC 4954 section 6). */
    private static final int FIRST_ABOUT_US = 530;

    private static final int LAST_ABOUT_US = 538;

    private final ReactiveMailer mailer;
    private final Calendars calendars;
    private final String organizer;
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
            EmailConfig config,
            @ConfigProperty(name = "quarkus.mailer.from") String from,
            Vertx vertx) {
        this.mailer = mailer;
        this.calendars = calendars;
        this.organizer = mailbox(from);
        this.config = config;
        this.loop = vertx.getOrCreateContext();
    }

    @Override
    public String name() {
        return "email";
    }

    @Override
    public DeliveryOutcome deliver(Letter letter) {
        try {
            Mail mail = written(letter);
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

    private Mail written(Letter letter) {
        EmailTexts say = MessageBundles.get(EmailTexts.class, Localized.Literal.of(letter.locale()));
        String title = CONTROL.matcher(letter.title()).replaceAll(" ");
        String url = letter.acknowledgeUrl();
        String html = new NoticeMail(
                        letter.locale(), title, letter.body().lines().toList(), say.acknowledge(), url, say.footer())
                .render();
        String link = url == null ? "" : "\n\n" + say.acknowledge() + "\n" + url;
        String text = title + "\n\n" + letter.body() + link + "\n\n-- \n" + say.footer() + "\n";
        Mail mail = new Mail()
                .addTo(letter.address())
                .setSubject(letter.urgent() ? say.urgent(title) : title)
                .setText(text)
                .setHtml(html)
                .addHeader("Message-ID", "<" + letter.deliveryId() + "@" + config.messageIdDomain() + ">")
                .addHeader("References", "<" + letter.subjectId() + "@" + config.messageIdDomain() + ">")
                .addHeader("Content-Language", letter.locale())
                .addHeader("Auto-Submitted", "auto-generated");
        Letter.About about = letter.about();
        if (about != null) {
            calendars
                    .invitation(about.noticeId(), letter.locale(), organizer, letter.address())
                    .ifPresent(part -> mail.addHeader("Content-Class", "urn:content-classes:calendarmessage")
                            .addAttachment("lecture.ics", part.content(), part.mediaType()));
        }
        return mail;
    }

    /** The mailbox in {@code Name <mailbox>}. */
    private static String mailbox(String from) {
        int begin = from.lastIndexOf('<');
        int end = from.lastIndexOf('>');
        return begin >= 0 && end > begin ? from.substring(begin + 1, end) : from.strip();
    }

    /** What a mail server's reply means; its words stay unseen, for they repeat the address. */
    private static DeliveryOutcome refused(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 10; cause = cause.getCause(), depth++) {
            if (cause instanceof SMTPException reply) {
                int code = reply.getReplyCode();
                boolean aboutUs = code >= FIRST_ABOUT_US && code <= LAST_ABOUT_US;
                return reply.isPermanent() && !aboutUs
                        ? new DeliveryOutcome.GiveUp("smtp-" + code)
                        : new DeliveryOutcome.TryAgain("smtp-" + code);
            }
        }
        return new DeliveryOutcome.TryAgain("no-connection");
    }
}
