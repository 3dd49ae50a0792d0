package org.lectern.notification.notice;

import java.util.UUID;

/** A notice about an endpoint, stored in a branch's inbox. */
public record EndpointNotice(UUID id, UUID branchId, UUID endpointId, long sequence) {}
