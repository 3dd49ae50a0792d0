package org.lectern.notification.inbound.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lectern.notification.inbound.message.InboundMessage.Automatic;
import org.lectern.notification.inbound.message.InboundMessage.NotUnderstood;
import org.lectern.notification.inbound.message.InboundMessage.Reported;
import org.lectern.notification.inbound.message.InboundMessage.Unreadable;
import org.lectern.notification.inbound.message.MimeParts.BeyondLimit;

/** Reads a message. Any octets give a result, in time and memory bounded by their number. */
public final class MessageReader {

    private static final int MOST_ADDRESSES = 20;
    private static final Set<String> CALENDAR = Set.of("text/calendar", "text/x-vcalendar", "application/ics");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>\"(),;:@]{1,64}@[^\\s<>\"(),;:@]{1,255}");

    /** The headers with the delivery address that servers add, then the headers of the sender. */
    private static final List<String> RECIPIENTS = List.of(
            "Delivered-To", "X-Original-To", "X-Envelope-To", "Envelope-To", "X-Delivered-To", "To", "Cc", "Resent-To");

    private MessageReader() {}

    public static InboundMessage read(byte[] octets) {
        MimeParts message;
        try {
            message = MimeParts.of(octets);
        } catch (BeyondLimit e) {
            return new InboundMessage(List.of(), new Unreadable(String.valueOf(e.getMessage())));
        }
        List<String> addresses = new ArrayList<>(addresses(message));
        Optional<CalendarAnswers.Found> answer = message.parts().stream()
                .filter(part -> CALENDAR.contains(part.type()) || part.calendarFile())
                .flatMap(part ->
                        CalendarAnswers.read(part.text(), part.parameters().get("method")).stream())
                .findFirst();
        if (answer.isPresent()) {
            addresses.addAll(answer.get().organizers());
            return new InboundMessage(addresses, answer.get().reading());
        }
        return new InboundMessage(
                addresses,
                DeliveryReports.standard(message.parts())
                        .or(() -> DeliveryReports.inWords(message))
                        .<InboundMessage.Reading>map(Reported::new)
                        .orElseGet(() -> AutomaticReplies.isOne(message) ? new Automatic() : new NotUnderstood()));
    }

    private static List<String> addresses(MimeParts message) {
        return RECIPIENTS.stream()
                .flatMap(name -> message.fields(name).stream())
                .flatMap(field -> Stream.of(field.split(",")))
                .flatMap(piece -> ADDRESS.matcher(piece).results())
                .map(found -> found.group())
                .distinct()
                .limit(MOST_ADDRESSES)
                .toList();
    }
}
