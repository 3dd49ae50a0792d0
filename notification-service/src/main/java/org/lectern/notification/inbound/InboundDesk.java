package org.lectern.notification.inbound;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.answer.Answer;
import org.lectern.notification.answer.AnswerKind;
import org.lectern.notification.answer.Answers;
import org.lectern.notification.calendar.Calendars;
import org.lectern.notification.delivery.log.DeliveryReports;
import org.lectern.notification.inbound.ReplyAddresses.Token;
import org.lectern.notification.inbound.message.CalendarAnswer;
import org.lectern.notification.inbound.message.DeliveryReport;
import org.lectern.notification.inbound.message.InboundMessage;
import org.lectern.notification.inbound.message.MessageReader;
import org.lectern.notification.notice.Lecture;

/**
 * Applies an inbound message. The sender is not trusted: only an address with a valid token identifies the subject and
 * limits the effect. The same message twice has one effect.
 */
@ApplicationScoped
class InboundDesk {

    private static final Pattern UID =
            Pattern.compile("([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})@lectern");

    private static final String AT_MAILBOX = """
            SELECT DISTINCT e.branch_id, e.address
            FROM calendar_revision r JOIN endpoint e ON e.branch_id = r.branch_id
            WHERE r.booking_id = ? AND e.channel = 'email' AND e.address IS NOT NULL""";

    private static final String OF_DELIVERY = """
            SELECT d.branch_id, o.id AS notice_id, o.branch_id AS asked_branch_id
            FROM delivery d JOIN notice n ON n.id = d.notice_id JOIN notice o ON o.id = coalesce(n.repeats, n.id)
            WHERE d.id = ? AND o.booking_id = ?""";

    private final ReplyAddresses addresses;
    private final Calendars calendars;
    private final Answers answers;
    private final DeliveryReports reports;
    private final Sql sql;

    @Inject
    InboundDesk(ReplyAddresses addresses, Calendars calendars, Answers answers, DeliveryReports reports, Sql sql) {
        this.addresses = addresses;
        this.calendars = calendars;
        this.answers = answers;
        this.reports = reports;
        this.sql = sql;
    }

    /** The outcome of a message. */
    enum Outcome {
        /** A calendar answer was applied. */
        ANSWER,
        /** A mail server's report was applied. */
        REPORT,
        /** An automatic reply; no effect. */
        AUTOMATIC,
        /** Sent to an address that this service did not create. */
        UNKNOWN_ADDRESS,
        /** It answers an entry or a revision that its address does not identify. */
        UNKNOWN_ENTRY,
        /** A person must read it. */
        NOT_UNDERSTOOD,
        /** It is malformed or beyond a limit. */
        UNREADABLE,
        /** It exceeds the size limit. */
        TOO_LARGE,
        /** Applying it failed repeatedly. */
        FAILED;

        /** Whether a person should look at it. */
        boolean isSetAside() {
            return switch (this) {
                case ANSWER, REPORT, AUTOMATIC -> false;
                case UNKNOWN_ADDRESS, UNKNOWN_ENTRY, NOT_UNDERSTOOD, UNREADABLE, TOO_LARGE, FAILED -> true;
            };
        }
    }

    Outcome take(byte[] octets) {
        InboundMessage message = MessageReader.read(octets);
        return switch (message.reading()) {
            case InboundMessage.Answered answered ->
                tokens(message).isEmpty()
                        ? Outcome.UNKNOWN_ADDRESS
                        : answer(tokens(message), answered.answer(), digest(octets));
            case InboundMessage.Reported reported -> report(tokens(message), reported.report(), digest(octets));
            case InboundMessage.Automatic automatic -> Outcome.AUTOMATIC;
            case InboundMessage.NotUnderstood other -> Outcome.NOT_UNDERSTOOD;
            case InboundMessage.Unreadable unreadable -> Outcome.UNREADABLE;
        };
    }

    private List<Token> tokens(InboundMessage message) {
        return message.addresses().stream()
                .flatMap(address -> addresses.token(address).stream())
                .distinct()
                .toList();
    }

