package org.lectern.notification.inbound;

import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.jboss.logging.Logger;
import org.lectern.notification.inbound.InboundDesk.Outcome;
import org.lectern.notification.inbound.InboundMailConfig.Tls;
import org.lectern.notification.outbound.TrustedCertificates;

/**
 * Fetches messages over IMAP (RFC 3501, RFC 9051) and moves each to the folder for its outcome. A message that cannot
 * be moved is remembered and skipped. Not thread-safe.
 */
final class ImapMailbox {

    private static final Logger LOG = Logger.getLogger(ImapMailbox.class);
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1");
    private static final int AT_ONCE = 50;
    private static final int MOST_REMEMBERED = 10_000;

    private final InboundMailConfig config;
    private final String host;
    private final String username;
    private final String password;
    /** Processed, but still in the folder. */
    private final Set<Id> stuck = new LinkedHashSet<>();

    /** @throws IllegalStateException when a setting is missing */
    ImapMailbox(InboundMailConfig config) {
        this.config = config;
        this.host = demanded("host", config.host());
        this.username = demanded("username", config.username());
        this.password = demanded("password", config.password());
        if (config.tls() == Tls.NONE && !THIS_MACHINE.contains(host)) {
            throw new IllegalStateException(
                    "lectern.inbound-mail.tls may be none for a server on the same machine only");
        }
    }

    private static String demanded(String name, Optional<String> value) {
        return value.filter(each -> !each.isBlank())
                .orElseThrow(() -> new IllegalStateException(
                        "lectern.inbound-mail." + name + " must be set when lectern.inbound-mail.enabled is"));
    }

    /** Identifies a message while it stays in the folder. */
    record Id(long validity, long uid) {}

    /** Processes a message. */
    interface Reader {

        /**
         * @param octets the message, or one octet more than the limit
         * @return empty to read it again in the next round
         */
        Optional<Outcome> read(Id id, byte[] octets);
    }

    /** The server failed; the exception's message is a code without names. */
    static final class Unreachable extends Exception {
        Unreachable(Exception cause) {
            super(cause.getClass().getSimpleName());
        }
    }

    /** Reads the messages of the folder, oldest first, until that time has passed. */
    void read(Reader reader, Duration longest) throws Unreachable {
        long end = System.nanoTime() + longest.toNanos();
        try (Store store = connected()) {
            Folder processed = existing(store, config.processedFolder());
            Folder setAside = existing(store, config.quarantineFolder());
            try (Folder folder = store.getFolder(config.folder())) {
                folder.open(Folder.READ_WRITE);
                Message[] all = folder.getMessages();
                for (int from = 0; from < all.length; from += AT_ONCE) {
                    Message[] some = Arrays.copyOfRange(all, from, Math.min(all.length, from + AT_ONCE));
                    FetchProfile profile = new FetchProfile();
                    profile.add(UIDFolder.FetchProfileItem.UID);
                    folder.fetch(some, profile);
                    for (Message message : some) {
                        if (System.nanoTime() - end > 0) {
                            return;
                        }
                        readOne(reader, (IMAPFolder) folder, (IMAPMessage) message, processed, setAside);
                    }
                }
            }
        } catch (MessagingException | IOException e) {
            throw new Unreachable(e);
        }
    }

    private void readOne(Reader reader, IMAPFolder folder, IMAPMessage message, Folder processed, Folder setAside)
            throws MessagingException, IOException {
        Id id = new Id(folder.getUIDValidity(), folder.getUID(message));
        if (message.isExpunged() || stuck.contains(id)) {
            return;
        }
        Optional<Outcome> outcome;
        try {
            outcome = reader.read(id, octets(message));
        } catch (MessageRemovedException e) {
            return; // another process moved it
        }
        if (outcome.isPresent()) {
            Folder target = outcome.get().isSetAside() ? setAside : processed;
            try {
                move(folder, message, target);
            } catch (MessagingException e) {
                LOG.warnf(
                        "A message could not be moved to %s: %s",
                        target.getName(), e.getClass().getSimpleName());
                remember(id);
            }
        }
    }

    private void remember(Id id) {
        if (stuck.size() >= MOST_REMEMBERED) {
            stuck.remove(stuck.iterator().next());
        }
        stuck.add(id);
    }

    /** Reads at most one octet beyond the limit, whatever size the server reports. */
    private byte[] octets(IMAPMessage message) throws MessagingException, IOException {
        message.setPeek(true);
        try (InputStream content = message.getMimeStream()) {
            return content.readNBytes(config.maxMessageSize() + 1);
        }
    }

    private static void move(IMAPFolder folder, Message message, Folder target) throws MessagingException {
        Message[] one = {message};
        if (((IMAPStore) folder.getStore()).hasCapability("MOVE")) {
            folder.moveMessages(one, target);
            return;
        }
        folder.copyMessages(one, target);
        folder.setFlags(one, new Flags(Flags.Flag.DELETED), true);
        if (((IMAPStore) folder.getStore()).hasCapability("UIDPLUS")) {
            folder.expunge(one);
        } else {
            folder.expunge();
        }
    }

    private static Folder existing(Store store, String name) throws MessagingException {
        Folder folder = store.getFolder(name);
        if (!folder.exists() && !folder.create(Folder.HOLDS_MESSAGES) && !folder.exists()) {
            throw new MessagingException("A folder cannot be made");
        }
        return folder;
    }

    private Store connected() throws MessagingException {
        String protocol = config.tls() == Tls.IMPLICIT ? "imaps" : "imap";
        String timeout = Long.toString(config.timeout().toMillis());
        var settings = new Properties();
        settings.setProperty("mail." + protocol + ".connectiontimeout", timeout);
        settings.setProperty("mail." + protocol + ".timeout", timeout);
        settings.setProperty("mail." + protocol + ".writetimeout", timeout);
        settings.setProperty("mail." + protocol + ".fetchsize", "65536");
        settings.setProperty("mail." + protocol + ".ssl.checkserveridentity", "true");
        config.trustedCertificates()
                .ifPresent(file -> settings.put(
                        "mail." + protocol + ".ssl.socketFactory",
                        TrustedCertificates.sockets(file, "lectern.inbound-mail.trusted-certificates")));
        if (config.tls() == Tls.STARTTLS) {
            settings.setProperty("mail.imap.starttls.enable", "true");
            settings.setProperty("mail.imap.starttls.required", "true");
        }
        Store store = Session.getInstance(settings).getStore(protocol);
        store.connect(host, config.port(), username, password);
        return store;
    }
}
