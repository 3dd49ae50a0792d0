package org.lectern.local.smtp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One connection to an {@link SmtpServer}. */
final class SmtpDialogue {

    private static final int LONGEST_COMMAND = 2048;
    private static final int LARGEST_MESSAGE = 10_000_000;

    /** A path without source route or quoting; parameters follow it. */
    private static final Pattern PATH = Pattern.compile(
            "(?i)(?:FROM|TO):<([!-;=?-~]+@[A-Za-z0-9.-]+|\\[?[0-9.:]*\\]?)>((?: [A-Za-z0-9-]+(?:=[!-<>-~]+)?)*)");

    private static final Pattern KNOWN_PARAMETER = Pattern.compile("(?i) (SIZE=\\d+|BODY=7BIT)");

    private final SmtpPolicy policy;
    private final SmtpServer.Protection protection;
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private boolean encrypted;
    private boolean loggedIn;
    private @Nullable String sender;
    private final List<String> recipients = new ArrayList<>();

    SmtpDialogue(Socket socket, SmtpPolicy policy, SmtpServer.Protection protection) throws IOException {
        this.policy = policy;
        this.protection = protection;
        this.socket = socket;
        SSLContext tls = protection.tls();
        if (tls != null && protection.implicit()) {
            this.socket = encrypt(tls, socket);
            encrypted = true;
        }
        in = new BufferedInputStream(this.socket.getInputStream());
        out = this.socket.getOutputStream();
    }

    void run() throws IOException {
        reply("220 localhost ESMTP");
        for (String line = command(); line != null; line = command()) {
            String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
            String rest = line.length() > verb.length() ? line.substring(verb.length() + 1) : "";
            switch (verb) {
                case "EHLO" -> hello();
                case "HELO" -> reply("250 localhost");
                case "STARTTLS" -> startTls();
                case "AUTH" -> login(rest);
                case "MAIL" -> mail(rest);
                case "RCPT" -> recipient(rest);
                case "DATA" -> data();
                case "RSET" -> {
                    reset();
                    reply("250 2.0.0 reset");
                }
                case "NOOP" -> reply("250 2.0.0 ok");
                case "QUIT" -> {
                    reply("221 2.0.0 bye");
                    return;
                }
                default -> reply("500 5.5.2 unknown command");
            }
        }
    }

    private void hello() throws IOException {
        reset();
        List<String> lines =
                new ArrayList<>(List.of("localhost", "SIZE " + LARGEST_MESSAGE, "PIPELINING", "ENHANCEDSTATUSCODES"));
        if (protection.tls() != null && !encrypted) {
            lines.add("STARTTLS");
        }
        if (protection.login()) {
            lines.add("AUTH PLAIN LOGIN");
        }
        for (int i = 0; i < lines.size(); i++) {
            reply("250" + (i < lines.size() - 1 ? "-" : " ") + lines.get(i));
        }
    }

    private void startTls() throws IOException {
        SSLContext tls = protection.tls();
        if (tls == null || encrypted) {
            reply("502 5.5.1 not offered");
            return;
        }
        reply("220 2.0.0 go ahead");
        socket = encrypt(tls, socket);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        encrypted = true;
        reset();
    }

    private static SSLSocket encrypt(SSLContext tls, Socket plain) throws IOException {
        SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
        secure.setUseClientMode(false);
        secure.startHandshake();
        return secure;
    }

    private void login(String rest) throws IOException {
        String[] words = rest.split(" ");
        String user;
        String password;
        switch (words[0].toUpperCase(Locale.ROOT)) {
            case "PLAIN" -> {
                String[] parts =
                        decoded(words.length > 1 ? words[1] : asked("")).split("\0", -1);
                user = parts.length == 3 ? parts[1] : "";
                password = parts.length == 3 ? parts[2] : "";
            }
            case "LOGIN" -> {
                user = decoded(words.length > 1 ? words[1] : asked("VXNlcm5hbWU6"));
                password = decoded(asked("UGFzc3dvcmQ6"));
            }
            default -> {
                reply("504 5.5.4 unknown mechanism");
                return;
            }
        }
        loggedIn = policy.knows(user, password);
        reply(loggedIn ? "235 2.7.0 welcome" : "535 5.7.8 wrong user or password");
    }

