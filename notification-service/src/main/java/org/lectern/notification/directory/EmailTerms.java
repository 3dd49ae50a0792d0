package org.lectern.notification.directory;

import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Violation;

/** Rules for e-mail endpoints: one mailbox. Its owner confirms it first, because anyone can enter any address. */
@Singleton
class EmailTerms implements ChannelTerms {

    @Override
    public String channel() {
        return "email";
    }

    @Override
    public Accepted accept(String address, @Nullable String secret, List<Violation> violations) {
        if (secret != null) {
            violations.add(new Violation("/secret", "secret.none"));
        }
        return new Accepted(
                EmailAddress.parse(address).map(EmailAddress::asText).orElseGet(() -> {
                    violations.add(new Violation("/address", "email.one-mailbox"));
                    return "";
                }),
                null);
    }

    @Override
    public boolean provesItself() {
        return true;
    }

    @Override
    public boolean ownerConfirms() {
        return true;
    }

    @Override
    public String masked(String address) {
        return EmailAddress.masked(address);
    }
}
