package org.lectern.notification.inbound.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.notification.inbound.message.CalendarAnswer.Kind;
import org.lectern.notification.inbound.message.CalendarAnswer.Proposal;
import org.lectern.notification.inbound.message.DeliveryReport.Action;
import org.lectern.notification.inbound.message.InboundMessage.Answered;
import org.lectern.notification.inbound.message.InboundMessage.Automatic;
import org.lectern.notification.inbound.message.InboundMessage.NotUnderstood;
import org.lectern.notification.inbound.message.InboundMessage.Reported;
import org.lectern.notification.inbound.message.InboundMessage.Unreadable;

class MessageReaderTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    @ParameterizedTest
    @CsvSource({
        "outlook-accepted, ACCEPTED, 2,",
        "google-declined, DECLINED, 1, The hall is being repaired; sorry",
        "apple-tentative, TENTATIVE, 1,",
        "thunderbird-accepted, ACCEPTED, 1,",
        "wecom-declined, DECLINED, 1, 村里停电，改天再讲",
        "outlook-counter, COUNTER, 2, '当天下午村里有集市, 上午可以吗？'",
        "google-counter, COUNTER, 0, Thursday would be better",
        "zone-of-its-own-counter, COUNTER, 0,"
    })
    void calendarAnswerIsReadAsEachClientWritesIt(String sample, Kind kind, int sequence, String comment) {
        InboundMessage message = MessageReader.read(Samples.octets(sample));

        CalendarAnswer answer = answer(message);
        assertThat(answer.uid()).isEqualTo(Samples.UID);
        assertThat(answer.kind()).isEqualTo(kind);
        assertThat(answer.sequence()).isEqualTo(sequence);
        assertThat(answer.comment()).isEqualTo(comment);
        assertThat(message.addresses()).contains(Samples.ENTRY);
    }

    @ParameterizedTest
    @CsvSource({
        "outlook-counter, 2026-12-02T01:00:00Z, 2026-12-02T03:00:00Z",
        "google-counter, 2026-12-03T01:30:00Z, 2026-12-03T03:00:00Z",
        "zone-of-its-own-counter, 2027-07-01T07:00:00Z, 2027-07-01T08:30:00Z"
    })
    void proposedTimeIsReadInItsZone(String sample, Instant start, Instant end) {
        Proposal proposal = answer(MessageReader.read(Samples.octets(sample))).proposal();

        assertThat(proposal.start().in(SHANGHAI)).isEqualTo(start);
        assertThat(proposal.end().in(SHANGHAI)).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource({
        "TZID=Europe/Paris, 2027-01-05T09:00:00Z",
        "TZID=/freeassociation.sourceforge.net/Europe/Paris, 2027-01-05T09:00:00Z",
        "TZID=Eastern Standard Time, 2027-01-05T15:00:00Z",
        "'TZID=\"W. Europe Standard Time\"', 2027-01-05T09:00:00Z",
        "VALUE=DATE-TIME, 2027-01-05T02:00:00Z"
    })
    void zoneMayBeIanaOrWindowsOrTheLecturesOwn(String parameter, Instant start) {
        Proposal proposal = counter("DTSTART;" + parameter + ":20270105T100000").proposal();

        assertThat(proposal.start().in(SHANGHAI)).isEqualTo(start);
        assertThat(proposal.end()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DTSTART;VALUE=DATE:20270105",
                "DTSTART;TZID=Nowhere/Land:20270105T100000",
                "DTSTART:tomorrow",
                "DTSTART:20270230T100000",
                "X-NONE:1"
            })
    void counterWithoutAClearTimeKeepsNoProposal(String line) {
        assertThat(counter(line).proposal()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "postfix-bounce, FAILED, 5.1.1",
        "exchange-undeliverable, FAILED, 5.2.2",
        "postfix-delayed, DELAYED, 4.4.1",
        "qq-bounce, FAILED, 5.1.1",
        "qmail-bounce, FAILED, 5.1.1"
    })
    void bounceIsReadAsEachServerWritesIt(String sample, Action action, String status) {
        InboundMessage message = MessageReader.read(Samples.octets(sample));

        assertThat(message.reading()).isEqualTo(new Reported(new DeliveryReport(action, status)));
        assertThat(message.addresses()).contains(Samples.DELIVERY);
    }

    @Test
    void autoReplyIsNoBounceWhateverItsText() {
        assertThat(reading("out-of-office")).isInstanceOf(Automatic.class);
    }

    @Test
    void mailOfAPersonIsNotUnderstood() {
        assertThat(reading("person")).isInstanceOf(NotUnderstood.class);
    }

    @Test
    void invitationThatCameBackIsNoAnswer() {
        String request = Samples.text("thunderbird-accepted").replace("METHOD:REPLY", "METHOD:REQUEST");

        assertThat(read(request).reading()).isInstanceOf(NotUnderstood.class);
    }

    @Test
    void answerForwardedWithinAnotherMessageDoesNotCount() {
        String forwarded = "From: a@branch.example\r\nTo: " + Samples.ENTRY + "\r\nContent-Type: message/rfc822\r\n\r\n"
                + Samples.text("thunderbird-accepted");

        assertThat(read(forwarded).reading()).isInstanceOf(NotUnderstood.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-8", "us-ascii", "x-unknown", "\"\"", "gb2312", "no such charset;;"})
    void utf8IsReadWhateverCharsetIsDeclared(String charset) {
        String text = Samples.text("google-counter")
                .replace("charset=UTF-8", "charset=" + charset)
                .replace("Thursday would be better", "=E6=98=9F=E6=9C=9F=E5=9B=9B=E6=9B=B4=E5=A5=BD");

        CalendarAnswer answer = answer(read(text));

        assertThat(answer.kind()).isEqualTo(Kind.COUNTER);
        if (!charset.equals("gb2312")) {
            assertThat(answer.comment()).isEqualTo("星期四更好");
        }
    }

    @Test
    void replyWithoutSequenceSaysNone() {
        String text = Samples.text("thunderbird-accepted").replace("SEQUENCE:1\r\n", "");

        assertThat(answer(read(text)).sequence()).isNull();
    }

    @Test
    void attendeesThatHaveNotAnsweredAreIgnored() {
        String text = Samples.text("thunderbird-accepted")
                .replace(
                        "DTSTART:",
                        "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:b@example.net\r\nATTENDEE:mailto:c@example.net\r\nDTSTART:");

        assertThat(answer(read(text)).kind()).isEqualTo(Kind.ACCEPTED);
    }

    @Test
    void delegationIsNotUnderstood() {
        String text = Samples.text("thunderbird-accepted").replace("PARTSTAT=ACCEPTED", "PARTSTAT=DELEGATED");

        assertThat(read(text).reading()).isInstanceOf(NotUnderstood.class);
    }

    @ParameterizedTest
    @CsvSource({
        "UID:, X-UID:, no-uid",
        "SEQUENCE:1, SEQUENCE:-1, sequence-malformed",
        "SEQUENCE:1, SEQUENCE:99999999999, sequence-malformed",
        "BEGIN:VEVENT, BEGIN:VTODO, no-event"
    })
    void malformedAnswerIsUnreadable(String part, String instead, String reason) {
        String text = Samples.text("thunderbird-accepted").replace(part, instead);

        assertThat(read(text).reading()).isEqualTo(new Unreadable(reason));
    }

    @Test
    void commentIsOneStorableLineOfBoundedLength() {
        String text = Samples.text("google-counter")
                .replace("Thursday would be better", "a\\nb=00=07=E2=80=AEc " + "x".repeat(900));

        assertThat(answer(read(text)).comment())
                .hasSize(500)
                .startsWith("a b c x")
                .doesNotContain("\u0000");
    }

    private static InboundMessage.Reading reading(String sample) {
        return MessageReader.read(Samples.octets(sample)).reading();
    }

    private static InboundMessage read(String text) {
        return MessageReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static CalendarAnswer answer(InboundMessage message) {
        assertThat(message.reading()).isInstanceOf(Answered.class);
        return ((Answered) message.reading()).answer();
    }

    private static CalendarAnswer counter(String start) {
        return answer(read("To: " + Samples.ENTRY
                + "\r\nContent-Type: text/calendar; method=COUNTER\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:COUNTER\r\n"
                + "BEGIN:VEVENT\r\nUID:" + Samples.UID + "\r\nSEQUENCE:0\r\n" + start
                + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"));
    }
}
