package org.lectern.notification.inbound.message;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lectern.notification.inbound.message.DeliveryReport.Action;
import org.lectern.notification.inbound.message.MimeParts.Part;

/** Reads mail servers' reports: in standard form (RFC 3464), or as text with an enhanced code. */
final class DeliveryReports {

    private static final Pattern STATUS = Pattern.compile("(?<![\\d.])([245]\\.\\d{1,3}\\.\\d{1,3})(?![\\d.])");
    private static final Pattern FAILURE = Pattern.compile("(?<![\\d.])(5\\.\\d{1,3}\\.\\d{1,3})(?![\\d.])");
    private static final Pattern DAEMON =
            Pattern.compile("(?i)(^|[<\\s\"])(mailer-daemon|postmaster|mail-daemon|maildaemon)(@|[>\\s\"]|$)");
    private static final int LONGEST_FIELD = 2000;
    private static final String UNSPECIFIC = ".0.0";

    private DeliveryReports() {}

    /** The report about the single recipient of a mail; of several reports, the failed one. */
    static Optional<DeliveryReport> standard(List<Part> parts) {
        return parts.stream()
                .filter(part -> part.type().equals("message/delivery-status")
                        || part.type().equals("message/global-delivery-status"))
                .flatMap(part -> groups(part.text()).stream())
                .filter(group -> group.containsKey("final-recipient") || group.containsKey("original-recipient"))
                .flatMap(group -> report(group).stream())
                .min(Comparator.comparing(DeliveryReport::action));
    }

    private static Optional<DeliveryReport> report(Map<String, String> group) {
        String status = match(STATUS, group.getOrDefault("status", ""));
        String diagnosis = match(STATUS, group.getOrDefault("diagnostic-code", ""));
        if (status.isEmpty() || status.endsWith(UNSPECIFIC) && !diagnosis.isEmpty()) {
            status = diagnosis;
        }
        return switch (group.getOrDefault("action", "").toLowerCase(Locale.ROOT)) {
            case "failed" -> Optional.of(new DeliveryReport(Action.FAILED, status.isEmpty() ? "5.0.0" : status));
            case "delayed" -> Optional.of(new DeliveryReport(Action.DELAYED, status.isEmpty() ? "4.0.0" : status));
            case "delivered", "relayed", "expanded" ->
                Optional.of(new DeliveryReport(Action.RELAYED, status.isEmpty() ? "2.0.0" : status));
            default -> Optional.empty();
        };
    }

    /** A textual report: from a mail server, without a sender, with a permanent code. */
    static Optional<DeliveryReport> inWords(MimeParts message) {
        boolean nullSender = message.field("Return-Path")
                .map(path -> path.replaceAll("\\s", "").equals("<>"))
                .orElse(false);
        boolean daemon =
                message.field("From").map(from -> DAEMON.matcher(from).find()).orElse(false);
        if (!nullSender && !daemon || AutomaticReplies.isOne(message) && !daemon) {
            return Optional.empty();
        }
        return message.parts().stream()
                .filter(part -> part.type().startsWith("text/") && !part.type().equals("text/calendar"))
                .map(part -> match(FAILURE, part.text()))
                .filter(status -> !status.isEmpty())
                .findFirst()
                .map(status -> new DeliveryReport(Action.FAILED, status));
    }

    private static String match(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : "";
    }

    /** Groups of fields, separated by empty lines. Field names are in lower case; the first of each name counts. */
    private static List<Map<String, String>> groups(String text) {
        List<Map<String, String>> groups = new ArrayList<>();
        Map<String, String> group = new TreeMap<>();
        String last = "";
        for (String line : text.split("\r\n|\n|\r", -1)) {
            int colon = line.indexOf(':');
            if (line.isBlank()) {
                groups.add(group);
                group = new TreeMap<>();
                last = "";
            } else if ((line.startsWith(" ") || line.startsWith("\t")) && !last.isEmpty()) {
                group.merge(
                        last,
                        line.strip(),
                        (before, more) -> before.length() > LONGEST_FIELD ? before : before + " " + more);
            } else if (colon > 0) {
                last = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                group.putIfAbsent(last, line.substring(colon + 1).strip());
            }
        }
        groups.add(group);
        return groups;
    }
}
