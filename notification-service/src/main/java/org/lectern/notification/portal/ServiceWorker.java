package org.lectern.notification.portal;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The service worker of one build: it keeps the frame and the files that the frame names. Another build has other
 * names, so browsers see another worker and take it.
 */
final class ServiceWorker {

    private static final Pattern FILE = Pattern.compile("(?:src|href)=\"(/static/bundle/[^\"]+)\"");

    private ServiceWorker() {}

    /** @param frame the HTML of the frame */
    static String of(String frame) {
        List<String> files = Stream.concat(
                        FILE.matcher(frame).results().map((MatchResult match) -> match.group(1)),
                        Stream.of("/portal/icons/icon.svg", "/portal/icons/icon-192.png"))
                .toList();
        return "const FILES = "
                + files.stream().map(file -> "\"" + file + "\"").collect(Collectors.joining(", ", "[", "]"))
                + ";\n"
                + PortalFiles.text("/web/worker/worker.js");
    }
}
