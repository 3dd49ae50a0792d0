package org.lectern.chaos.system;

import java.util.List;
import java.util.UUID;

/** The receivers outside Lectern, if the run can observe them. */
public interface Receivers {

    /** A mail that the mail server accepted; {@code delivery} comes from its Message-ID. */
    record Mail(UUID delivery, String to) {}

    /**
     * A message that a branch's own system received; {@code delivery} is its id.
     *
     * @param notice the notice that it names
     * @param signed true if the signature is valid
     * @param body a digest of all its bytes
     * @param accepted true if the receiver answered with success
     */
    record Webhook(UUID delivery, String to, UUID notice, boolean signed, String body, boolean accepted) {}

    /** All mails, in the order of acceptance. */
    List<Mail> mails();

    /** All messages to the branches' own systems, in the order of arrival. */
    List<Webhook> webhooks();

    /** The address of a branch's own system. */
    String webhookUrl(String path);

    /** Verifies further messages to this path with this secret. */
    void expectSecret(String path, String secret);
}
