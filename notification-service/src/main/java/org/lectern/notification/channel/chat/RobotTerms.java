package org.lectern.notification.channel.chat;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Flaw;
import org.lectern.notification.directory.ChannelTerms;

/** A robot has the address its platform gave it, and the secret it checks signatures with, if it does. */
record RobotTerms(String channel, List<String> beginnings, boolean signs) implements ChannelTerms {

    private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7E]{8,200}");

    @Override
    public Accepted accept(String address, @Nullable String secret, List<Flaw> flaws) {
        if (secret != null && !signs) {
            flaws.add(new Flaw("/secret", "secret.none"));
        } else if (secret != null && !SECRET.matcher(secret).matches()) {
            flaws.add(new Flaw("/secret", "robot.secret"));
        }
        return RobotAddress.parse(address, secret, beginnings)
                .map(robot -> new Accepted(robot.shown(), robot.kept()))
                .orElseGet(() -> {
                    flaws.add(new Flaw("/address", "robot.address", beginnings.getFirst()));
                    return new Accepted("", null);
                });
    }

    @Override
    public String masked(String address) {
        return address; // a fingerprint stands in it in place of the key
    }
}
