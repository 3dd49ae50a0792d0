package org.lectern.notification.channel.sms;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The gateway that text messages go through: any that takes JSON over HTTP. */
@ConfigMapping(prefix = "lectern.sms")
interface SmsConfig {

    /** Where a message is posted; without it there is no such channel. */
    Optional<String> url();

    /** Further headers, such as {@code Authorization}. */
    Map<String, String> headers();

    /** The body: JSON in whose texts <code>{to}</code>, <code>{text}</code> and <code>{id}</code> are filled in. */
    @WithDefault("{\"to\":\"{to}\",\"text\":\"{text}\",\"id\":\"{id}\"}")
    String body();

    /** Where in the answer its code stands, as a JSON Pointer (RFC 6901); without it the status alone counts. */
    Optional<String> codePointer();

    /** The code that means that the message was taken. */
    @WithDefault("0")
    String success();

    /** Codes that mean that this message is never taken, whatever is tried. */
    Optional<List<String>> refused();

    /** Codes that mean that nothing can be sent to that number: the endpoint is switched off. */
    Optional<List<String>> gone();

    /** Country codes of the numbers that may be entered (ITU-T E.164), without a plus sign. */
    @WithDefault("86")
    List<String> countryCodes();

    /** How many characters a message may have. */
    @WithDefault("300")
    int longest();
}
