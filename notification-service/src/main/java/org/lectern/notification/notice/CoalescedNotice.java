package org.lectern.notification.notice;

/** The net effect of several changes to one lecture, for a branch that knows none of them. */
public sealed interface CoalescedNotice {

    /** The text of the last change is correct. */
    record Unchanged() implements CoalescedNotice {}

    /** A new text: the state before the first change, and the state after the last. */
    record Replacement(String kind, String title, String body) implements CoalescedNotice {}

    /** Nothing to report: the branch never knew of a cancelled lecture, or already knows the present state. */
    record Nothing() implements CoalescedNotice {}
}
