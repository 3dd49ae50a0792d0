package org.lectern.local.mailbox;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.lectern.local.smtp.ReceivedMail;

/** The last caught mails, newest first; older ones are dropped, so that memory stays bounded. */
public final class Mailbox {

    private final int capacity;
    private final Clock clock;
    private final Deque<CaughtMail> mails = new ArrayDeque<>();
    private long lastId;

    public Mailbox(int capacity, Clock clock) {
        this.capacity = capacity;
        this.clock = clock;
    }

    /** Keeps a mail for each of its recipients, including refused mails. */
    public void add(ReceivedMail mail) {
        List<String> failureReason =
                mail.violations().stream().map(Object::toString).toList();
        for (String to : mail.to()) {
            add(mail.from(), to, mail.octets(), failureReason);
        }
    }

    synchronized void add(String from, String to, byte[] source, List<String> failureReason) {
        mails.addFirst(CaughtMail.of(lastId + 1, clock.instant(), from, to, source, failureReason));
        lastId++;
        while (mails.size() > capacity) {
            mails.removeLast();
        }
    }

    synchronized List<CaughtMail> newestFirst() {
        return List.copyOf(mails);
    }

    List<CaughtMail> to(String address) {
        return newestFirst().stream()
                .filter(mail -> mail.to().equalsIgnoreCase(address))
                .toList();
    }

    Optional<CaughtMail> find(long id) {
        return newestFirst().stream().filter(mail -> mail.id() == id).findFirst();
    }
}
