package org.lectern.notification.notice;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.time.Zones;
import org.lectern.notification.directory.Recipient;
import org.lectern.notification.directory.Troubles.Trouble;
import org.lectern.notification.event.AnnouncedEvent;
import org.lectern.notification.event.BookingEvent;
import org.lectern.notification.event.RequestChanged;
import org.lectern.notification.wording.Wording;

/** Writes the text of a notice. Empty when there is nothing to report. */
@ApplicationScoped
class NoticeWriter {

    private final Texts wording;
    private final MapLink map;

    @Inject
    NoticeWriter(Wording wording, MapConfig config) {
        this((locale, branch) -> wording.of(NoticeTexts.class, locale, branch), new MapLink(config.address()));
    }

    NoticeWriter(Texts wording, MapLink map) {
        this.wording = wording;
        this.map = map;
    }

    /** The language and zone of a branch. */
    private record Reading(Locale language, ZoneId zone) {
        static Reading of(Recipient reader) {
            return new Reading(Locale.forLanguageTag(reader.locale()), Zones.of(reader.zone()));
        }
    }

    /** The texts for a branch in a language. */
    interface Texts {
        NoticeTexts of(String locale, UUID branch);
    }

    /** @param reader the branch that receives the notice: the host or a guest */
    Optional<NoticeText> write(AnnouncedEvent event, Recipient reader) {
        Reading reading = Reading.of(reader);
        NoticeTexts say = texts(reader);
        return switch (event) {
            case BookingEvent booking -> booking(booking, reader, say, reading);
            case RequestChanged request -> request(request, say, reading);
        };
    }

    /** Announces a lecture that the branch has not known before, whatever the event. */
    Optional<NoticeText> news(BookingEvent event, Recipient reader) {
        NoticeTexts say = texts(reader);
        String topic = OneLine.of(event.topic().title());
        List<String> lines = new ArrayList<>();
        takesPlace(event, reader, say, Reading.of(reader), lines);
        concerns(event, reader, say, topic, lines);
        boolean hosts = reader.id().equals(event.branch().id());
        return Optional.of(new NoticeText(NoticeKind.CONFIRMED, new Titles(say, reader, topic).news(hosts), lines));
    }

    /**
     * Describes the total change of a lecture since the branch's last notice.
     *
     * @param before the branch's knowledge
     * @param event the last of several changes
     */
    Optional<NoticeText> change(LastKnown before, BookingEvent event, Recipient reader) {
        Reading reading = Reading.of(reader);
        NoticeTexts say = texts(reader);
        String topic = OneLine.of(event.topic().title());
        List<String> lines = new ArrayList<>();
        String known =
                LectureTime.text(before.start(), before.end(), before.zone(), reading.zone(), reading.language());
        if (event.isOffFor(reader.id())) {
            lines.add(say.time(known));
            if (before.place() != null) {
                lines.add(say.venue(OneLine.of(before.place())));
            }
            if (!reader.isLecturer()) {
                lines.add(say.lecturer(OneLine.of(before.lecturer())));
            }
            concerns(event, reader, say, topic, lines);
            reason(reasonOf(event), say, lines);
            return Optional.of(new NoticeText(NoticeKind.CANCELLED, endTitle(event, reader, say, topic), lines));
        }
        return Optional.of(changed(Earlier.of(before, event), event, reader, say, reading));
    }

    private static String endTitle(BookingEvent event, Recipient reader, NoticeTexts say, String topic) {
        return switch (event) {
            case BookingEvent.Cancelled cancelled -> new Titles(say, reader, topic).cancelled();
            case BookingEvent.HandedOver handedOver -> say.handedOverTitle(topic);
            case BookingEvent other -> say.leftTitle(topic);
        };
    }

