package org.lectern.notification.notice;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The address of a map that shows a place.
 *
 * @param template with {@code {place}} for name and address; empty for no links
 */
record MapLink(Optional<String> template) {

    private static final String PLACE = "{place}";

    MapLink {
        template.filter(address -> !address.startsWith("https://") || !address.contains(PLACE))
                .ifPresent(address -> {
                    throw new IllegalArgumentException("lectern.map.address must be an https address with " + PLACE);
                });
    }

    Optional<String> link(String place) {
        return template.map(address -> address.replace(PLACE, URLEncoder.encode(place, StandardCharsets.UTF_8)));
    }
}
