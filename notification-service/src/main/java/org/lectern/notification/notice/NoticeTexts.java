package org.lectern.notification.notice;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/**
 * The words of the notices in English; their Chinese twins stand in {@code messages/notice_zh-CN.properties}. Quarkus
 * checks both against the parameters at build. What a person wrote comes in as a parameter and is never read as a
 * template.
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

    @Message("Guest: {name}")
    String guest(String name);

    @Message("Host: {name}")
    String host(String name);

    @Message("A slot for you: {topic}")
    String offeredTitle(String topic);

    @Message("The offer has expired: {topic}")
    String offerExpiredTitle(String topic);

    @Message("The offer was withdrawn: {topic}")
    String offerWithdrawnTitle(String topic);

    @Message("Request refused: {topic}")
    String refusedTitle(String topic);

    @Message("Your request waits again: {topic}")
    String reopenedTitle(String topic);

    @Message("Request lapsed: {topic}")
    String lapsedTitle(String topic);

    @Message("Please take it or decline it by: {time}")
    String answerBy(String time);

    @Message("Your request is still open; you will hear from us when there is another slot.")
    String waitsOn();

    @Message(
            "None of the times you asked for is left. Please ask again with other times if you still want the lecture.")
    String askAgain();

    @Message("Branch: {name}")
    String branch(String name);

    @Message("Topic: {title}")
    String topic(String title);

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

    @Message("Please confirm: {title}")
    String pleaseConfirmTitle(String title);

    @Message("Nobody has confirmed yet that your branch knows of this. Please do so now.")
    String pleaseConfirm();

    @Message("No confirmation from {name}: {topic}")
    String unansweredTitle(String name, String topic);

    @Message("The notice went out at {time}; {name} has not confirmed that it knows. Please make sure that it does.")
    String unanswered(String time, String name);

    @Message("The lecture is cancelled.")
    String off();

    @Message("{name} cannot take part: {topic}")
    String declinedTitle(String name, String topic);

    @Message("{name} answered at {time} that it cannot take part. Please agree on another time, or cancel the lecture.")
    String declined(String name, String time);

    @Message("{name} proposes another time: {topic}")
    String proposedTitle(String name, String topic);

    @Message("Proposed time: {time}")
    String proposedTime(String time);

    @Message("{name} answered at {time}. Please move the lecture, or tell the branch that it stays as it is.")
    String proposed(String name, String time);

    @Message("Comment: {comment}")
    String comment(String comment);

    @Message("Notices no longer go to {address} ({channel})")
    String endpointOffTitle(String channel, String address);

    @Message("Notices do not reach {address} ({channel})")
    String endpointFailingTitle(String channel, String address);

    @Message("Address: {channel}, {address}")
    String endpoint(String channel, String address);

    @Message(
            "Reason: it was switched off on {time}, because the receiver does not exist any more or takes no more messages (answer: {answer}).")
    String endpointOffReason(String time, String answer);

    @Message("Notices for this address wait, and go out when it is switched on again.")
    String endpointOffWaits();

    @Message(
            "To switch it on again: check the receiver, then enable the address among the endpoints of the branch, or enter another one. The organizers can release a mailbox that a mail server has refused.")
    String endpointOffHow();

    @Message("Reason: every attempt to deliver a notice there had failed by {time} (last answer: {answer}).")
    String endpointFailingReason(String time, String answer);

    @Message("Please check the receiver, or enter another address. Later notices are still tried there.")
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
}
