package org.lectern.notification.channel.chat;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Violation;
import org.lectern.notification.directory.ChannelTerms;

/** Rules for robot endpoints: the platform's address, and the secret if the robot checks signatures. */
record RobotTerms(String channel, List<String> beginnings, boolean signs) implements ChannelTerms {

    private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7E]{8,200}");

    @Override
    public Accepted accept(String address, @Nullable String secret, List<Violation> violations) {
        if (secret != null && !signs) {
            violations.add(new Violation("/secret", "secret.none"));
        } else if (secret != null && !SECRET.matcher(secret).matches()) {
            violations.add(new Violation("/secret", "robot.secret"));
        }
        return RobotAddress.parse(address, secret, beginnings)
                .map(robot -> new Accepted(robot.shown(), robot.kept()))
                .orElseGet(() -> {
                    violations.add(new Violation("/address", "robot.address", beginnings.getFirst()));
                    return new Accepted("", null);
                });
    }

    @Override
    public String masked(String address) {
        return address; // the address holds a fingerprint in place of the key
    }
}
