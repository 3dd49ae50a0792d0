package org.lectern.notification.openapi;

import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.AbstractApiDescriptionTest;

@ServiceTest
class ApiDescriptionTest extends AbstractApiDescriptionTest {}
