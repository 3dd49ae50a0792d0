package org.lectern.notification.notice;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/**
 * The English texts of notices; the Chinese ones are in {@code messages/notice_zh-CN.properties}. Quarkus checks both
 * against the parameters at build time. Text from people is passed as a parameter and is never parsed as a template.
 */
@MessageBundle("notice")
public interface NoticeTexts {

    @Message("Lecture confirmed: {topic}")
    String confirmedTitle(String topic);

    @Message("Lecture moved: {topic}")
    String rescheduledTitle(String topic);

    @Message("Lecture changed: {topic}")
    String reassignedTitle(String topic);

    @Message("Lecture cancelled: {topic}")
    String cancelledTitle(String topic);

    @Message("Your branch joins a lecture: {topic}")
    String joinedTitle(String topic);

    @Message("Your branch no longer joins a lecture: {topic}")
    String leftTitle(String topic);

    @Message("You give a lecture: {topic}")
    String bookedTitle(String topic);

    @Message("Your lecture moved: {topic}")
    String yoursMovedTitle(String topic);

    @Message("Your lecture changed: {topic}")
    String yoursChangedTitle(String topic);

    @Message("Your lecture is cancelled: {topic}")
    String yoursCancelledTitle(String topic);

    @Message("No longer your lecture: {topic}")
    String handedOverTitle(String topic);

    @Message("Another lecturer gives this lecture. You need not come.")
    String handedOver();

    @Message("Map: {link}")
    String map(String link);

    @Message("Your lectures on {day}: {count}")
    String sheetTitle(int count, String day);

    @Message("{number}. {time}: {topic}")
    String sheetLecture(int number, String time, String topic);

    @Message("Place: {place}")
    String sheetVenue(String place);

    @Message("Join: {link}")
    String sheetLink(String link);

    @Message("As of {time}. You are notified of every later change.")
    String sheetNote(String time);

    @Message("Guest: {name}")
    String guest(String name);

    @Message("Host: {name}")
    String host(String name);

    @Message("Slot offered: {topic}")
    String offeredTitle(String topic);

    @Message("Offer expired: {topic}")
    String offerExpiredTitle(String topic);

    @Message("Offer withdrawn: {topic}")
    String offerWithdrawnTitle(String topic);

    @Message("Request refused: {topic}")
    String refusedTitle(String topic);

    @Message("Request waiting again: {topic}")
    String reopenedTitle(String topic);

    @Message("Request lapsed: {topic}")
    String lapsedTitle(String topic);

    @Message("Take or decline by: {time}")
    String answerBy(String time);

    @Message("Your request is still open. You will receive a notice when another slot is available.")
    String waitsOn();

    @Message("None of the times you asked for is left. If you still want the lecture, please ask again with"
            + " other times.")
    String askAgain();

    @Message("Branch: {name}")
    String branch(String name);

    @Message("Topic: {title}")
    String topic(String title);

    @Message("Topic: {title} (before: {before})")
    String topicInstead(String title, String before);

    @Message("Host: {name} (before: {before})")
    String hostInstead(String name, String before);

    @Message("Format: {format} (before: {before})")
    String formatInstead(String format, String before);

    @Message("lecture")
    String formatLecture();

    @Message("story-telling")
    String formatStoryTelling();

    @Message("panel")
    String formatPanel();

    @Message("field class")
    String formatFieldClass();

    @Message("broadcast")
    String formatBroadcast();

    @Message("Lecturer: {name}")
    String lecturer(String name);

    @Message("Lecturer: {name} (before: {before})")
    String lecturerInstead(String name, String before);

    @Message("Time: {time}")
    String time(String time);

    @Message("New time: {time}")
    String newTime(String time);

    @Message("Before: {time}")
    String earlierTime(String time);

    @Message("Venue: {place}")
    String venue(String place);

    @Message("Venue: {place} (before: {before})")
    String venueInstead(String place, String before);

    @Message("{name}, {address}")
    String place(String name, String address);

    @Message("Link: {link}")
    String link(String link);

    @Message("Reason: {reason}")
    String reason(String reason);

    @Message("Reminder: {topic}")
    String reminderTitle(String topic);

    @Message("Reply needed: {title}")
    String pleaseConfirmTitle(String title);

    @Message("Your branch has not yet confirmed that it is informed. Please confirm now.")
    String pleaseConfirm();

    @Message("You have not yet confirmed that you are informed. Please confirm now.")
    String pleaseConfirmYourself();

    @Message("No confirmation from {name}: {topic}")
    String unansweredTitle(String name, String topic);

    @Message("The notice was sent on {time}. {name} has not confirmed it yet. Please contact the branch.")
    String unanswered(String time, String name);

    @Message("The notice was sent on {time}. {name} has not confirmed it yet. Please contact the lecturer.")
    String unansweredByLecturer(String time, String name);

    @Message("The lecture is cancelled.")
    String off();

    @Message("{name} cannot take part: {topic}")
    String declinedTitle(String name, String topic);

    @Message("{name} answered on {time} that it cannot take part. Please agree on another time, or cancel the lecture.")
    String declined(String name, String time);

    @Message("{name} answered on {time} that the lecture cannot be given. Please find another lecturer or another"
            + " time, or cancel the lecture.")
    String declinedByLecturer(String name, String time);

    @Message("{name} has not accepted: {topic}")
    String silentTitle(String name, String topic);

    @Message("{name} was asked whether the lecture can be given, and has not answered in time. Please contact the"
            + " lecturer, or find another one.")
    String silent(String name);

    @Message("{name} proposes another time: {topic}")
    String proposedTitle(String name, String topic);

    @Message("Proposed time: {time}")
    String proposedTime(String time);

    @Message("{name} answered on {time}. Please move the lecture, or tell the branch that it stays as it is.")
    String proposed(String name, String time);

    @Message("{name} answered on {time}. Please move the lecture, or tell the lecturer that it stays as it is.")
    String proposedByLecturer(String name, String time);

    @Message("Comment: {comment}")
    String comment(String comment);

    @Message("Address disabled: {address} ({channel})")
    String endpointOffTitle(String channel, String address);

    @Message("Notices not delivered: {address} ({channel})")
    String endpointFailingTitle(String channel, String address);

    @Message("Address: {channel}, {address}")
    String endpoint(String channel, String address);

    @Message("Reason: the receiver no longer exists or accepts no messages (answer: {answer}). The address"
            + " was disabled on {time}.")
    String endpointOffReason(String time, String answer);

    @Message("Notices for this address wait until it is enabled again.")
    String endpointOffWaits();

    @Message("To enable it: check the receiver, then enable the address among the endpoints of the branch,"
            + " or enter another one. Only the organizers can release a mailbox that a mail server has"
            + " rejected.")
    String endpointOffHow();

    @Message("To enable it: check the receiver, then enable the address among the endpoints of the lecturer,"
            + " or enter another one. Only the organizers can release a mailbox that a mail server has"
            + " rejected.")
    String endpointOffHowOfLecturer();

    @Message("Reason: all attempts to deliver a notice had failed by {time} (last answer: {answer}).")
    String endpointFailingReason(String time, String answer);

    @Message("Please check the receiver, or enter another address. Later notices are still sent to this" + " address.")
    String endpointFailingHow();

    @Message("e-mail")
    String channelEmail();

    @Message("webhook")
    String channelWebhook();

    @Message("WeCom robot")
    String channelWecom();

    @Message("DingTalk robot")
    String channelDingtalk();

    @Message("Feishu robot")
    String channelFeishu();

    @Message("text message")
    String channelSms();

    @Message("notification of a browser")
    String channelWebpush();
}