    /** What a change replaces; a value is null if it stays or is unknown. */
    private record Earlier(
            boolean moved,
            @Nullable Instant start,
            @Nullable Instant end,
            ZoneId zone,
            boolean elsewhere,
            @Nullable String place,
            @Nullable String lecturer,
            @Nullable String topic,
            @Nullable String host,
            @Nullable String format) {

        static Earlier of(LastKnown before, BookingEvent event) {
            boolean moved =
                    !before.start().equals(event.start()) || !before.end().equals(event.end());
            boolean elsewhere = before.hasOtherPlace(event.venue());
            return new Earlier(
                    moved,
                    before.start(),
                    before.end(),
                    before.zone(),
                    elsewhere,
                    elsewhere ? before.place() : null,
                    before.hasOtherLecturer(event.lecturer()) ? before.lecturer() : null,
                    other(before.topic(), event.topic().title()),
                    other(before.host(), event.branch().name()),
                    before.hasOtherFormat(event.format()) ? before.format() : null);
        }

        static Earlier of(BookingEvent.Changed event, NoticeTexts say) {
            BookingEvent.Before before = event.before();
            return new Earlier(
                    event.differs("time"),
                    before.start(),
                    before.end(),
                    event.zone(),
                    event.differs("venue"),
                    before.venue() == null ? null : NoticeWriter.place(before.venue(), say),
                    before.lecturer() == null ? null : before.lecturer().name(),
                    before.topic() == null ? null : before.topic().title(),
                    before.branch() == null ? null : before.branch().name(),
                    before.format());
        }

        private static @Nullable String other(String before, String now) {
            return before.equals(now) ? null : before;
        }

        /** Whether the branch needs to note another time only. */
        boolean onlyMoved() {
            return moved && !elsewhere && lecturer == null && topic == null && host == null && format == null;
        }
    }

    /** Time, place and link come first, because a long message may be cut at the end. */
    private NoticeText changed(Earlier before, BookingEvent event, Recipient reader, NoticeTexts say, Reading reading) {
        List<String> lines = new ArrayList<>();
        lines.add(before.moved() ? say.newTime(time(event, reading)) : say.time(time(event, reading)));
        if (before.moved() && before.start() != null && before.end() != null) {
            lines.add(say.earlierTime(
                    LectureTime.text(before.start(), before.end(), before.zone(), reading.zone(), reading.language())));
        }
        where(event, before.place(), reader, say, lines);
        if (!reader.isLecturer()) {
            String lecturer = OneLine.of(event.lecturer().name());
            lines.add(
                    before.lecturer() == null
                            ? say.lecturer(lecturer)
                            : say.lecturerInstead(lecturer, OneLine.of(before.lecturer())));
        }
        String format = event.format();
        if (before.format() != null && format != null) {
            lines.add(say.formatInstead(format(format, say), format(before.format(), say)));
        }
        String topic = OneLine.of(event.topic().title());
        lines.add(before.topic() == null ? say.topic(topic) : say.topicInstead(topic, OneLine.of(before.topic())));
        String host = OneLine.of(event.branch().name());
        if (reader.id().equals(event.branch().id())) {
            lines.add(say.branch(host));
        } else {
            guest(reader, say, lines);
            lines.add(before.host() == null ? say.host(host) : say.hostInstead(host, OneLine.of(before.host())));
        }
        reason(reasonOf(event), say, lines);
        return before.onlyMoved()
                ? new NoticeText(NoticeKind.RESCHEDULED, new Titles(say, reader, topic).moved(), lines)
                : new NoticeText(NoticeKind.REASSIGNED, new Titles(say, reader, topic).changed(), lines);
    }

    /** The usual formats have names; an organisation may use others. */
    private static String format(String code, NoticeTexts say) {
        return switch (code) {
            case "lecture" -> say.formatLecture();
            case "story-telling" -> say.formatStoryTelling();
            case "panel" -> say.formatPanel();
            case "field-class" -> say.formatFieldClass();
            case "broadcast" -> say.formatBroadcast();
            default -> OneLine.of(code);
        };
    }

    /** Reminds of a lecture that the branch knows. */
    NoticeText reminder(Lecture lecture, Recipient reader) {
        NoticeTexts say = texts(reader);
        String topic = OneLine.of(lecture.topic());
        List<String> lines = new ArrayList<>();
        takesPlace(lecture, reader, say, Reading.of(reader), lines);
        lines.add(say.topic(topic));
        if (lecture.hosted()) {
            lines.add(say.branch(OneLine.of(reader.name())));
        } else {
            guest(reader, say, lines);
            lines.add(say.host(OneLine.of(lecture.host())));
        }
        return new NoticeText(NoticeKind.REMINDER, say.reminderTitle(topic), lines);
    }

