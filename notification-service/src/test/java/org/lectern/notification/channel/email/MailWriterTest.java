package org.lectern.notification.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.local.smtp.WireRules;
import org.lectern.notification.calendar.Invitation;
import org.lectern.notification.directory.EmailAddress;
import org.lectern.notification.support.ParsedMail;
import org.lectern.notification.support.RareTexts;

/** The octets of a mail conform to the wire rules, and decode to the exact text. */
class MailWriterTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-03T12:00:00Z"), ZoneOffset.UTC);
    private static final UUID ID = UUID.fromString("019a1b70-0c44-7d21-9a5e-7b1f3c2e4d01");
    private static final UUID THREAD = UUID.fromString("019a1b70-0c44-7d21-9a5e-7b1f3c2e4d02");
    private static final byte[] CALENDAR =
            "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:宣讲 𠮷\r\nEND:VCALENDAR\r\n".getBytes(StandardCharsets.UTF_8);

    private final MailWriter writer = writer("Lectern 讲座 <lectern@example.org>");

    private static MailWriter writer(String from) {
        return new MailWriter(Sender.of(from, Optional.empty()), Optional.empty(), Optional.empty(), NOON);
    }

    private static OutgoingMail mail(String subject, String text, @Nullable Invitation invitation) {
        return new OutgoingMail(
                ID,
                EmailAddress.parse("branch@example.org").orElseThrow(),
                "zh-CN",
                subject,
                text,
                "<p>" + text + "</p>",
                THREAD,
                invitation,
                null);
    }

    @Test
    void answers_goToTheAddressOfTheDelivery() {
        EmailAddress to = EmailAddress.parse("branch@example.org").orElseThrow();
        EmailAddress answers = EmailAddress.parse("lectern+abc@example.org").orElseThrow();

        byte[] octets = writer.write(
                new OutgoingMail(ID, to, "en", "Moved", "Moved", "<p>Moved</p>", null, null, null, answers));

        assertThat(new ParsedMail(octets).header("Reply-To")).hasValue("lectern+abc@example.org");
    }

    private static Stream<String> texts() {
        return RareTexts.all().stream();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textOfAnyKind_arrivesExactly(String text) {
        String body = text + "\n.\n..\n.leading dot\nFrom me\ntrailing space \n\ttab\n" + text;
        byte[] octets = writer.write(mail(text, body, new Invitation("REQUEST", CALENDAR)));

        assertThat(WireRules.violations(octets)).isEmpty();
        ParsedMail read = new ParsedMail(octets);
        assertThat(read.subject()).isEqualTo(RareTexts.oneLine(text));
        assertThat(read.text()).isEqualTo(lines(body));
        assertThat(read.html()).isEqualTo(lines("<p>" + body + "</p>"));
        assertThat(read.parts("text/calendar").getFirst().content()).isEqualTo(CALENDAR);
        assertThat(read.headers())
                .as("nothing a person wrote begins a header")
                .containsExactlyInAnyOrder(
                        "Date",
                        "From",
                        "To",
                        "Message-ID",
                        "References",
                        "Subject",
                        "MIME-Version",
                        "Content-Type",
                        "Content-Language",
                        "Auto-Submitted",
                        "X-Auto-Response-Suppress",
                        "Content-Class");
    }

    /** Line ends in the canonical form of text; apart from unprintable characters, the text stays the same. */
    private static String lines(String text) {
        return text.replaceAll("\r\n|\r|\n", "\r\n")
                        .replaceAll("[\\p{Cc}&&[^\r\n\t]]", "")
                        .replaceAll(
                                "(?<![\\ud800-\\udbff])[\\udc00-\\udfff]|[\\ud800-\\udbff](?![\\udc00-\\udfff])",
                                "\ufffd")
                + "\r\n";
    }

    @Test
    void headers_haveSenderDateAndSubject() {
        ParsedMail read = new ParsedMail(writer.write(mail("Moved", "It is at ten now.", null)));

        assertThat(read.from().getName()).isEqualTo("Lectern 讲座");
        assertThat(read.from().getAddress()).isEqualTo("lectern@example.org");
        assertThat(read.to()).containsExactly("branch@example.org");
        assertThat(read.header("Date")).hasValue("Tue, 3 Nov 2026 12:00:00 +0000");
        assertThat(read.header("Message-ID")).hasValue("<" + ID + "@example.org>");
        assertThat(read.header("References")).hasValue("<" + THREAD + "@example.org>");
        assertThat(read.header("Content-Language")).hasValue("zh-CN");
        assertThat(read.header("Auto-Submitted")).hasValue("auto-generated");
        assertThat(read.header("X-Auto-Response-Suppress")).hasValue("DR, RN, NRN, OOF, AutoReply");
        assertThat(read.header("Cc")).isEmpty();
        assertThat(read.header("Reply-To")).isEmpty();
        assertThat(read.structure()).isEqualTo("alternative(text/plain text/html)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REQUEST", "CANCEL"})
    void singleInvitation_isInlineAndAttached(String method) {
        byte[] octets = writer.write(mail("Moved", "It is at ten now.", new Invitation(method, CALENDAR)));

        ParsedMail read = new ParsedMail(octets);
        assertThat(read.structure())
                .isEqualTo("mixed(alternative(text/plain text/html text/calendar) application/ics)");
        ParsedMail.Part inline = read.parts("text/calendar").getFirst();
        assertThat(inline.parameters()).containsEntry("charset", "UTF-8").containsEntry("method", method);
        assertThat(inline.disposition()).isEmpty();
        ParsedMail.Part attached = read.parts("application/ics").getFirst();
        assertThat(attached.disposition()).isEqualTo("attachment");
        assertThat(attached.parameters()).containsEntry("name", "lecture.ics");
        assertThat(attached.content()).isEqualTo(CALENDAR);
        assertThat(new String(octets, StandardCharsets.US_ASCII))
                .contains("\r\nContent-Type: text/calendar; charset=UTF-8; method=" + method + "\r\n");
    }

    @Test
    void blankSubject_isNoHeader() {
        byte[] octets = writer.write(mail(" \r\n ", "Text", null));

        assertThat(WireRules.violations(octets)).isEmpty();
        assertThat(new ParsedMail(octets).headers()).doesNotContain("Subject");
    }

    @Test
    void digest_canBeUnsubscribedFromWithOneClick() {
        String link = "https://lectern.example.org/u/" + "t".repeat(64);
        byte[] octets = writer.write(new OutgoingMail(
                ID,
                EmailAddress.parse("branch@example.org").orElseThrow(),
                "en",
                "5 messages",
                "Text",
                "<p>Text</p>",
                null,
                null,
                URI.create(link)));

        assertThat(WireRules.violations(octets)).isEmpty();
        ParsedMail read = new ParsedMail(octets);
        assertThat(read.header("List-Unsubscribe")).hasValue("<" + link + ">");
        assertThat(read.header("List-Unsubscribe-Post")).hasValue("List-Unsubscribe=One-Click");
        assertThat(read.header("References")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Lectern <lectern@example.org>          | Lectern  | lectern@example.org
            "Lectern, Ltd." <lectern@example.org>  | Lectern, Ltd. | lectern@example.org
            <lectern@example.org>                  | ''       | lectern@example.org
            lectern@example.org                    | ''       | lectern@example.org
            讲座通知<lectern@bücher.example>          | 讲座通知    | lectern@xn--bcher-kva.example
            """)
    void senderIsReadFromTheConfiguration(String from, String name, String address) {
        byte[] octets = writer(from).write(mail("Moved", "Text", null));

        assertThat(WireRules.violations(octets)).isEmpty();
        ParsedMail read = new ParsedMail(octets);
        assertThat(read.from().getAddress()).isEqualTo(address);
        assertThat(Optional.ofNullable(read.from().getName()).orElse("")).isEqualTo(name);
        assertThat(read.header("Message-ID").orElseThrow()).endsWith(address.substring(address.indexOf('@')) + ">");
    }

    @Test
    void longestAddress_isSentWhole() {
        String address = "l".repeat(64) + "@" + "d".repeat(60) + "." + "e".repeat(60) + "." + "f".repeat(60) + ".org";
        byte[] octets = writer.write(new OutgoingMail(
                ID, EmailAddress.parse(address).orElseThrow(), "en", "S", "T", "<p>", THREAD, null, null));

        assertThat(WireRules.violations(octets)).isEmpty();
        assertThat(new ParsedMail(octets).to()).isEqualTo(List.of(address));
    }
}
