package org.lectern.local.mailbox;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The mailbox as HTML. Content of mails is escaped; a mail's own HTML appears only inside a sandbox. */
final class MailboxPages {

    static final String STYLE = """
            :root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 20%, transparent); }
            * { box-sizing: border-box; }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
            h1 { font-size: 1.3rem; margin: 0 0 .75rem; overflow-wrap: anywhere; }
            ul { list-style: none; margin: 0; padding: 0; }
            li a { display: block; padding: .6rem .25rem; border-bottom: 1px solid var(--line); color: inherit; text-decoration: none; }
            li a:hover, li a:focus { background: color-mix(in srgb, currentColor 8%, transparent); }
            .subject { display: block; font-weight: 600; overflow-wrap: anywhere; }
            .meta { display: block; font-size: .85rem; opacity: .8; overflow-wrap: anywhere; }
            form { display: flex; gap: .5rem; margin-bottom: .75rem; }
            input { flex: 1; min-width: 0; font: inherit; padding: .35rem .5rem; }
            button { font: inherit; padding: .35rem .8rem; }
            iframe { width: 100%; height: 60vh; border: 1px solid var(--line); background: #fff; }
            pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid var(--line); padding: .75rem; margin: 0; }
            h2 { font-size: 1rem; margin: 1.25rem 0 .4rem; }
            .refused { color: light-dark(#a40000, #ff9d9d); }
            """;

    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]*[^\\s<>\".,;:!?)\\]，。；：！？）】]");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final ZoneId zone;

    MailboxPages(ZoneId zone) {
        this.zone = zone;
    }

    String list(List<CaughtMail> mails, String to) {
        var items = new StringBuilder();
        for (CaughtMail mail : mails) {
            items.append("""
                    <li><a href="/mails/%d"><span class="subject"%s>%s</span><span class="meta">%s · %s%s</span></a></li>
                    """.formatted(
                            mail.id(),
                            lang(mail),
                            escaped(subject(mail)),
                            escaped(mail.to()),
                            time(mail),
                            mail.refused() ? " · <strong class=\"refused\">refused</strong>" : ""));
        }
        String count = mails.isEmpty() ? "No mail yet." : mails.size() + " caught, newest first.";
        return page("Lectern mailbox", true, """
                <h1>Lectern mailbox</h1>
                <form action="/" method="get" role="search">
                <input name="to" type="search" placeholder="Recipient's address" aria-label="Recipient's address" value="%s">
                <button>Filter</button></form>
                <p class="meta">%s</p>
                <ul>
                %s</ul>
                """.formatted(escaped(to), count, items));
    }

    String one(CaughtMail mail) {
        var body = new StringBuilder("""
                <p><a href="/">← All mails</a></p>
                <h1%s>%s</h1>
                <p class="meta">From %s<br>To %s<br>%s</p>
                """.formatted(
                        lang(mail), escaped(subject(mail)), escaped(mail.from()), escaped(mail.to()), time(mail)));
        if (mail.refused()) {
            body.append(
                            "<p class=\"refused\" role=\"alert\"><strong>Refused.</strong> Strict mail servers would refuse it: ")
                    .append(escaped(String.join("; ", mail.failureReason())))
                    .append("</p>\n");
        }
        if (!mail.html().isEmpty()) {
            body.append("""
                    <h2>HTML</h2>
                    <iframe sandbox="" title="The mail's HTML" src="/mails/%d/html"></iframe>
                    """.formatted(mail.id()));
        }
        section(body, "Text", lang(mail), linked(mail.text()));
        section(body, "Calendar", lang(mail), escaped(mail.calendar()));
        if (!mail.attachments().isEmpty()) {
            body.append("<h2>Attachments</h2>\n<ul>\n");
            for (int i = 0; i < mail.attachments().size(); i++) {
                CaughtMail.Attachment attachment = mail.attachments().get(i);
                body.append("""
                        <li><a href="/mails/%d/attachments/%d" download="%s">%s<span class="meta">%s, %d bytes</span></a></li>
                        """.formatted(
                                mail.id(),
                                i,
                                escaped(attachment.name()),
                                escaped(attachment.name()),
                                escaped(attachment.type()),
                                attachment.content().size()));
            }
            body.append("</ul>\n");
        }
        var headers = new StringBuilder();
        for (CaughtMail.Header header : mail.headers()) {
            headers.append(escaped(header.name() + ": " + header.value())).append('\n');
        }
        section(body, "Headers", "", headers.toString());
        body.append("<p><a href=\"/mails/%d/source\">Source as received</a></p>\n".formatted(mail.id()));
        return page(subject(mail), false, body.toString());
    }

    private static void section(StringBuilder body, String heading, String lang, String escaped) {
        if (!escaped.isEmpty()) {
            body.append("<h2>")
                    .append(heading)
                    .append("</h2>\n<pre")
                    .append(lang)
                    .append('>')
                    .append(escaped)
                    .append("</pre>\n");
        }
    }

    /** The language of the mail's text; the page around it is English. */
    private static String lang(CaughtMail mail) {
        return mail.language().isEmpty() ? "" : " lang=\"" + mail.language() + "\"";
    }

    String missing() {
        return page("Not found", false, """
                <h1>Mail not found</h1>
                <p>Only the last mails are kept, until the next restart.</p>
                <p><a href="/">← All mails</a></p>
                """);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** Escaped text with web addresses as links, so that a person can open the links of a mail. */
    static String linked(String text) {
        var result = new StringBuilder();
        Matcher link = LINK.matcher(text);
        int done = 0;
        while (link.find()) {
            String address = escaped(link.group());
            result.append(escaped(text.substring(done, link.start())))
                    .append("<a href=\"")
                    .append(address)
                    .append("\" target=\"_blank\" rel=\"noopener noreferrer\">")
                    .append(address)
                    .append("</a>");
            done = link.end();
        }
        return result.append(escaped(text.substring(done))).toString();
    }

    private String time(CaughtMail mail) {
        return TIME.format(mail.caughtAt().atZone(zone));
    }

    private static String subject(CaughtMail mail) {
        return mail.subject().isEmpty() ? "(no subject)" : mail.subject();
    }

    private static String page(String title, boolean refreshing, String body) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                %s<title>%s</title>
                <link rel="stylesheet" href="/style.css">
                </head>
                <body>
                %s</body>
                </html>
                """.formatted(refreshing ? "<meta http-equiv=\"refresh\" content=\"10\">\n" : "", escaped(title), body);
    }
}
