package org.lectern.local.demo;

import java.net.http.HttpClient;

/** The addresses of the running stack, and its tokens. */
public record Stack(
        HttpClient http,
        String scheduler,
        String notification,
        String mailbox,
        String kafka,
        Tokens tokens,
        String tokenCommand) {

    /** Returns the access token of a role, or of {@code branch:CODE}. */
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