    /** Repeats a notice, and requests an acknowledgement. */
    NoticeText again(String title, String body, String locale, Recipient reader) {
        NoticeTexts say = wording.of(locale, reader.id());
        List<String> lines = new ArrayList<>(body.lines().toList());
        lines.add(reader.isLecturer() ? say.pleaseConfirmYourself() : say.pleaseConfirm());
        return new NoticeText(NoticeKind.ACKNOWLEDGEMENT_OVERDUE, say.pleaseConfirmTitle(title), lines);
    }

    /** Reports to another branch that a branch received a notice and has not acknowledged it. */
    NoticeText unanswered(Lecture lecture, Recipient silent, Instant toldAt, Recipient reader) {
        NoticeTexts say = texts(reader);
        Reading reading = Reading.of(reader);
        String topic = OneLine.of(lecture.topic());
        String name = OneLine.of(silent.name());
        List<String> lines = new ArrayList<>();
        takesPlace(lecture, reader, say, reading, lines);
        lines.add(say.topic(topic));
        whose(lecture, silent, say, lines);
        if (lecture.cancelled()) {
            lines.add(say.off());
        }
        String at = LectureTime.moment(toldAt, reading.zone(), reading.language());
        lines.add(silent.isLecturer() ? say.unansweredByLecturer(at, name) : say.unanswered(at, name));
        return new NoticeText(NoticeKind.ESCALATED, say.unansweredTitle(name, topic), lines);
    }

    /** Reports to the organizers that a branch cannot take part, or that the lecturer cannot give the lecture. */
    NoticeText declined(Lecture lecture, Recipient answering, Instant at, @Nullable String comment, Recipient reader) {
        NoticeTexts say = texts(reader);
        Reading reading = Reading.of(reader);
        String name = OneLine.of(answering.name());
        List<String> lines = answered(lecture, answering, reader, say, reading);
        comment(comment, say, lines);
        String time = LectureTime.moment(at, reading.zone(), reading.language());
        lines.add(answering.isLecturer() ? say.declinedByLecturer(name, time) : say.declined(name, time));
        NoticeKind kind = answering.isLecturer() ? NoticeKind.LECTURER_DECLINED : NoticeKind.BRANCH_DECLINED;
        return new NoticeText(kind, say.declinedTitle(name, OneLine.of(lecture.topic())), lines);
    }

    /** Reports to the organizers that a lecturer has not answered in time. */
    NoticeText silent(Lecture lecture, Recipient lecturer, Recipient reader) {
        NoticeTexts say = texts(reader);
        String name = OneLine.of(lecturer.name());
        List<String> lines = answered(lecture, lecturer, reader, say, Reading.of(reader));
        lines.add(say.silent(name));
        return new NoticeText(NoticeKind.LECTURER_SILENT, say.silentTitle(name, OneLine.of(lecture.topic())), lines);
    }

    /** Reports to the organizers that a branch proposes another time. */
    NoticeText proposed(
            Lecture lecture,
            Recipient answering,
            Instant at,
            @Nullable Proposed time,
            @Nullable String comment,
            Recipient reader) {
        NoticeTexts say = texts(reader);
        Reading reading = Reading.of(reader);
        String name = OneLine.of(answering.name());
        List<String> lines = answered(lecture, answering, reader, say, reading);
        if (time != null) {
            lines.add(say.proposedTime(
                    LectureTime.text(time.start(), time.end(), lecture.zone(), reading.zone(), reading.language())));
        }
        comment(comment, say, lines);
        String answeredAt = LectureTime.moment(at, reading.zone(), reading.language());
        lines.add(answering.isLecturer() ? say.proposedByLecturer(name, answeredAt) : say.proposed(name, answeredAt));
        return new NoticeText(NoticeKind.TIME_PROPOSED, say.proposedTitle(name, OneLine.of(lecture.topic())), lines);
    }

