package org.lectern.notification.directory;

import java.util.UUID;

/** What is known of a branch that matters for telling it something. */
public record Branch(UUID id, String code, String name, String zone, String locale, boolean archived) {}
