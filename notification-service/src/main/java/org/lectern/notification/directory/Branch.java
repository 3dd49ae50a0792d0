package org.lectern.notification.directory;

import java.util.UUID;

/** The facts about a branch that notices need. */
public record Branch(UUID id, String code, String name, String zone, String locale, boolean archived) {}
