package org.lectern.notification.channel.sms;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.directory.ChannelTerms;
import org.lectern.notification.problem.Flaw;

/** A text message goes to one telephone number in the international form (ITU-T E.164). */
@Singleton
class SmsTerms implements ChannelTerms {

    private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{7,14}");
    private static final int SHOWN = 4;

    private final SmsConfig config;

    @Inject
    SmsTerms(SmsConfig config) {
        this.config = config;
    }

    @Override
    public String channel() {
        return SmsChannel.NAME;
    }

    @Override
    public Accepted accept(String address, @Nullable String secret, List<Flaw> flaws) {
        if (config.url().isEmpty()) {
            flaws.add(new Flaw("/channel", "sms.no-gateway"));
        }
        if (secret != null) {
            flaws.add(new Flaw("/secret", "secret.none"));
        }
        if (!NUMBER.matcher(address).matches()) {
            flaws.add(new Flaw("/address", "sms.number"));
        }
        return new Accepted(address, null);
    }

    @Override
    public String masked(String address) {
        return address.length() <= SHOWN ? "***" : "***" + address.substring(address.length() - SHOWN);
    }
}
