package org.lectern.notification.calendar;

/**
 * The iCalendar part of a mail (RFC 6047).
 *
 * @param method of the media type; equals the METHOD in the content
 */
public record Invitation(String method, byte[] content) {

    /** The part's media type (section 2.4). */
    public String mediaType() {
        return "text/calendar; charset=UTF-8; method=" + method;
    }
}