    /** Lists a lecturer's lectures of one day in order. */
    NoticeText daySheet(LocalDate day, List<Lecture> lectures, Instant now, Recipient reader) {
        NoticeTexts say = texts(reader);
        Reading reading = Reading.of(reader);
        List<String> lines = new ArrayList<>();
        int number = 1;
        for (Lecture lecture : lectures) {
            String time = LectureTime.text(
                    lecture.start(), lecture.end(), lecture.zone(), reading.zone(), reading.language());
            lines.add(say.sheetLecture(number++, time, OneLine.of(lecture.topic())));
            String place = lecture.place();
            if (place != null) {
                lines.add(say.sheetVenue(OneLine.of(place)));
                map(place, reader, say, lines);
            }
            String link = lecture.joinLink();
            if (link != null) {
                lines.add(say.sheetLink(OneLine.of(link)));
            }
            lines.add(say.host(OneLine.of(lecture.host())));
        }
        lines.add(say.sheetNote(LectureTime.moment(now, reading.zone(), reading.language())));
        return new NoticeText(
                NoticeKind.DAY_SHEET, say.sheetTitle(lectures.size(), LectureTime.day(day, reading.language())), lines);
    }

    /** A proposed time for a lecture. */
    record Proposed(Instant start, Instant end) {}

    private List<String> answered(
            Lecture lecture, Recipient answering, Recipient reader, NoticeTexts say, Reading reading) {
        List<String> lines = new ArrayList<>();
        takesPlace(lecture, reader, say, reading, lines);
        lines.add(say.topic(OneLine.of(lecture.topic())));
        whose(lecture, answering, say, lines);
        return lines;
    }

    /** Names the branch that a report is about; of a lecturer, who is named already, the host. */
    private static void whose(Lecture lecture, Recipient about, NoticeTexts say, List<String> lines) {
        lines.add(about.isLecturer() ? say.host(OneLine.of(lecture.host())) : say.branch(OneLine.of(about.name())));
    }

    private static void guest(Recipient reader, NoticeTexts say, List<String> lines) {
        if (!reader.isLecturer()) {
            lines.add(say.guest(OneLine.of(reader.name())));
        }
    }

    private static void comment(@Nullable String comment, NoticeTexts say, List<String> lines) {
        if (comment != null) {
            lines.add(say.comment(OneLine.of(comment)));
        }
    }

    /** Reports which endpoint of a branch was disabled or is unreachable, the cause and the remedy. */
    NoticeText trouble(Trouble trouble, Recipient of, Recipient reader) {
        NoticeTexts say = texts(reader);
        String channel = channel(trouble.channel(), say);
        String since =
                LectureTime.moment(trouble.since(), Zones.of(reader.zone()), Locale.forLanguageTag(reader.locale()));
        String address = OneLine.of(trouble.address());
        List<String> lines = new ArrayList<>();
        String owner = OneLine.of(of.name());
        lines.add(of.isLecturer() ? say.lecturer(owner) : say.branch(owner));
        lines.add(say.endpoint(channel, address));
        if (trouble.off()) {
            lines.add(say.endpointOffReason(since, trouble.reason()));
            lines.add(say.endpointOffWaits());
            lines.add(of.isLecturer() ? say.endpointOffHowOfLecturer() : say.endpointOffHow());
            return new NoticeText(NoticeKind.ENDPOINT_DISABLED, say.endpointOffTitle(channel, address), lines);
        }
        lines.add(say.endpointFailingReason(since, trouble.reason()));
        lines.add(say.endpointFailingHow());
        return new NoticeText(NoticeKind.ENDPOINT_FAILING, say.endpointFailingTitle(channel, address), lines);
    }

    private static String channel(String name, NoticeTexts say) {
        return switch (name) {
            case "email" -> say.channelEmail();
            case "webhook" -> say.channelWebhook();
            case "wecom" -> say.channelWecom();
            case "dingtalk" -> say.channelDingtalk();
            case "feishu" -> say.channelFeishu();
            case "sms" -> say.channelSms();
            case "webpush" -> say.channelWebpush();
            default -> name;
        };
    }