    private Outcome report(List<Token> tokens, DeliveryReport report, byte[] digest) {
        for (Token token : tokens) {
            if (token instanceof Token.OfDelivery(UUID delivery)) {
                reports.take(
                        delivery,
                        digest,
                        switch (report.action()) {
                            case FAILED -> DeliveryReports.Action.FAILED;
                            case DELAYED -> DeliveryReports.Action.DELAYED;
                            case RELAYED -> DeliveryReports.Action.RELAYED;
                        },
                        report.status());
                return Outcome.REPORT;
            }
        }
        return Outcome.UNKNOWN_ADDRESS;
    }

    private Outcome answer(List<Token> tokens, CalendarAnswer answer, byte[] digest) {
        Matcher uid = UID.matcher(answer.uid());
        if (!uid.matches()) {
            return Outcome.UNKNOWN_ENTRY;
        }
        UUID booking = UUID.fromString(uid.group(1));
        List<UUID> notices = tokens.stream()
                .map(token -> switch (token) {
                    case Token.OfEntry entry -> ofEntry(entry, booking, answer.sequence());
                    case Token.OfDelivery(UUID delivery) -> ofDelivery(delivery, booking, answer.sequence());
                })
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
        boolean taken = false;
        for (UUID notice : notices) {
            taken |= answers.take(notice, digest, answer(answer, notice));
        }
        return taken ? Outcome.ANSWER : Outcome.UNKNOWN_ENTRY;
    }

    /** The notices of all branches that share the mailbox, because a mailbox answers once for all of them. */
    private List<UUID> ofEntry(Token.OfEntry token, UUID booking, @Nullable Integer sequence) {
        record Reached(UUID branch, String mailbox) {}
        List<UUID> notices = new ArrayList<>();
        sql.list(AT_MAILBOX, row -> new Reached(row.id("branch_id"), row.text("address")), booking).stream()
                .filter(reached -> addresses.belongs(token, booking, reached.mailbox()))
                .map(Reached::branch)
                .distinct()
                .sorted()
                // a missing SEQUENCE counts as 0 (RFC 5545 section 3.8.7.4)
                .forEach(branch -> calendars
                        .noticeAt(booking, branch, sequence == null ? 0 : sequence)
                        .ifPresent(notices::add));
        return notices;
    }

    private List<UUID> ofDelivery(UUID delivery, UUID booking, @Nullable Integer sequence) {
        record AnsweredNotice(UUID branch, UUID notice, UUID asked) {}
        Optional<AnsweredNotice> told = sql.one(
                OF_DELIVERY,
                row -> new AnsweredNotice(row.id("branch_id"), row.id("notice_id"), row.id("asked_branch_id")),
                delivery,
                booking);
        return told
                .filter(found -> found.branch().equals(found.asked()))
                .flatMap(found -> sequence == null
                        ? Optional.of(found.notice())
                        : calendars.noticeAt(booking, found.branch(), sequence))
                .stream()
                .toList();
    }

    private Answer answer(CalendarAnswer answer, UUID notice) {
        CalendarAnswer.Proposal proposal = answer.proposal();
        return new Answer(
                switch (answer.kind()) {
                    case ACCEPTED -> AnswerKind.ACCEPTED;
                    case TENTATIVE -> AnswerKind.TENTATIVE;
                    case DECLINED -> AnswerKind.DECLINED;
                    case COUNTER -> AnswerKind.COUNTER;
                },
                proposal == null
                        ? null
                        : calendars
                                .lecture(notice)
                                .flatMap(lecture -> proposed(proposal, lecture))
                                .orElse(null),
                answer.comment());
    }

    /** A time without a zone is in the lecture's zone. A proposal without an end keeps the lecture's duration. */
    private static Optional<Answer.Proposal> proposed(CalendarAnswer.Proposal proposal, Lecture lecture) {
        ZoneId zone = lecture.zone();
        Instant start = proposal.start().in(zone);
        CalendarAnswer.Moment stated = proposal.end();
        Instant end = stated == null ? start.plus(Duration.between(lecture.start(), lecture.end())) : stated.in(zone);
        return start.isBefore(end) ? Optional.of(new Answer.Proposal(start, end)) : Optional.empty();
    }

    private static byte[] digest(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
