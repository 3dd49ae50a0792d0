package org.lectern.notification.channel.sms;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Violation;
import org.lectern.notification.directory.ChannelTerms;

/**
 * Rules for text message endpoints: one number in international form (ITU-T E.164) with an allowed country code.
 * Messages abroad are expensive and have no reader here.
 */
@Singleton
class SmsTerms implements ChannelTerms {

    private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{7,14}");
    private static final int SHOWN = 4;

    private static final Pattern COUNTRY_CODE = Pattern.compile("[1-9][0-9]{0,2}");

    private final SmsConfig config;

    @Inject
    SmsTerms(SmsConfig config) {
        this.config = config;
        for (String code : config.countryCodes()) {
            if (!COUNTRY_CODE.matcher(code).matches()) {
                throw new IllegalArgumentException(
                        "lectern.sms.country-codes holds codes such as 86, separated by commas; this is none: " + code);
            }
        }
    }

    @Override
    public String channel() {
        return SmsChannel.NAME;
    }

    @Override
    public Accepted accept(String address, @Nullable String secret, List<Violation> violations) {
        if (config.url().isEmpty()) {
            violations.add(new Violation("/channel", "sms.no-gateway"));
        }
        if (secret != null) {
            violations.add(new Violation("/secret", "secret.none"));
        }
        if (!NUMBER.matcher(address).matches()) {
            violations.add(new Violation("/address", "sms.number"));
        } else if (!allows(address)) {
            violations.add(new Violation("/address", "sms.country", String.join(", +", config.countryCodes())));
        }
        return new Accepted(address, null);
    }

    /** Whether a number may receive messages. The allowed codes may have changed since the number was entered. */
    boolean allows(String number) {
        return config.countryCodes().stream().anyMatch(code -> number.startsWith("+" + code));
    }

    @Override
    public String masked(String address) {
        return address.length() <= SHOWN ? "***" : "***" + address.substring(address.length() - SHOWN);
    }
}
