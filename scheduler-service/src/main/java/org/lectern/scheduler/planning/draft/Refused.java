package org.lectern.scheduler.planning.draft;

import java.util.List;

/**
 * Why an item was not booked, in a form that is shown in any language.
 *
 * @param code of the rule or the conflict
 * @param key of the text in the message bundle
 */
public record Refused(String code, String key, List<Object> arguments) {}
