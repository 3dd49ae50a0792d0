package org.lectern.local.mailbox;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The last mails caught, newest first; older ones are forgotten, so that memory stays bounded. */
public final class Mailbox {

    private final int capacity;
    private final Clock clock;
    private final Deque<CaughtMail> mails = new ArrayDeque<>();
    private long lastId;

    public Mailbox(int capacity, Clock clock) {
        this.capacity = capacity;
        this.clock = clock;
    }

    /** Keeps {@code message} as {@code to} received it. */
    public synchronized void add(String from, String to, MimeMessage message) throws MessagingException, IOException {
        mails.addFirst(CaughtMail.of(lastId + 1, clock.instant(), from, to, message));
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
