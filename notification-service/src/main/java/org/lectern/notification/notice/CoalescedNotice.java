package org.lectern.notification.notice;

/** What remains to be said of several changes to one lecture, to a branch that has heard of none of them. */
public sealed interface CoalescedNotice {

    /** The words of the last change will do. */
    record AsWritten() implements CoalescedNotice {}

    /** Other words: what was before the first change, and what is after the last. */
    record Instead(String kind, String title, String body) implements CoalescedNotice {}

    /** The branch never heard of a lecture that will not take place, or knows it as it is. */
    record Nothing() implements CoalescedNotice {}
}
