package org.lectern.notification.channel.sms;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of the gateway for text messages: any gateway that accepts JSON over HTTP. */
@ConfigMapping(prefix = "lectern.sms")
interface SmsConfig {

    /** The address that messages are posted to; the channel is disabled without it. */
    Optional<String> url();

    /** Further headers, such as {@code Authorization}. */
    Map<String, String> headers();

    /**
     * The body: a JSON template with the placeholders <code>{to}</code>, <code>{text}</code> and <code>{id}</code> in
     * its strings.
     */
    @WithDefault("{\"to\":\"{to}\",\"text\":\"{text}\",\"id\":\"{id}\"}")
    String body();

    /**
     * The location of the result code in the response, as a JSON Pointer (RFC 6901); without it the status alone
     * counts.
     */
    Optional<String> codePointer();

    /** The result code of an accepted message. */
    @WithDefault("0")
    String successCode();

    /** Result codes for a permanently refused message. */
    Optional<List<String>> rejectedCodes();

    /** Result codes for a number that cannot receive messages. They disable the endpoint. */
    Optional<List<String>> goneCodes();

    /** Allowed country codes of numbers (ITU-T E.164), without a plus sign. */
    @WithDefault("86")
    List<String> countryCodes();

    /** The largest message in characters. */
    @WithDefault("300")
    int maxLength();
}
