package org.lectern.local.demo;

import java.net.http.HttpClient;

/** Where the running stack is, and tokens for it. */
public record Stack(
        HttpClient http,
        String scheduler,
        String notification,
        String mailbox,
        String kafka,
        Tokens tokens,
        String tokenCommand) {

    /** Gives the access token of a role, or of {@code branch:CODE}. */
    @FunctionalInterface
    public interface Tokens {
        String of(String client);
    }

    Api schedulerAs(String client) {
        return new Api(http, scheduler + "/api/v1", tokens.of(client));
    }

    Api notificationAs(String client) {
        return new Api(http, notification + "/api/v1", tokens.of(client));
    }

    Api caughtMails() {
        return new Api(http, mailbox, "");
    }
}
