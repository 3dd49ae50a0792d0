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
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.calendar.Calendars;
import org.lectern.notification.calendar.Invitation;
import org.lectern.notification.delivery.Channel;
import org.lectern.notification.delivery.DeliveryOutcome;
import org.lectern.notification.delivery.OutgoingMessage;
import org.lectern.notification.directory.EmailAddress;
import org.lectern.notification.inbound.ReplyAddresses;
import org.lectern.notification.notice.NoticeLine;
import org.lectern.notification.notice.NoticeLines;
import org.lectern.notification.preference.Unsubscribing;
import org.lectern.notification.wording.MarkedLine;
import org.lectern.notification.wording.OrganizationConfig;
import org.lectern.notification.wording.Wording;

/**
 * Sends a notice as an e-mail with a text and an HTML part. The Message-ID derives from the delivery's id, so a retry
 * is recognisable (RFC 5322 section 3.6.4). All mails of one booking or request refer to one thread. A mail about one
 * lecture is also an invitation (RFC 6047). A digest is not, because clients offer one invitation per mail.
 */
@ApplicationScoped
class EmailChannel implements Channel {

    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}+");
    private static final int MOST_OF_A_DIGEST = 100;
    /** In code points: the length of a subject on a phone, followed by the date. */
    private static final int MOST_OF_A_TITLE = 40;

    private final Calendars calendars;
    private final Unsubscribing unsubscribing;
    private final Wording wording;
    private final OrganizationConfig organization;
    private final NoticeLines lines;
    private final ReplyAddresses replyAddresses;
    private final Sender sender;
    private final MailWriter writer;
    private final SmtpClient server;

    @Inject
    EmailChannel(
            Calendars calendars,
            Unsubscribing unsubscribing,
            Wording wording,
            OrganizationConfig organization,
            NoticeLines lines,
            ReplyAddresses replyAddresses,
            MailConfig config,
            Clock clock) {
        this.calendars = calendars;
        this.unsubscribing = unsubscribing;
        this.wording = wording;
        this.organization = organization;
        this.lines = lines;
        this.replyAddresses = replyAddresses;
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

    /** Creates this bean at startup, so that invalid settings such as a broken key prevent the start. */
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
    public DeliveryOutcome deliver(OutgoingMessage letter) {
        return send(letter, to -> single(letter, to, null));
    }

    @Override
    public int digests() {
        return MOST_OF_A_DIGEST;
    }

    @Override
    public DeliveryOutcome digest(List<OutgoingMessage> letters) {
        OutgoingMessage first = letters.getFirst();
        URI unsubscribe =
                unsubscribing.link(first.to().endpointId(), first.address()).orElse(null);
        return send(
                first, to -> letters.size() == 1 ? single(first, to, unsubscribe) : together(letters, to, unsubscribe));
    }

    private interface Composition {
        OutgoingMail to(EmailAddress address);
    }

    /** Addresses are checked on entry. An older invalid address receives nothing, and its endpoint is disabled. */
    private DeliveryOutcome send(OutgoingMessage letter, Composition composition) {
        return EmailAddress.parse(letter.address())
                .map(to -> {
                    OutgoingMail mail = composition.to(to);
                    return server.send(mail.answersTo(), to, writer.write(mail));
                })
                .orElseGet(() -> new DeliveryOutcome.EndpointGone("unusable-address"));
    }

    private OutgoingMail single(OutgoingMessage letter, EmailAddress to, @Nullable URI unsubscribe) {
        EmailTexts say = texts(letter);
        String title = oneLine(letter.title());
        String organizationName = organization.name(language(letter));
        String footer = say.footer(organizationName);
        MailedNotice mailed = mailed(letter);
        String html = new NoticeMail(
                        letter.locale(),
                        organizationName,
                        title,
                        mailed,
                        say.join(),
                        say.before(),
                        say.now(),
                        footer,
                        unsubscribe == null ? null : unsubscribe.toString(),
                        say.unsubscribe())
                .render();
        String text = title + "\n\n" + letter.body() + link(letter, "\n\n") + "\n\n-- \n" + footer + "\n"
                + unsubscribe(unsubscribe, say);
        return new OutgoingMail(
                letter.deliveryId(),
                to,
                letter.locale(),
                subject(letter, title, mailed.when(), say),
                text,
                html,
                letter.subjectId(),
                invitation(letter).orElse(null),
                unsubscribe,
                answersTo(letter));
    }

    /** The title, cut so that a list of mails also shows the time of the lecture. */
    private static String subject(OutgoingMessage letter, String title, @Nullable String when, EmailTexts say) {
        String dated = when == null ? title : say.dated(shortened(title), when);
        return letter.urgent() ? say.urgent(dated) : dated;
    }

    private static String shortened(String title) {
        int length = title.codePointCount(0, title.length());
        return length <= MOST_OF_A_TITLE
                ? title
                : title.substring(0, title.offsetByCodePoints(0, MOST_OF_A_TITLE - 1))
                                .strip() + "…";
    }

    private MailedNotice mailed(OutgoingMessage letter) {
        String when = null;
        String joinLink = null;
        List<MailedNotice.Change> changes = new ArrayList<>();
        List<String> rest = new ArrayList<>();
        for (NoticeLine line :
                lines.of(letter.body(), letter.locale(), letter.to().branchId())) {
            String before = line.before();
            if (before != null) {
                changes.add(new MailedNotice.Change(before, line.value()));
            }
            switch (line.meaning()) {
                case TIME -> when = line.value();
                case LINK -> joinLink = line.value();
                case LECTURER, VENUE, OTHER -> {
                    if (before == null) {
                        rest.add(line.text());
                    }
                }
            }
        }
        OutgoingMessage.About about = letter.about();
        String kind = about == null ? "" : about.kind();
        return new MailedNotice(
                MailedNotice.Tone.of(kind),
                oneLine(letter.title()),
                when,
                kind.equals("CANCELLED"),
                changes,
                MarkedLine.of(String.join("\n", rest)),
                language(letter).getLanguage().equals("zh") ? "：" : ": ",
                action(letter),
                kind.equals("CANCELLED") ? null : joinLink);
    }

    private static Locale language(OutgoingMessage letter) {
        return Locale.forLanguageTag(letter.locale());
    }

    private OutgoingMail together(List<OutgoingMessage> letters, EmailAddress to, @Nullable URI unsubscribe) {
        OutgoingMessage first = letters.getFirst();
        EmailTexts say = texts(first);
        String title = say.digest(letters.size());
        String organizationName = organization.name(language(first));
        String footer = say.footer(organizationName);
        String calendar = first.to().isLecturer() ? say.ownCalendar() : say.calendar();
        var text = new StringBuilder(title).append("\n");
        for (OutgoingMessage letter : letters) {
            text.append("\n## ")
                    .append(oneLine(letter.title()))
                    .append("\n")
                    .append(letter.body())
                    .append(link(letter, "\n"))
                    .append("\n");
        }
        text.append("\n").append(calendar).append("\n");
        text.append("\n-- \n").append(footer).append("\n").append(unsubscribe(unsubscribe, say));
        String html = new DigestMail(
                        first.locale(),
                        organizationName,
                        title,
                        letters.stream().map(this::mailed).toList(),
                        say.join(),
                        say.before(),
                        say.now(),
                        calendar,
                        footer,
                        unsubscribe == null ? null : unsubscribe.toString(),
                        say.unsubscribe())
                .render();
        return new OutgoingMail(
                OutgoingMessage.messageId(letters),
                to,
                first.locale(),
                title,
                text.toString(),
                html,
                null,
                null,
                unsubscribe,
                answersTo(first));
    }

    private static String unsubscribe(@Nullable URI address, EmailTexts say) {
        return address == null ? "" : say.unsubscribe() + ": " + address + "\n";
    }

    private MailedNotice.@Nullable Action action(OutgoingMessage letter) {
        EmailTexts say = texts(letter);
        OutgoingMessage.AnswerPage page = letter.answer();
        if (page == null) {
            return null;
        }
        return switch (page.asks()) {
            case ACKNOWLEDGEMENT ->
                new MailedNotice.Action(
                        page.url(),
                        letter.to().isLecturer() ? say.acknowledgeYourself() : say.acknowledge(),
                        say.button());
            case OFFER -> new MailedNotice.Action(page.url(), say.answerOffer(), say.answerButton());
        };
    }

    /** The requested action as text. */
    private String link(OutgoingMessage letter, String before) {
        MailedNotice.Action action = action(letter);
        return action == null ? "" : before + action.text() + "\n" + action.url();
    }

    private static String oneLine(String title) {
        return CONTROL.matcher(title).replaceAll(" ");
    }

    private EmailTexts texts(OutgoingMessage letter) {
        return wording.of(EmailTexts.class, letter.locale(), letter.to().branchId());
    }

    private Optional<Invitation> invitation(OutgoingMessage letter) {
        OutgoingMessage.About about = letter.about();
        return about == null
                ? Optional.empty()
                : calendars.invitation(
                        about.noticeId(),
                        letter.locale(),
                        sender.address().asText(),
                        letter.address(),
                        Optional.ofNullable(about.bookingId())
                                .flatMap(booking -> replyAddresses.ofEntry(booking, letter.address()))
                                .orElse(null));
    }

    /** The reply address of this delivery, which identifies answers and bounces; null without inbound mail. */
    private @Nullable EmailAddress answersTo(OutgoingMessage letter) {
        return replyAddresses
                .of(letter.deliveryId())
                .flatMap(EmailAddress::parse)
                .orElse(null);
    }
}