    private void takesPlace(Lecture lecture, Recipient reader, NoticeTexts say, Reading reading, List<String> lines) {
        lines.add(say.time(
                LectureTime.text(lecture.start(), lecture.end(), lecture.zone(), reading.zone(), reading.language())));
        String place = lecture.place();
        if (place != null) {
            lines.add(say.venue(OneLine.of(place)));
            map(place, reader, say, lines);
        }
        String link = lecture.joinLink();
        if (link != null) {
            lines.add(say.link(OneLine.of(link)));
        }
        if (!reader.isLecturer()) {
            lines.add(say.lecturer(OneLine.of(lecture.lecturer())));
        }
    }

    private static @Nullable String reasonOf(BookingEvent event) {
        return switch (event) {
            case BookingEvent.Changed changed -> changed.reason();
            case BookingEvent.Cancelled cancelled -> cancelled.reason();
            case BookingEvent.Confirmed confirmed -> null;
            case BookingEvent.HandedOver handedOver -> handedOver.reason();
            case BookingEvent.GuestsChanged changed -> null;
            case BookingEvent.Completed took -> null;
            case BookingEvent.Held held -> null;
            case BookingEvent.Released released -> null;
            case BookingEvent.Expired expired -> null;
        };
    }

    private NoticeTexts texts(Recipient reader) {
        return wording.of(reader.locale(), reader.id());
    }

    private static Optional<NoticeText> request(RequestChanged request, NoticeTexts say, Reading reading) {
        String topic = OneLine.of(request.topic().title());
        List<String> lines = new ArrayList<>();
        if (request.change() == RequestChanged.Change.OFFERED) {
            offer(request, say, reading, lines);
        }
        lines.add(say.topic(topic));
        lines.add(say.branch(OneLine.of(request.branch().name())));
        String reason = request.reason();
        return switch (request.change()) {
            case OFFERED -> {
                yield Optional.of(new NoticeText(NoticeKind.REQUEST_OFFERED, say.offeredTitle(topic), lines));
            }
            case OFFER_EXPIRED -> {
                lines.add(say.waitsOn());
                yield Optional.of(new NoticeText(NoticeKind.OFFER_ENDED, say.offerExpiredTitle(topic), lines));
            }
            case OFFER_WITHDRAWN -> {
                reason(reason, say, lines);
                lines.add(say.waitsOn());
                yield Optional.of(new NoticeText(NoticeKind.OFFER_ENDED, say.offerWithdrawnTitle(topic), lines));
            }
            case REFUSED -> {
                reason(reason, say, lines);
                yield Optional.of(new NoticeText(NoticeKind.REQUEST_REFUSED, say.refusedTitle(topic), lines));
            }
            case REOPENED -> {
                lines.add(say.waitsOn());
                yield Optional.of(new NoticeText(NoticeKind.REQUEST_REOPENED, say.reopenedTitle(topic), lines));
            }
            case LAPSED -> {
                lines.add(say.askAgain());
                yield Optional.of(new NoticeText(NoticeKind.REQUEST_LAPSED, say.lapsedTitle(topic), lines));
            }
            // the branch's own act, or covered by the notice of the booked lecture or of the next offer
            case REQUESTED, OFFER_DECLINED, ACCEPTED, WITHDRAWN, MOVED -> Optional.empty();
        };
    }

    private static void offer(RequestChanged request, NoticeTexts say, Reading reading, List<String> lines) {
        RequestChanged.Offer offer = request.offer();
        if (offer == null) {
            throw new IllegalArgumentException("an offered request without an offer");
        }
        lines.add(say.time(
                LectureTime.text(offer.start(), offer.end(), request.zone(), reading.zone(), reading.language())));
        BookingEvent.Venue venue = offer.venue();
        if (venue != null) {
            lines.add(say.venue(place(venue, say)));
        }
        String link = offer.joinLink();
        if (link != null) {
            lines.add(say.link(OneLine.of(link)));
        }
        lines.add(say.answerBy(
                LectureTime.moment(offer.expiresAt(), request.zone(), reading.zone(), reading.language())));
        lines.add(say.lecturer(OneLine.of(offer.lecturer().name())));
    }

    private static void reason(@Nullable String reason, NoticeTexts say, List<String> lines) {
        if (reason != null && !reason.isBlank()) {
            lines.add(say.reason(OneLine.of(reason)));
        }
    }

