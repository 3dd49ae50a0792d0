package org.lectern.chaos.system;

import java.util.List;
import java.util.UUID;

/** What receives messages outside Lectern, if the run has eyes there. */
public interface Receivers {

    /** A mail as the mail server got it; {@code delivery} is in its Message-ID. */
    record Mail(UUID delivery, String to) {}

    /**
     * A message as a branch's own system got it; {@code delivery} is its id.
     *
     * @param notice what it says it is
     * @param signed whether the signature is right
     * @param body a digest of all its bytes
     * @param accepted whether the receiver said that it took it
     */
    record Webhook(UUID delivery, String to, UUID notice, boolean signed, String body, boolean accepted) {}

    /** All mails, in the order the mail server accepted them. */
    List<Mail> mails();

    /** All messages to the branches' own systems, in the order they came. */
    List<Webhook> webhooks();

    /** The address of a branch's own system. */
    String webhookUrl(String path);

    /** From now on messages to that path are verified with that secret. */
    void expectSecret(String path, String secret);
}