    private String asked(String challenge) throws IOException {
        reply("334 " + challenge);
        String answer = command();
        return answer == null ? "" : answer;
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private void mail(String rest) throws IOException {
        Matcher path = PATH.matcher(rest);
        if (protection.login() && !loggedIn) {
            reply("530 5.7.0 log in first");
        } else if (sender != null) {
            reply("503 5.5.1 one sender only");
        } else if (!path.matches()
                || !KNOWN_PARAMETER.matcher(path.group(2)).replaceAll("").isEmpty()) {
            reply("501 5.5.4 not understood: " + rest.length() + " octets");
        } else {
            Optional<String> refusal = policy.refuseSender(path.group(1));
            if (refusal.isEmpty()) {
                sender = path.group(1);
            }
            reply(refusal.orElse("250 2.1.0 ok"));
        }
    }

    private void recipient(String rest) throws IOException {
        Matcher path = PATH.matcher(rest);
        if (sender == null) {
            reply("503 5.5.1 no sender yet");
        } else if (!path.matches() || path.group(1).isEmpty() || !path.group(2).isEmpty()) {
            reply("501 5.1.3 not understood");
        } else {
            Optional<String> refusal = policy.refuseRecipient(path.group(1));
            if (refusal.isEmpty()) {
                recipients.add(path.group(1));
            }
            reply(refusal.orElse("250 2.1.5 ok"));
        }
    }

    private void data() throws IOException {
        String from = sender;
        if (from == null || recipients.isEmpty()) {
            reply("503 5.5.1 no recipient");
            return;
        }
        reply("354 end with CRLF.CRLF");
        byte[] octets = message();
        if (octets == null) {
            reply("552 5.3.4 too large");
        } else {
            var mail = new ReceivedMail(from, recipients, octets);
            if (mail.violations().isEmpty()) {
                reply(policy.accept(mail).orElse("250 2.0.0 taken"));
            } else {
                policy.refused(mail);
                reply("554 5.6.0 "
                        + mail.violations().stream()
                                .limit(5)
                                .map(WireRules.Violation::toString)
                                .collect(Collectors.joining("; ")));
            }
        }
        reset();
    }

    private void reset() {
        sender = null;
        recipients.clear();
    }

    /**
     * Only {@code CRLF.CRLF} ends a message: any other line ending before it is part of it (RFC 5321 section 2.3.8).
     */
    private byte @Nullable [] message() throws IOException {
        var octets = new ByteArrayOutputStream();
        int size = 0;
        int last = '\n';
        int beforeLast = '\r';
        while (true) {
            int octet = read();
            boolean lineBegins = beforeLast == '\r' && last == '\n';
            if (lineBegins && octet == '.') {
                octet = read(); // removes a stuffed dot; a single dot ends the message
                if (octet == '\r') {
                    int next = read();
                    if (next == '\n') {
                        return size > LARGEST_MESSAGE ? null : octets.toByteArray();
                    }
                    octets.write(octet);
                    beforeLast = octet;
                    last = next;
                    octets.write(next);
                    size += 2;
                    continue;
                }
            }
            if (size <= LARGEST_MESSAGE) {
                octets.write(octet);
            }
            size++;
            beforeLast = last;
            last = octet;
        }
    }

    private int read() throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw new IOException("The client went away within a message");
        }
        return octet;
    }

    /** The next line without its CRLF; null at the end, or after a line that is not SMTP. */
    private @Nullable String command() throws IOException {
        var line = new StringBuilder();
        while (true) {
            int octet = in.read();
            if (octet < 0) {
                return null;
            }
            if (octet == '\r') {
                if (in.read() == '\n') {
                    return line.toString();
                }
                octet = 0;
            }
            if (octet < ' ' || octet > '~' || line.length() > LONGEST_COMMAND) {
                reply("500 5.5.2 a command is a line of ASCII that ends with CRLF");
                return null;
            }
            line.append((char) octet);
        }
    }

    private void reply(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