    private Optional<NoticeText> booking(BookingEvent event, Recipient reader, NoticeTexts say, Reading reading) {
        String topic = OneLine.of(event.topic().title());
        Titles titles = new Titles(say, reader, topic);
        List<String> lines = new ArrayList<>();
        return switch (event) {
            case BookingEvent.Confirmed confirmed -> {
                takesPlace(event, reader, say, reading, lines);
                concerns(event, reader, say, topic, lines);
                yield Optional.of(new NoticeText(NoticeKind.CONFIRMED, titles.confirmed(), lines));
            }
            case BookingEvent.GuestsChanged changed -> {
                takesPlace(event, reader, say, reading, lines);
                concerns(event, reader, say, topic, lines);
                yield Optional.of(
                        changed.isOffFor(reader.id())
                                ? new NoticeText(NoticeKind.CANCELLED, say.leftTitle(topic), lines)
                                : new NoticeText(NoticeKind.CONFIRMED, say.joinedTitle(topic), lines));
            }
            case BookingEvent.Changed changed ->
                changed.isTold()
                        ? Optional.of(changed(Earlier.of(changed, say), changed, reader, say, reading))
                        : Optional.empty();
            case BookingEvent.Cancelled cancelled -> {
                takesPlace(event, reader, say, reading, lines);
                concerns(event, reader, say, topic, lines);
                reason(cancelled.reason(), say, lines);
                yield Optional.of(new NoticeText(NoticeKind.CANCELLED, titles.cancelled(), lines));
            }
            case BookingEvent.HandedOver handedOver -> {
                takesPlace(event, reader, say, reading, lines);
                concerns(event, reader, say, topic, lines);
                reason(handedOver.reason(), say, lines);
                lines.add(say.handedOver());
                yield Optional.of(new NoticeText(NoticeKind.CANCELLED, say.handedOverTitle(topic), lines));
            }
            case BookingEvent.Completed took -> Optional.empty();
            case BookingEvent.Held held -> Optional.empty();
            case BookingEvent.Released released -> Optional.empty();
            case BookingEvent.Expired expired -> Optional.empty();
        };
    }

    private static void concerns(
            BookingEvent event, Recipient reader, NoticeTexts say, String topic, List<String> lines) {
        lines.add(say.topic(topic));
        if (reader.id().equals(event.branch().id())) {
            lines.add(say.branch(OneLine.of(event.branch().name())));
        } else {
            guest(reader, say, lines);
            lines.add(say.host(OneLine.of(event.branch().name())));
        }
    }

    private void takesPlace(
            BookingEvent event, Recipient reader, NoticeTexts say, Reading reading, List<String> lines) {
        lines.add(say.time(time(event, reading)));
        where(event, null, reader, say, lines);
        if (!reader.isLecturer()) {
            lines.add(say.lecturer(OneLine.of(event.lecturer().name())));
        }
    }

    private void where(
            BookingEvent event, @Nullable String before, Recipient reader, NoticeTexts say, List<String> lines) {
        BookingEvent.Venue venue = event.venue();
        if (venue != null) {
            String place = place(venue, say);
            lines.add(before == null ? say.venue(place) : say.venueInstead(place, OneLine.of(before)));
            map(Places.text(venue), reader, say, lines);
        }
        String link = event.joinLink();
        if (link != null) {
            lines.add(say.link(OneLine.of(link)));
        }
    }

    /** Lecturers travel: a place with an address gets a link to a map. */
    private void map(@Nullable String place, Recipient reader, NoticeTexts say, List<String> lines) {
        if (place != null && reader.isLecturer() && Places.hasAddress(place)) {
            map.link(place).ifPresent(link -> lines.add(say.map(link)));
        }
    }

    private static String place(BookingEvent.Venue venue, NoticeTexts say) {
        String name = OneLine.of(venue.name());
        String address = venue.address();
        return address == null || address.isBlank() ? name : say.place(name, OneLine.of(address));
    }

    private static String time(BookingEvent event, Reading reading) {
        return time(event.start(), event.end(), event, reading);
    }

    private static String time(Instant start, Instant end, BookingEvent event, Reading reading) {
        return LectureTime.text(start, end, event.zone(), reading.zone(), reading.language());
    }
}
