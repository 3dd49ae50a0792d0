package org.lectern.notification.support;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads mails. */
public final class Mails {

    private Mails() {}

    /** The text for people: the plain and the HTML part. */
    public static List<String> texts(Part part) throws MessagingException, IOException {
        List<String> found = new ArrayList<>();
        if (part.getContent() instanceof Multipart several) {
            for (int i = 0; i < several.getCount(); i++) {
                found.addAll(texts(several.getBodyPart(i)));
            }
        } else if (part.isMimeType("text/plain") || part.isMimeType("text/html")) {
            found.add(part.getContent().toString());
        }
        return found;
    }
}
